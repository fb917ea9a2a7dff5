// Entry sheets by spreadsheet: the template out, its rows in, and workbooks
// that are none or too much.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync }
  from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { childrenOf } from './processes.mjs'
import { startService } from './service.mjs'
import { sheetOf } from './sheet.mjs'
import { until } from './until.mjs'

let site

before(async () => { site = await startService() })
after(() => site?.stop())

// A multipart form with one file, as a browser sends it.
function upload(client, page, name, bytes) {
  const edge = '----tsunagariTest0123456789'
  const parts = page.form('/entry/upload').fields.map(([key, value]) =>
    `--${edge}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n` +
    `${value}\r\n`)
  const body = Buffer.concat([Buffer.from(parts.join('') +
    `--${edge}\r\nContent-Disposition: form-data; name="file"; ` +
    `filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`),
  bytes, Buffer.from(`\r\n--${edge}--\r\n`)])
  return client.send('/entry/upload', { method: 'POST', body, headers: {
    Origin: site.url, 'Sec-Fetch-Site': 'same-origin',
    'Content-Type': `multipart/form-data; boundary=${edge}`,
    'Content-Length': body.length } })
}

const escape = (text) => text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt()};`)

// The least that is a workbook: shared by nothing of ours.  repeat: the last
// row that often.
function writeWorkbook(path, rows, repeat = 1) {
  const dir = mkdtempSync(join(tmpdir(), 'tsunagari-book-'))
  const put = (name, text) => {
    mkdirSync(join(dir, name, '..'), { recursive: true })
    writeFileSync(join(dir, name), `<?xml version="1.0"?>${text}`)
  }
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const pack = 'http://schemas.openxmlformats.org/package/2006/'
  put('[Content_Types].xml', `<Types xmlns="${pack}content-types">` +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>' +
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>')
  put('_rels/.rels', `<Relationships xmlns="${pack}relationships"><Relationship Id="r1" Type="${rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
  put('xl/_rels/workbook.xml.rels', `<Relationships xmlns="${pack}relationships"><Relationship Id="r1" Type="${rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`)
  put('xl/workbook.xml', `<workbook xmlns="${main}" xmlns:r="${rel}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`)
  const all = [...rows, ...Array(repeat - 1).fill(rows.at(-1))]
  const lines = all.map((cells, y) => `<row r="${y + 1}">` +
    cells.map((text, x) => `<c r="${'ABCDEFGHIJKLM'[x]}${y + 1}"` +
    ` t="inlineStr"><is><t>${escape(text)}</t></is></c>`).join('') +
    '</row>')
  put('xl/worksheets/sheet1.xml', `<worksheet xmlns="${main}"><sheetData>` +
    lines.join('') + '</sheetData></worksheet>')
  rmSync(path, { force: true })
  execFileSync('python3', ['-m', 'zipfile', '-c', path, '.'], { cwd: dir })
  rmSync(dir, { recursive: true, force: true })
}

const head = '種別,団体,題名,概要,明細,対応範囲,対象区分,曜日,緯度,メモ（非公開）\n'
const row = (title) => `シーズ,【例】表の会,${title},お茶です,` +
  '"居場所（交流型） 20人 住民向け;ボランティア・サポーター 3人",' +
  '座間市;海老名市,高齢者,月・水,35.5,よろしく\n'

test('upload__a_csv_row_becomes_a_sheet_to_go_on_with', async () => {
  const client = site.client()
  const start = await client.get('/entry/')
  const done = await upload(client, start, 'x.csv',
    Buffer.from(head + row('表から')))
  assert.equal(done.status, 303)
  const page = await client.get(done.headers.location)
  const value = (name) => page.form(sheetOf(page.path)).fields
    .filter(([n]) => n === name).map(([, v]) => v)
  assert.deepEqual(value('title'), ['表から'])
  assert.deepEqual(value('regions').sort(), ['142158', '142166'])
  assert.deepEqual(value('weekdays'), ['月', '水'])
  assert.deepEqual(value('targets'), ['older_people'])
  assert.deepEqual(value('org_name'), ['【例】表の会'])
  assert.match(value('note')[0], /^よろしく\n緯度: 35\.5$/)
  const check = await client.submit(page, sheetOf(page.path),
    { email: 'hanako@example.jp', act: 'check' })
  assert.match(check.path, /\/check$/, check.text)
})

test('upload__the_template_itself_filled_in_by_excel', async () => {
  const client = site.client()
  const start = await client.get('/entry/')
  const template = await client.get('/entry/template.xlsx')
  assert.match(template.headers['content-type'], /spreadsheetml/)
  const empty = await upload(client, start, 'entry.xlsx', template.bytes)
  assert.equal(empty.status, 400)
  assert.match(empty.text, /書きこまれた行がありません/)
  const file = site.store.file('template.xlsx')
  writeFileSync(file, template.bytes)
  const names = execFileSync('xlsx2csv', ['-i', file],
    { encoding: 'utf8' }).split('\n')[0]
  assert.match(names, /^エントリーキー,種別,団体,題名,/)
  // two rows of the same columns, as a workbook of its own
  const book = site.store.file('filled.xlsx')
  writeWorkbook(book, [head.trim().split(','), ...['一', '二'].map((t) =>
    ['ニーズ', '【例】表の会', t, 'x', '施設・場所 1室', '県域', '', '', '',
      ''])])
  const done = await upload(client, start, 'filled.xlsx',
    readFileSync(book))
  assert.equal(done.status, 200)
  assert.equal([...done.text.matchAll(/href="\/entry\/sheet\//g)].length, 2)
  const bad = site.store.run('import', 'entries', book)
  assert.match(bad.stderr, /no entries list: it has no column/)
})

test('upload__what_cannot_be_read_leaves_nothing', async () => {
  const client = site.client()
  const start = await client.get('/entry/')
  const before = site.store.one('SELECT count(*) FROM sheets')
  for (const [bytes, why] of [
    ['', /ファイルを選んで/],
    ['a,b\n1,2\n', /見出し/],
    [head + row('よい') + row('わるい').replace('高齢者', '火星人'), /火星人/],
    [head + row('あ'.repeat(201)), /長すぎます/],
    [head + row('x').repeat(51), /50行まで/],
    [`${head}"`, /x\.csv:\d+:\d+/],
    ['PK\x03\x04 no workbook', /not a workbook/]]) {
    const done = await upload(client, start, 'x.csv', Buffer.from(bytes))
    assert.ok([400, 422].includes(done.status), done.text)
    assert.match(done.text, why)
    assert.doesNotMatch(done.text, /\/tmp\//)
  }
  assert.equal(site.store.one('SELECT count(*) FROM sheets'), before)
})

test('upload__names_every_bad_row_at_once', async () => {
  const client = site.client()
  const start = await client.get('/entry/')
  const before = site.store.one('SELECT count(*) FROM sheets')
  const text = head + row('一') + row('二').replace('シーズ', 'なぞ') +
    'シーズ,x\n' + row('三').replace('座間市', '<火星市>') + row('四') +
    row('あ'.repeat(201))
  const done = await upload(client, start, 'x.csv', Buffer.from(text))
  assert.equal(done.status, 422)
  assert.deepEqual([...done.text.matchAll(/<li>(.*?)<\/li>/g)]
    .map(([, line]) => line), ['3行目「種別」：この言葉が分かりません：なぞ',
    '4行目：列の数が見出しと違います',
    '5行目「対応範囲」：この言葉が分かりません：&lt;火星市&gt;',
    '7行目：「題名」が長すぎます（200字まで）'])
  assert.equal(site.store.one('SELECT count(*) FROM sheets'), before)
})

// A browser shows nothing in a field of a day or a time that is written in
// another way than its own, and sends nothing back.
test('upload__days_times_and_ticks_are_read_as_people_write_them', async () => {
  const client = site.client()
  const start = await client.get('/entry/')
  const text = '種別,団体,題名,概要,明細,対応範囲,開始日,終了日,開始時刻,' +
    '終了時刻,有効期限,範囲外不可,場所\n'
  const line = (first, from, hard) => `ニーズ,表の会,日,x,施設・場所 1室,県域,${
    first},令和9年1月31日(日),${from},午後３時半,－,${hard},　会館 \n`
  const done = await upload(client, start, 'x.csv',
    Buffer.from(text + line('2026/12/2', '9:00', '○')))
  assert.equal(done.status, 303, done.text)
  const page = await client.get(done.headers.location)
  const fields = Object.fromEntries(page.form(sheetOf(page.path)).fields)
  assert.deepEqual([fields.date_start, fields.date_end, fields.time_start,
    fields.time_end, fields.expires_on, fields.reach_hard, fields.place],
  ['2026-12-02', '2027-01-31', '09:00', '15:30', '', '1', '会館'])
  const night = await upload(client, start, 'x.csv', Buffer.from(text +
    line('2026/12/2', '22時', '1').replace('午後３時半', '24時')))
  const until = Object.fromEntries((await client.get(night.headers.location))
    .form(sheetOf(night.headers.location)).fields)
  assert.deepEqual([until.time_start, until.time_end], ['22:00', '00:00'])
  const bad = await upload(client, start, 'x.csv',
    Buffer.from(text + line('12月2日', '25:00', 'たぶん')))
  assert.equal(bad.status, 422)
  assert.deepEqual([...bad.text.matchAll(/<li>(.*?)<\/li>/g)]
    .map(([, one]) => one), ['2行目「開始日」：この言葉が分かりません：12月2日'])
  const failed = await upload(client, start, 'x.csv',
    Buffer.from(head + row('#REF!')))
  assert.match(failed.text, /2行目「題名」：この言葉が分かりません：#REF!/)
})

test('upload__a_column_of_ones_own_is_kept_in_the_note', async () => {
  const client = site.client()
  const start = await client.get('/entry/')
  const done = await upload(client, start, 'x.csv', Buffer.from(
    head.replace('概要', '合言葉').trim() + ',空\n' +
    row('列').trim() + ',\n'))
  const page = await client.get(done.headers.location)
  const fields = Object.fromEntries(page.form(sheetOf(page.path)).fields)
  assert.match(fields.note, /合言葉: お茶です/)
  assert.doesNotMatch(fields.note, /空:/)
})

test('upload__a_file_that_cannot_be_read_is_told_in_japanese', async () => {
  const client = site.client()
  const start = await client.get('/entry/')
  const done = await upload(client, start, 'x.csv', Buffer.from(`${head}"`))
  assert.match(done.text,
    /ファイルを読めませんでした.*（x\.csv:\d+:\d+: quote is never closed）/)
})

test('upload__a_workbook_that_swells_is_stopped', async () => {
  const client = site.client()
  const start = await client.get('/entry/')
  const book = site.store.file('bomb.xlsx')
  writeWorkbook(book, [['種別', '題名'], ['need', 'x'.repeat(200)]],
    50000)
  const bytes = readFileSync(book)
  assert.ok(bytes.length < 4e6)
  const done = await upload(client, start, 'bomb.xlsx', bytes)
  assert.equal(done.status, 400)
  assert.match(done.text, /not a workbook|too large/)
  assert.equal((await client.get('/entry/')).status, 200)
})

// Anybody may send one that takes long: nobody else waits for it, be it for
// the store or for a worker.
test('upload__a_slow_workbook_holds_up_nobody', async () => {
  const book = site.store.file('slow.xlsx')
  writeWorkbook(book, [['種別', '題名'], Array(12).fill('x')], 120000)
  const bytes = readFileSync(book)
  assert.ok(bytes.length < 4e6)
  const clients = [site.client(), site.client()]
  const starts = await Promise.all(clients.map((one) => one.get('/entry/')))
  const other = site.client()
  const page = await other.get('/entry/')
  const begun = performance.now()
  const took = (answer) => answer.then((done) => ({ status: done.status,
    ms: performance.now() - begun }))
  const slow = clients.map((one, n) => took(upload(one, starts[n],
    'slow.xlsx', bytes)))
  await until(() => childrenOf(site.pid()).some((worker) =>
    childrenOf(worker).length > 0), 'nobody unpacks it')
  const read = await took(other.get('/entry/'))
  const sent = await took(other.submit(page, '/entry/new', { side: 'need' }))
  assert.deepEqual([read.status, sent.status], [200, 200])
  const all = await Promise.all(slow)
  assert.deepEqual(all.map(({ status }) => status).sort(), [422, 503])
  const { ms } = all.find(({ status }) => status === 422)
  assert.ok(sent.ms < 0.7 * ms, `${sent.ms} of ${ms} ms`)
})
