// The public entry sheet without JavaScript: from an empty page over the mail's
// link to an entry that waits for the staff, its correction, and what keeps
// it from being anything else.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync }
  from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { request } from './nginx.mjs'
import { startService } from './service.mjs'

let site

before(async () => { site = await startService() })
after(() => site?.stop())

const offer = {
  title: '【例】おしゃべりサロン <b>', summary: 'お茶を飲みます。\n"話す"会です。',
  line1_kind: 'ibasho_exchange', line1_quantity: '20', line1_unit: '人',
  line1_public: '1', line1_text: '一括でどうぞ;どなたでも',
  line2_kind: 'people_volunteer', line2_quantity: '3', line2_unit: '人',
  line2_cost: '500', line2_min: '1', line2_text: '受付', line2_slots: '1',
  day1_date: '2027-01-13', day1_start: '13:30', day1_end: '15:00',
  day2_date: '2027-01-06', day2_start: '13:30', day2_end: '15:00',
  people: '5～20名', cost: '1回100円', reach: 'regions',
  regions: ['142166', 'A14-03'], region: '142166', targets: ['everyone'],
  contact_name: '事務局', contact_phone: '046-000-0000', tags: 'おしゃべり;手芸',
  org_name: 'NPO法人【例】新しい会', org_sector: 'private',
  org_contact: '担当 花子', email: 'hanako@example.jp',
}

const body = (mail) => Buffer.from(mail.split('\r\n\r\n')[1], 'base64')
  .toString('utf8')
const linkOf = (mail) => body(mail).match(/\/entry\/sheet\/[\w-]{43}\/status/)[0]
const sheetOf = (path) => path.match(/^\/entry\/sheet\/[\w-]{43}/)[0]

async function begin(client, side = 'offer') {
  const start = await client.get('/entry/')
  const fields = start.text.includes(`value="${side}"`) && { side }
  return client.submit(start, '/entry/new', fields)
}

async function fill(client, fields = offer, side = 'offer') {
  const page = await begin(client, side)
  return client.submit(page, sheetOf(page.path), { ...fields, act: 'check' })
}

// The sheet sent and confirmed: the page of the mail's link.
async function confirmed(client, fields = offer) {
  const check = await fill(client, fields)
  assert.match(check.path, /\/check$/, check.text)
  await client.submit(check, `${sheetOf(check.path)}/send`)
  const reader = site.client() // another browser reads the mail
  const page = await reader.get(linkOf(site.mails().at(-1)))
  const done = await reader.submit(page, `${sheetOf(page.path)}/send`)
  return { reader, done, check }
}

test('sheet__is_kept_as_typed_and_read_back', async () => {
  const client = site.client()
  const page = await begin(client)
  const action = sheetOf(page.path)
  const saved = await client.submit(page, action, { ...offer, act: 'save' })
  assert.match(saved.text, /保存しました/)
  const fields = saved.form(action).fields
  for (const [name, value] of Object.entries(offer)) {
    assert.deepEqual(fields.filter(([n]) => n === name)
      .map(([, v]) => v).sort(), [value].flat(), name)
  }
  assert.equal(site.store.one('SELECT count(*) FROM entries'), 0)
})

test('sheet__says_what_is_missing_next_to_the_field', async () => {
  const page = await fill(site.client(), { title: '', summary: 'x',
    reach: 'regions', line1_kind: 'people', line1_quantity: 'many',
    day1_date: '2027-02-30', url: 'javascript:alert(1)', email: 'a@b',
    date_start: '2027-01-02', date_end: '2027-01-01' })
  assert.equal(page.status, 422)
  for (const name of ['title', 'regions', 'line1_quantity', 'line1_unit',
    'day1_date', 'email', 'org_name']) {
    assert.match(page.text, new RegExp(`href="#${name}"`), name)
  }
  assert.match(page.text, /id="email-error"/)
  const kept = page.form(sheetOf(page.path)).fields
  assert.ok(kept.some(([n, v]) => n === 'line1_quantity' && v === 'many'))
})

test('sheet__what_the_import_refuses_comes_back_to_its_field', async () => {
  const page = await fill(site.client(), { ...offer,
    url: 'javascript:alert(1)', org_number: '1234567890123' })
  assert.equal(page.status, 422)
  assert.match(page.text, /href="#org_number"/)
  const next = await fill(site.client(), { ...offer,
    url: 'javascript:alert(1)', time_start: '25:00', budget: '7' })
  assert.equal(next.status, 422)
  assert.match(next.text, /href="#url"/)
  assert.match(next.text, /href="#time_start"/)
})

test('link__makes_an_entry_that_waits_and_shows_nothing', async () => {
  const { done, check } = await confirmed(site.client())
  assert.match(check.text, /おしゃべりサロン &lt;b&gt;/)
  assert.match(done.text, /受付番号<\/dt><dd><strong>20\d\d-\d{6}/)
  const [entry] = site.store.rows('SELECT e.*, o.key AS org, o.email,' +
    ' o.publish AS org_publish FROM entries AS e JOIN organisations AS o' +
    ' ON o.id = e.organisation_id')
  assert.deepEqual([entry.state, entry.origin, entry.publish,
    entry.org_publish, entry.side], ['submitted', 'form', 0, 0, 'offer'])
  assert.equal(entry.title, offer.title)
  assert.equal(entry.summary, offer.summary)
  assert.deepEqual([entry.date_start, entry.date_end, entry.weekdays,
    entry.time_start], ['2027-01-06', '2027-01-13', 4, '13:30'])
  assert.match(entry.date_text, /2027-01-13 13:30～15:00、2027-01-06/)
  assert.deepEqual(site.store.rows('SELECT kind_id, quantity, unit, text,' +
    ' for_public, unit_cost_yen, min_lot, indivisible, per_day FROM entry_lines' +
    ' ORDER BY line_no').map((row) => Object.values(row)), [
    ['ibasho_exchange', 20, '人', '※一括でどうぞ どなたでも', 1, 0, 0, 0, 0],
    ['people_volunteer', 3, '人', '受付', 0, 500, 1, 0, 1]])
  assert.deepEqual(site.store.rows('SELECT region_code FROM entry_regions')
    .map((row) => row.region_code), ['142166', 'A14-03'])
  site.store.must('match', '--date', '2026-11-21')
  for (const audience of ['public', 'members']) {
    const file = site.store.file(`${audience}.snap`)
    site.store.must('publish', '--audience', audience, file)
    assert.ok(!readFileSync(file).includes('おしゃべりサロン'), audience)
  }
  assert.equal(site.store.one('SELECT offers_n FROM runs'), 0)
})

test('draft__is_over_when_the_link_was_used', async () => {
  const client = site.client()
  const { check } = await confirmed(client)
  const again = await client.get(sheetOf(check.path))
  assert.equal(again.status, 404)
  assert.match(again.text, /受けつけました/)
})

test('draft__alone_never_makes_an_entry', async () => {
  const before = site.store.one('SELECT count(*) FROM entries')
  const client = site.client()
  const check = await fill(client)
  const action = `${sheetOf(check.path)}/send`
  for (let n = 0; n < 5; n++) {
    const done = await client.submit(check, action)
    assert.equal(done.status, 200)
  }
  assert.equal((await client.submit(check, action)).status, 400)
  assert.equal(site.store.one('SELECT count(*) FROM entries'), before)
})

test('link__corrects_later_and_the_staff_looks_again', async () => {
  const { reader, done } = await confirmed(site.client())
  const id = site.store.one('SELECT max(id) FROM entries')
  const change = async (title) => {
    const form = await reader.get(sheetOf(done.path))
    const check = await reader.submit(form, sheetOf(done.path),
      { title, act: 'check' })
    return reader.submit(check, `${sheetOf(done.path)}/send`)
  }
  for (const [state, want] of [['approved', 'submitted'],
    ['returned', 'submitted'], ['rejected', 'rejected']]) {
    site.store.exec(`UPDATE entries SET state = '${state}', publish = 1` +
      ` WHERE id = ${id}`)
    const page = await change(`【例】${state} の後`)
    assert.match(page.text, /受付番号/)
    assert.deepEqual(site.store.rows('SELECT state, title FROM entries' +
      ` WHERE id = ${id}`), [{ state: want, title: `【例】${state} の後` }])
  }
  assert.equal(site.store.one('SELECT count(*) FROM entries WHERE title' +
    " LIKE '【例】%の後'"), 1)
})

test('link__keeps_the_organisation_that_staff_gave_the_entry', async () => {
  const { reader, done } = await confirmed(site.client())
  const id = site.store.one('SELECT max(id) FROM entries')
  site.store.exec('INSERT INTO organisations (key, origin, name, created_at,' +
    " updated_at) VALUES ('REAL', 'roster', '本当の会', '', '');" +
    'UPDATE entries SET organisation_id = last_insert_rowid() WHERE id = ' +
    id)
  const form = await reader.get(sheetOf(done.path))
  const check = await reader.submit(form, sheetOf(done.path),
    { summary: '直しました', org_name: 'ちがう会', act: 'check' })
  await reader.submit(check, `${sheetOf(done.path)}/send`)
  assert.deepEqual(site.store.rows('SELECT o.key, o.name, e.summary FROM' +
    ' entries AS e JOIN organisations AS o ON o.id = e.organisation_id' +
    ` WHERE e.id = ${id}`),
  [{ key: 'REAL', name: '本当の会', summary: '直しました' }])
})

test('link__withdraws', async () => {
  const { reader, done } = await confirmed(site.client())
  const page = await reader.submit(done, `${sheetOf(done.path)}/withdraw`)
  assert.match(page.text, /取り下げました/)
  assert.equal(site.store.one('SELECT state FROM entries ORDER BY id DESC' +
    ' LIMIT 1'), 'withdrawn')
  const form = await reader.get(sheetOf(done.path))
  const again = await reader.submit(form, sheetOf(done.path),
    { act: 'check' })
  assert.match(again.path, /status$/)
})

test('rows__are_added_by_a_button_without_a_script', async () => {
  const client = site.client()
  const page = await begin(client)
  const more = await client.submit(page, sheetOf(page.path),
    { ...offer, line3_kind: 'people', act: 'more-line' })
  assert.match(more.text, /name="line4_kind"/)
  assert.doesNotMatch(more.text, /name="line5_kind"/)
})

test('abuse__a_filled_trap_a_long_value_an_unknown_token', async () => {
  const client = site.client()
  const start = await client.get('/entry/')
  assert.equal((await client.submit(start, '/entry/new',
    { homepage: 'x' })).status, 403)
  const page = await begin(client)
  const long = await client.submit(page, sheetOf(page.path),
    { title: 'あ'.repeat(201), act: 'save' })
  assert.equal(long.status, 422)
  assert.match(long.text, /id="title-error"/)
  assert.equal((await client.get(`/entry/sheet/${'A'.repeat(43)}`)).status,
    404)
  const big = await client.post(sheetOf(page.path),
    [['csrf', 'x'], ['title', 'x'.repeat(5e6)]])
  assert.equal(big.status, 413)
})

test('mail__has_one_recipient_whatever_was_typed', async () => {
  for (const email of ['a@example.jp\nBcc: b@example.jp', 'a@b@c.jp',
    'a@example.jp, b@example.jp', '<a@example.jp>', '-oQ/tmp@example.jp']) {
    const page = await fill(site.client(), { ...offer, email })
    assert.equal(page.status, 422, email)
    assert.match(page.text, /href="#email"/)
  }
  for (const mail of site.mails()) {
    assert.equal(mail.match(/^To: .*$/m)[0], 'To: <hanako@example.jp>')
    assert.equal(mail.split('\r\n\r\n').length, 2)
  }
  assert.equal(site.store.one('SELECT count(*) FROM mails WHERE' +
    " delivered_at IS NULL OR body <> ''"), 0)
})

test('script__saves_as_one_types_and_gets_json', async () => {
  const client = site.client()
  const page = await begin(client, 'need')
  const fields = page.form(sheetOf(page.path)).fields
    .filter(([name]) => name !== 'title')
  const done = await client.post(sheetOf(page.path), [...fields,
    ['title', '途中'], ['act', 'auto']])
  assert.equal(done.json().saved, true)
  assert.match((await client.get(sheetOf(page.path))).text,
    /value="途中"/)
  const asset = (await client.get(sheetOf(page.path))).text
    .match(/src="(\/entry\/entry\.js[^"]*)"/)[1]
  const script = await request(site.port, asset)
  assert.match(script.headers['content-type'], /javascript/)
  assert.match(script.headers['cache-control'], /immutable/)
})

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
