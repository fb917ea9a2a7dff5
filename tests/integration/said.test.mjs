// What is printed for people has the figures that are written for scripts:
// the summary of a night, a run's suggestions, a what-if.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { DATE, newStore } from './tsunagari.mjs'

let store

before(() => {
  store = newStore()
  store.must('generate', '--entries', '260', '--needs', '45', '--seed', '5',
    '--date', DATE)
  // three towns, each with needs that are covered
  store.exec("UPDATE entries SET region_code = CASE id % 3 WHEN 0 THEN" +
    " '142166' WHEN 1 THEN '141003' ELSE '142051' END WHERE side = 'need'")
  // places for residents, too
  store.exec("UPDATE entry_lines SET for_public = 1, kind_id = 'lecture'," +
    " unit = '人', quantity = 30 WHERE entry_id IN (SELECT id FROM entries" +
    " WHERE side = 'offer' AND id % 4 = 0)")
  store.must('match', '--date', DATE)
})

after(() => store?.remove())

const json = (...args) => JSON.parse(store.must(...args, '--json').stdout)
const linesOf = (...args) => store.must(...args).stdout.trimEnd().split('\n')

// The lines behind a title, as far as they stand further in.
function below(lines, title) {
  const from = lines.indexOf(title) + 1
  assert.ok(from > 0, `no "${title}" in\n${lines.join('\n')}`)
  const to = lines.findIndex((line, i) => i >= from && !line.startsWith('  '))
  return lines.slice(from, to < 0 ? lines.length : to)
}

test('said__a_night_is_summed_up_alike', () => {
  const lines = linesOf('match', '--date', DATE, '--dry-run')
  const said = json('match', '--date', DATE, '--dry-run')
  const { entries, needs, public: open } = said
  const tally = (name, row) => `  ${name}: ${row.lines}行のうち 満たす ${
    row.covered} 一部 ${row.partly} 満たさない ${row.uncovered}`
  assert.ok(lines.some((line) => line.includes('計画日') &&
    line.endsWith(`合計 ${said.value_e6 / 1e9}点`)), lines[0])
  assert.ok(lines.some((line) => line === `参加: 募集 ${entries.needs}件（${
    entries.need_lines}行） 資源 ${entries.offers}件（${entries.offer_lines +
      entries.public_offer_lines}行、うち公開 ${entries.public_offer_lines
    }行） 候補 ${entries.pairs}組`), lines[1])
  assert.ok(entries.public_offer_lines > 0)
  const all = below(lines, '募集')
  assert.equal(all[0], tally('全体', needs))
  assert.equal(all[1], `  提案 ${said.suggestions}件 費用 ${said.spent_yen
    }円（事業の予算 ${said.programme_budget_yen}円）`)
  assert.equal(said.suggestions, store.one('SELECT count(*) FROM plan_lines ' +
    'WHERE run_id = 1 AND need_id IS NOT NULL'))
  for (const [title, rows] of [['地域政策圏ごと', said.by_area],
    ['市町村ごと', said.by_municipality], ['種類ごと', said.by_kind],
    ['分野ごと', said.by_sector]]) {
    assert.ok(rows.length > 1, title)
    assert.deepEqual(below(lines, title), rows.map((row) =>
      tally(row.name, row)))
    const sum = (name) => rows.reduce((n, row) => n + row[name], 0)
    for (const name of title === '市町村ごと' ? [] : Object.keys(needs)) {
      assert.equal(sum(name), needs[name], `${title} ${name}`)
    }
  }
  assert.deepEqual(below(lines, '満たさない理由'), said.causes.map((row) =>
    `  ${row.label}: ${row.lines}行`))
  assert.ok(open.covered > 0 && open.people_given > 0)
  assert.deepEqual(below(lines, '住民の関心（地域×関心）'), [`  ${open.demands
  }のうち 満たす ${open.covered} 案内先なし ${open.uncovered}、のべ ${
    open.people_wanted}人のうち ${open.people_given}人を案内、案内先のない市区町村 ${
    open.regions_without_offer}/${open.regions}`])
  assert.equal(open.uncovered, open.demands - store.one(`SELECT count(*) FROM
    (SELECT DISTINCT region_code, interest_id FROM plan_lines
    WHERE run_id = 1 AND need_id IS NULL)`))
})

test('said__a_run_has_the_same_rows', () => {
  const lines = linesOf('runs', '1').slice(1)
  const said = json('runs', '1')
  const number = said.suggestions.length
  assert.ok(number > 20 && said.uncovered.length > 20)
  said.suggestions.forEach((row, i) => {
    const cost = row.cost_yen > 0 ? ` ${row.cost_yen * row.units}円` : ''
    assert.equal(lines[i], `s${row.suggestion} 募集 ${row.need}-${row.need_line
    }「${row.need_title}」← 資源 ${row.offer}-${row.offer_line}「${
      row.offer_title}」（${row.organisation}） ${row.units}${row.unit}${cost
    }  ${row.reason}`)
  })
  said.uncovered.forEach((row, i) => {
    const [, title, rest] = lines[number + i].match(/「(.*)」 (.*)$/)
    assert.equal(title, row.need_title)
    const { kind, unit } = store.rows(`SELECT k.label_ja AS kind, l.unit
      FROM entry_lines AS l JOIN resource_kinds AS k ON k.id = l.kind_id
      WHERE l.entry_id = ${row.need} AND l.line_no = ${row.need_line}`)[0]
    assert.equal(rest, `${kind} ${row.units}${unit}足りない: ${row.label}`)
  })
  assert.equal(lines.length, number + said.uncovered.length)
})

test('said__a_what_if_has_the_same_figures', () => {
  const words = ['simulate', '--set', 'wish_bonus=900000', '--set',
    'distance_price_per_km=0', '--set', 'floor_region_ppm=900000']
  const lines = linesOf(...words)
  const { before: a, after: b, changes, public_changed: open } = json(...words)
  const of = (label, pick, unit) => assert.ok(lines.includes(
    `  ${label} ${pick(a)} → ${pick(b)}${unit}`), `${label}: ${lines}`)
  of('満たす行', (side) => side.summary.needs.covered, '行')
  of('一部を満たす行', (side) => side.summary.needs.partly, '行')
  of('提案', (side) => side.summary.suggestions, '件')
  of('費用', (side) => side.cost_yen, '円')
  of('平均の距離', (side) => side.distance_m, 'm')
  of('届かない公平の割合', (side) => side.floors_short, '')
  of('いちばん低い市町村の割合', (side) =>
    Math.floor(side.lowest_municipality_ppm / 10000), '%')
  of('案内できる住民（のべ）', (side) => side.summary.public.people_given, '人')
  assert.ok(a.lowest_municipality_ppm > 10000)
  assert.notEqual(a.distance_m, b.distance_m)
  assert.notEqual(a.floors_short, b.floors_short)
  for (const [title, rows, then] of [
    ['地域', a.summary.by_area, b.summary.by_area],
    ['市町村', a.summary.by_municipality, b.summary.by_municipality],
    ['種類', a.summary.by_kind, b.summary.by_kind],
    ['分野', a.summary.by_sector, b.summary.by_sector],
    ['テーマ', a.themes, b.themes]]) {
    const differ = then.map((row) => [rows.find(({ code }) =>
      code === row.code), row]).filter(([x, y]) => x.covered !== y.covered ||
      x.partly !== y.partly)
    assert.deepEqual(differ.length > 0 ? below(lines, title) : [],
      differ.map(([x, y]) => `  ${y.name}: 満たす ${x.covered} → ${y.covered
      }、一部 ${x.partly} → ${y.partly}（${y.lines}行）`), title)
  }
  assert.deepEqual(below(lines, `変わる提案 ${changes.length}件（住民への案内 ${
    open}組）`), changes.map((row) => `  ${row.before === 0 ? '新'
    : row.after === 0 ? '消' : '変'} 募集 ${row.need}-${row.need_line}「${
    row.need_title}」← 資源 ${row.offer}-${row.offer_line}「${row.offer_title
  }」 ${row.before} → ${row.after}${row.unit}  ${row.reason}`))
})
