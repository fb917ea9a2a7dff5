// The report of a period: text, JSON, CSV and Excel say the same figures,
// and they are those that the store holds.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { randomStore } from './random_store.mjs'
import { DATE } from './tsunagari.mjs'
import { unzip } from './zip.mjs'

let store, json

before(() => {
  store = randomStore(57, 160).store
  store.must('match', '--date', DATE)
  json = JSON.parse(store.must('report', '--date', DATE, '--json').stdout)
})

after(() => store?.remove())

const sum = (rows, key) => rows.reduce((all, row) => all + row[key], 0)

test('report__groups_add_up_to_the_whole', () => {
  const { tables } = json
  const [all] = tables.coverage
  assert.equal(json.from, '2026-04-01')
  assert.equal(json.to, DATE)
  const lines = store.rows(`SELECT count(*) AS n FROM entry_lines AS l
    JOIN entries AS e ON e.id = l.entry_id JOIN (SELECT DISTINCT need_id
    FROM (SELECT need_id FROM plan_lines WHERE need_id IS NOT NULL UNION
    SELECT need_id FROM uncovered_lines)) AS p ON p.need_id = e.id`)[0].n
  assert.equal(all.lines, lines)
  assert.equal(all.covered + all.partly + all.uncovered, all.lines)
  for (const group of ['area', 'municipality', 'sector', 'kind']) {
    const rows = tables[`coverage_${group}`]
    assert.ok(rows.length > 1, group)
    for (const key of ['lines', 'covered', 'partly', 'uncovered',
      'units_given', 'units_wanted']) {
      assert.equal(sum(rows, key), all[key], `${group} ${key}`)
    }
  }
  assert.equal(sum(tables.causes, 'lines'), tables.uncovered.length)
  assert.equal(tables.uncovered.length, all.partly + all.uncovered)
  assert.equal(sum(tables.members, 'members') + sum(tables.members, 'others'),
    store.rows('SELECT count(*) AS n FROM organisations')[0].n)
})

test('report__never_suggested_and_suggested_are_all_offers', () => {
  const { n } = store.rows(`SELECT count(*) AS n FROM entries WHERE
    side = 'offer' AND state = 'approved' AND (expires_on IS NULL OR
    expires_on >= '${DATE}') AND (date_end IS NULL OR
    date_end >= '${DATE}')`)[0]
  const used = store.rows(`SELECT count(DISTINCT offer_id) AS n FROM
    plan_lines JOIN entries AS e ON e.id = offer_id WHERE
    e.state = 'approved' AND (e.expires_on IS NULL OR
    e.expires_on >= '${DATE}') AND (e.date_end IS NULL OR
    e.date_end >= '${DATE}')`)[0].n
  assert.equal(json.tables.never.length, n - used)
})

// Events that are over, what nobody confirmed for a year, what is expired.
test('report__public_resources_are_those_that_visitors_find', () => {
  const figure = () => JSON.parse(store.must('report', '--date', DATE, '--json')
    .stdout).tables.figures.find((row) => row.item === '公開中の資源').value
  const shown = () => Number(store.must('publish', '--audience', 'public',
    store.file('shown.snap')).stdout.match(/(\d+) resources/)[1])
  assert.equal(figure(), shown())
  const some = store.rows(`SELECT id FROM public_entries WHERE side = 'offer'
    AND date_start IS NULL AND date_end IS NULL AND expires_on IS NULL
    AND confirmed_on > '2026-01-01' ORDER BY id LIMIT 6`).map(({ id }) => id)
  const before = shown()
  for (const [i, change] of ["date_end = '2026-11-20'",
    "date_end = '2026-11-21'", "expires_on = '2026-11-20'",
    "confirmed_on = '2025-11-20'", "confirmed_on = '2025-11-21'",
    "publish = 0"].entries()) {
    store.sql(`UPDATE entries SET ${change} WHERE id = ${some[i]}`)
  }
  assert.equal(shown(), before - 4)
  assert.equal(figure(), before - 4)
})

test('report__expired_are_those_that_the_plan_leaves_out_as_such', () => {
  const { entries } = JSON.parse(store.must('report', '--date', DATE,
    '--json').stdout).tables
  const [, left] = store.must('match', '--dry-run', '--date', DATE).stdout
    .match(/期限切れ (\d+)件/)
  assert.ok(Number(left) > 0)
  assert.equal(sum(entries, 'expired'), Number(left))
  assert.equal(sum(entries, 'approved') + sum(entries, 'expired'),
    store.one("SELECT count(*) FROM entries WHERE state = 'approved'"))
})

test('report__csv_and_excel_hold_the_same_tables', () => {
  const dir = store.file('report'), book = store.file('report.xlsx')
  store.must('report', '--date', DATE, '--csv', dir, '--xlsx', book)
  const keys = Object.keys(json.tables)
  assert.deepEqual(readdirSync(dir).sort(), keys.map(k => `${k}.csv`).sort())
  const csv = readFileSync(`${dir}/coverage_area.csv`, 'utf8')
  assert.ok(csv.startsWith('\ufeff地域圏,'))
  assert.equal(csv.split('\r\n').length - 2, json.tables.coverage_area.length)

  const files = unzip(readFileSync(book))
  const sheets = files['xl/workbook.xml'].toString()
  assert.equal(sheets.match(/<sheet /g).length, keys.length)
  assert.match(sheets, /name="市町村ごとの充足"/)
  const strings = files['xl/sharedStrings.xml'].toString()
  for (const row of json.tables.coverage_municipality) {
    assert.ok(strings.includes(`<t>${row.municipality}</t>`))
  }
  assert.ok(Object.keys(files).some(f => f.startsWith('xl/charts/')))
  const area = 1 + keys.indexOf('coverage_area')
  const sheet = files[`xl/worksheets/sheet${area}.xml`].toString()
  const [first] = json.tables.coverage_area
  assert.match(sheet, new RegExp(`<c r="C5"[^>]*><v>${first.lines}</v>`))
})

test('report__bad_words_are_refused', () => {
  for (const [words, code] of [[['--from', '2026-02-30'], 2], [['x'], 2],
    [['--from', '2026-12-01', '--to', '2026-11-01'], 3],
    [['--csv', '/proc/none'], 4], [['--xlsx', '/proc/none/a'], 4]]) {
    assert.equal(store.run('report', ...words).code, code, words.join(' '))
  }
  const unknown = store.run('report', '--form', '2026-04-01')
  assert.equal(unknown.code, 2)
  assert.match(unknown.stderr, /--form/)
})

test('report__coverage_is_kept_with_a_plan_and_with_what_amends_it', () => {
  const covered = () => {
    const { tables } = JSON.parse(store.must('report', '--date', DATE,
      '--json').stdout)
    return Object.entries(tables).filter(([key]) => /^coverage/.test(key))
  }
  const same = (run) => {
    assert.equal(store.one('SELECT id FROM runs WHERE coverage IS NOT NULL' +
      ' ORDER BY id DESC LIMIT 1'), run)
    const kept = covered()
    const [, [coverage]] = kept.find(([key]) => key === 'coverage')
    assert.ok(coverage.covered > 0)
    store.sql(`UPDATE runs SET coverage = NULL WHERE id = ${run}`)
    assert.deepEqual(covered(), kept) // counted anew, from the plan's lines
    return kept
  }
  const first = same(1)
  const { need_id: need, offer_id: offer } = store.rows(`SELECT p.need_id,
    p.offer_id FROM plan_lines AS p WHERE p.need_id IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM alternatives AS a WHERE a.need_id = p.need_id)
    ORDER BY p.id LIMIT 1`)[0]
  const pair = [String(need), String(offer)]
  store.must('outcome', 'decline', ...pair, '--by', 'offer', '--code',
    'decline_date')
  assert.equal(store.one('SELECT amends FROM runs WHERE id = 2'), 1)
  assert.notDeepEqual(same(2), first)
})
