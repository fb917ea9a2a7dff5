// Workbooks as the spreadsheets of offices and Google write them: days in
// Japanese forms, CRLF in a cell, rows that end early, a sheet that is hidden,
// cells that are merged or hold an error.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { newStore } from './tsunagari.mjs'

let store

before(() => {
  store = newStore()
  writeFileSync(store.file('org.csv'), '団体キー,団体名,公開\nA,甲の会,1\n')
  store.must('import', 'organisations', store.file('org.csv'))
})
after(() => store?.remove())

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const REL =
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACK = 'http://schemas.openxmlformats.org/package/2006/'
const escape = (text) => text.replace(/[&<>"]/g,
  (c) => `&#${c.charCodeAt()};`)

/* sheets: [{ rows, state, merged }]; a row is a list of cells, null for none
 * at all, a cell a text, a number with a format ({ n, format }) or an error
 * ({ error }).  As Google's: neither <dimension> nor spans. */
function book(name, sheets) {
  const dir = mkdtempSync(join(tmpdir(), 'tsunagari-book-'))
  const put = (file, text) => {
    mkdirSync(join(dir, file, '..'), { recursive: true })
    writeFileSync(join(dir, file), `<?xml version="1.0"?>${text}`)
  }
  const strings = [], formats = ['General']
  const once = (list, one) => {
    if (!list.includes(one)) list.push(one)
    return list.indexOf(one)
  }
  const cell = (value, at) => {
    if (value === null) return ''
    if (typeof value === 'string') {
      return `<c r="${at}" t="s"><v>${once(strings, value)}</v></c>`
    }
    if (value.error) return `<c r="${at}" t="e"><v>${value.error}</v></c>`
    return `<c r="${at}" s="${once(formats, value.format)}"><v>${
      value.n}</v></c>`
  }
  const row = (cells, y) => cells === null ? '' : `<row r="${y + 1}">` +
    cells.map((one, x) =>
      cell(one, String.fromCharCode(65 + x) + (y + 1))).join('') + '</row>'
  sheets.forEach((sheet, i) => put(`xl/worksheets/sheet${i + 1}.xml`,
    `<worksheet xmlns="${MAIN}"><sheetData>${sheet.rows.map(row).join('')
    }</sheetData>${sheet.merged ? `<mergeCells>${sheet.merged.map((ref) =>
      `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>` : ''}</worksheet>`))
  const own = formats.filter((one) => typeof one === 'string')
  put('xl/styles.xml', `<styleSheet xmlns="${MAIN}"><numFmts>` +
    own.map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${
      escape(code)}"/>`).join('') + '</numFmts><cellXfs>' +
    formats.map((one) => `<xf numFmtId="${typeof one === 'string'
      ? 164 + own.indexOf(one) : one}"/>`).join('') +
    '</cellXfs></styleSheet>')
  put('xl/sharedStrings.xml', `<sst xmlns="${MAIN}">${strings.map((one) =>
    `<si><t xml:space="preserve">${escape(one)}</t></si>`).join('')}</sst>`)
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.'
  put('[Content_Types].xml', `<Types xmlns="${PACK}content-types">` +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    [['workbook', 'sheet.main'], ['styles', 'styles'],
      ['sharedStrings', 'sharedStrings'],
      ...sheets.map((_, i) => [`worksheets/sheet${i + 1}`, 'worksheet'])]
      .map(([part, kind]) => `<Override PartName="/xl/${part
        }.xml" ContentType="${type}${kind}+xml"/>`).join('') + '</Types>')
  put('_rels/.rels', `<Relationships xmlns="${PACK}relationships"><Relationship Id="r1" Type="${REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
  put('xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${PACK}relationships">${sheets.map((_, i) =>
      `<Relationship Id="r${i + 1}" Type="${REL}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`)
      .join('')}</Relationships>`)
  put('xl/workbook.xml', `<workbook xmlns="${MAIN}" xmlns:r="${REL}"><workbookPr/><sheets>${
    sheets.map(({ state }, i) => `<sheet name="s${i}" sheetId="${i + 1}"${
      state ? ` state="${state}"` : ''} r:id="r${i + 1}"/>`).join('')
  }</sheets></workbook>`)
  const path = store.file(name)
  rmSync(path, { force: true })
  execFileSync('python3', ['-m', 'zipfile', '-c', path, '.'], { cwd: dir })
  rmSync(dir, { recursive: true, force: true })
  return path
}

const HEAD = ['エントリーキー', '種別', '団体', '題名', '明細', '概要', 'いつ',
  '開始日', '開始時刻']
const LINE = '施設・場所 1室'
const entry = (key, ...more) => [key, 'ニーズ', 'A', '題', LINE, ...more]
const of = (key, column) => store.one(
  `SELECT ${column} FROM entries WHERE key = 'sheet:${key}'`)
const DAY = 46358, HOUR = 0.5625 // 2026-12-02, 13:30

test('workbook__days_and_times_in_japanese_forms', () => {
  const days = [14, 27, 28, 30, 31, 36, 50, 51, 54, 57, 58,
    'yyyy"年"m"月"d"日";@', '[$-411]ggge"年"m"月"d"日";@',
    '[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@',
    '[$-x-sysdate]dddd, mmmm dd, yyyy', '[DBNum3]yyyy"年"m"月"d"日"']
  const times = [20, 32, 33, 'h"時"mm"分";@', '[h]:mm',
    '[$-x-systime]h:mm:ss AM/PM']
  const file = book('days.xlsx', [{ rows: [HEAD, ...days.map((format, i) =>
    entry(`D${i}`, 'x', { n: DAY, format: 56 }, { n: DAY, format },
      { n: HOUR, format: times[i % times.length] }))] }])
  store.must('import', 'entries', file)
  days.forEach((format, i) => {
    assert.equal(of(`D${i}`, 'date_start'), '2026-12-02', String(format))
    assert.equal(of(`D${i}`, 'time_start'), '13:30',
      String(times[i % times.length]))
    assert.equal(of(`D${i}`, 'date_text'), '2026-12-02')
  })
})

// What the sheet as CSV says stands in the workbook, cell by cell.
test('template__the_workbook_has_the_sheet', () => {
  for (const kind of ['entries', 'organisations']) {
    const file = store.file(`${kind}.xlsx`)
    store.must('template', kind, '--excel', file)
    const read = execFileSync('xlsx2csv', [file], { encoding: 'utf8' })
    const plain = store.must('template', kind).stdout.replace('\ufeff', '')
    const cells = (text) => text.trimEnd().split(/\r?\n/).map((row) =>
      row.split(',').map((cell) => cell.replace(/^"|"$/g, '')))
    const [names, help, example] = cells(read)
    assert.deepEqual([names, help, example], cells(plain).slice(0, 3), kind)
    assert.ok(names.length > 5 && example.some((cell) => cell !== ''))
  }
})

test('workbook__numbers_are_no_days', () => {
  const file = book('numbers.xlsx', [{ rows: [[...HEAD.slice(0, 5), '緊急度',
    '予算'], ...[2, 0, '#,##0', 3, 38, 41, 42, 5, '¥#,##0;[Red]-¥#,##0',
    '#,##0"yen / day"', '[$¥-411]#,##0'].map((format, i) =>
    entry(`N${i}`, { n: 2, format: 'General' }, { n: 46358, format }))] }])
  const done = store.run('import', 'entries', file)
  assert.doesNotMatch(done.stderr, /-12-/)
  assert.match(done.stderr, /"46358\.00"/) // 0.00 is as it is shown
  store.must('import', 'entries', '--skip-bad', file)
  for (const i of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
    assert.equal(of(`N${i}`, 'budget_yen'), 46358, `N${i}`)
  }
})

test('workbook__rows_end_early_breaks_are_breaks_a_hidden_sheet_is_none',
  () => {
    const file = book('short.xlsx', [
      { state: 'hidden', rows: [['一覧'], ['居場所']] },
      { rows: [HEAD, entry('S1'),
        entry('S2', '一行目_x000D_\n二行目_x005F_x', '毎週')] }])
    store.must('import', 'entries', file)
    assert.equal(of('S1', 'summary'), '')
    assert.equal(of('S2', 'summary'), '一行目\n二行目_x')
    assert.equal(of('S2', 'date_text'), '毎週')
  })

test('workbook__a_bad_cell_is_named_by_its_row', () => {
  const file = book('row.xlsx', [{ rows: [HEAD, entry('R1', 'a\nb\nc'), null,
    [], entry('R2', '', '', 'いつか')] }])
  const done = store.run('import', 'entries', file)
  assert.equal(done.code, 3)
  assert.match(done.stderr, /row\.xlsx:5:\d+: 開始日: not a day/)
})

test('workbook__cells_merged_over_rows_are_refused_with_their_place', () => {
  const rows = [HEAD, entry('M1', 'x'), entry('M2', null), entry('M3', 'y')]
  const done = store.run('import', 'entries',
    book('merged.xlsx', [{ rows, merged: ['F4:G4', 'F2:F3'] }]))
  assert.equal(done.code, 3)
  assert.match(done.stderr, /merged\.xlsx: cells F2:F3 are merged/)
  assert.equal(store.one("SELECT count(*) FROM entries WHERE key LIKE 'sheet:M%'"), 0)
  store.must('import', 'entries',
    book('merged.xlsx', [{ rows, merged: ['F4:G4', 'T2:T3'] }]))
})

test('workbook__an_error_of_a_formula_is_no_word', () => {
  for (const error of ['#N/A', '#REF!', '#VALUE!', '#NAME?', '#DIV/0!',
    '#NUM!', '#NULL!']) {
    const done = store.run('import', 'entries', book('error.xlsx', [
      { rows: [HEAD, entry('E1', { error })] }]))
    assert.equal(done.code, 3, error)
    assert.match(done.stderr, new RegExp(`error.xlsx:2:\\d+: 概要: holds an error of a formula: "${
      error.replace('?', '\\?')}"`))
  }
  // in the first column it is no remark, either
  const done = store.run('import', 'entries', book('error.xlsx', [
    { rows: [HEAD, entry({ error: '#N/A' }), entry('# a remark')] }]))
  assert.equal(done.code, 3)
  assert.match(done.stderr, /error\.xlsx:2:\d+: エントリーキー: holds an error/)
  assert.match(done.stderr, /1 of 1 rows/)
})
