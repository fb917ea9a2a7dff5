// The tuner's day: look at the weights, compare others with them, keep them,
// publish them, go back; and the report's pages and files.  Nothing changes
// before "publish".
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { randomStore } from './random_store.mjs'
import { startService } from './service.mjs'
import { DATE } from './tsunagari.mjs'
import { unzip } from './zip.mjs'

let site, tuner

before(async () => {
  const { store } = randomStore(71, 160)
  store.must('match', '--date', DATE)
  site = await startService({ store })
  tuner = await site.login('tuner')
})

after(() => site?.stop())

const count = (table) => site.store.one(`SELECT count(*) AS n FROM ${table}`)
const tries = (fields) => '/staff/weights/try?' +
  new URLSearchParams(Object.entries(fields).map(
    ([name, value]) => [`w.${name}`, value]))

test('weights__each_tunable_has_a_field_in_peoples_units', async () => {
  const page = await tuner.get('/staff/weights')
  assert.equal(page.status, 200)
  const { weights } = JSON.parse(
    site.store.must('weights', 'list', '--json').stdout)
  const shown = Object.fromEntries(page.form('/staff/weights/try').fields)
  const scale = { milli_points: 1000, ppm: 10000 }
  for (const { name, value, unit } of weights) {
    assert.equal(Number(shown[`w.${name}`]) * (scale[unit] ?? 1), value, name)
  }
  assert.match(page.text, /<label for="w\.fit_target">対象の人が合うときに足す点/)
})

test('whatif__says_what_the_command_says_and_writes_nothing', async () => {
  const before = ['audit', 'weight_versions', 'runs'].map(count)
  const page = await tuner.get(tries({ distance_price_per_km: '100' }))
  assert.equal(page.status, 200)
  const said = JSON.parse(site.store.must('simulate', '--set',
    'distance_price_per_km=100000', '--date', DATE, '--json').stdout)
  assert.match(page.text, new RegExp(`変わる提案（${said.changes.length} 件）`))
  assert.ok(said.changes.length > 0)
  assert.match(page.text, /<svg class="tile-map" role="img"/)
  assert.match(page.text, /1km離れるごとに引く点/)
  assert.deepEqual(['audit', 'weight_versions', 'runs'].map(count), before)
})

// Of a page's map: { name, text, shade } for each tile.
const tilesOf = (page) => [...page.text.matchAll(
  /<g class="tile-(\w+)"><title>(\S+) ([^<]*)<\/title>/g)].map(
  ([, shade, name, text]) => ({ shade, name, text }))
const TILES = 33 + 28 // municipalities and wards

test('maps__are_shaded_by_the_rank_of_their_figures', async () => {
  const tiles = tilesOf(await tuner.get(`/staff/report?to=${DATE}`))
  assert.equal(tiles.length, TILES)
  const share = ({ text }) => {
    const [covered, lines] = text.split('/').map(Number)
    return Math.floor(covered * 1000 / lines)
  }
  const known = tiles.filter(({ text }) => text !== '')
  const shares = [...new Set(known.map(share))].sort((a, b) => a - b)
  assert.ok(shares.length >= 5, `${shares}`)
  for (const tile of known) {
    assert.equal(Number(tile.shade), 1 + Math.floor(
      shares.indexOf(share(tile)) * 4 / (shares.length - 1)), tile.name)
  }
  assert.deepEqual(new Set(known.map(({ shade }) => shade)),
    new Set(['1', '2', '3', '4', '5']))
  assert.ok(tiles.every(({ text, shade }) =>
    (text === '') === (shade === 'none')))
})

test('maps__of_a_what_if_show_what_is_more_and_what_less', async () => {
  const tiles = tilesOf(await tuner.get(
    tries({ programme_budget_yen: '0', use_audience: '0' })))
  assert.equal(tiles.length, TILES)
  const { before, after: then } = JSON.parse(site.store.must('simulate',
    '--set', 'programme_budget_yen=0', '--set', 'use_audience=0',
    '--date', DATE, '--json').stdout)
  const kinds = new Set()
  for (const { name, covered } of then.summary.by_municipality) {
    const { covered: was } =
      before.summary.by_municipality.find((row) => row.name === name)
    const tile = tiles.find((one) => one.name === name)
    if (name === '県全体・その他') continue // has no tile
    assert.equal(Number(tile.text), covered - was, name)
    assert.equal(tile.shade, covered > was ? 'more' : covered < was ? 'less'
      : 'same', name)
    kinds.add(tile.shade)
  }
  assert.ok(kinds.size > 1, 'nothing differs')
})

test('whatif__what_is_no_value_is_said_next_to_its_field', async () => {
  for (const [value, word] of [['abc', /数字で書いてください/],
    ['1e9', /数字で書いてください/], ['-1', /から .* までの数/],
    ['99999999999999999999', /数字で書いてください|までの数/],
    ['1.23456', /小数は3桁まで/], ['１２，０００．５', null]]) {
    const page = await tuner.get(tries({ fit_target: value }))
    assert.equal(page.status, word ? 422 : 200, value)
    if (word) {
      assert.match(page.text, word)
      assert.match(page.text, /id="w\.fit_target"[^>]*aria-invalid="true"/)
    }
  }
})

test('weights__a_draft_changes_nothing_publish_does_and_use_goes_back',
  async () => {
    const published = () => JSON.parse(
      site.store.must('weights', 'list', '--json').stdout)
    const first = published().version
    let page = await tuner.get(tries({ fit_target: '200' }))
    page = await tuner.submit(page, '/staff/weights/save',
      { reason: '対象を重く', name: '対象重視', act: 'draft' })
    assert.match(page.text, /下書きとして残しました/)
    assert.equal(published().version, first)

    page = await tuner.get('/staff/weights/try?version=' +
      encodeURIComponent('対象重視'))
    page = await tuner.submit(page, '/staff/weights/save',
      { reason: '四半期の見直し', act: 'publish' })
    assert.match(page.text, /公開しました/)
    const now = published()
    assert.equal(now.weights.find(w => w.name === 'fit_target').value, 200000)
    assert.deepEqual(site.store.rows(
      `SELECT actor, reason FROM weight_versions WHERE id = ${now.version}`),
      [{ actor: 'tuner', reason: '四半期の見直し' }])

    page = await tuner.submit(page, '/staff/weights/use',
      { version: '0', reason: '戻す' })
    assert.equal(published().version, 0)
    page = await tuner.submit(page, '/staff/weights/name',
      { version: String(now.version), name: '<b>冬' })
    assert.match(page.text, /&lt;b&gt;冬/)
    page = await tuner.submit(page, '/staff/weights/unname',
      { name: '<b>冬' })
    assert.deepEqual(site.store.rows('SELECT name FROM weight_profiles'),
      page.text.includes('対象重視') ? [{ name: '対象重視' }] : [])
  })

test('weights__what_is_no_name_is_said_in_japanese', async () => {
  const page = await tuner.get(tries({ fit_target: '200' }))
  const history = await tuner.get('/staff/weights/history')
  const before = ['weight_versions', 'weight_profiles'].map(count)
  for (const name of ['12', '　', 'あ'.repeat(61)]) {
    for (const [form, action, more] of [
      [page, '/staff/weights/save', { reason: '残す', act: 'draft' }],
      [history, '/staff/weights/name', { version: '0' }]]) {
      const bad = await tuner.submit(form, action, { ...more, name })
      assert.equal(bad.status, 422, `${action} ${name}`)
      assert.match(bad.text, /名前は1字から60字まで/)
    }
  }
  assert.deepEqual(['weight_versions', 'weight_profiles'].map(count), before)
})

test('weights__a_reason_is_needed_and_a_viewer_cannot_save', async () => {
  const page = await tuner.get(tries({ fit_target: '200' }))
  const versions = count('weight_versions')
  const none = await tuner.submit(page, '/staff/weights/save',
    { reason: '  ', act: 'publish' })
  assert.equal(none.status, 422)
  const viewer = await site.login('viewer')
  const seen = await viewer.get(tries({ fit_target: '200' }))
  assert.equal(seen.status, 200)
  assert.ok(!seen.text.includes('/staff/weights/save'))
  const fields = page.form('/staff/weights/save').fields
  assert.equal((await viewer.post('/staff/weights/save',
    [...fields, ['reason', 'x'], ['act', 'publish']])).status, 403)
  assert.equal(count('weight_versions'), versions)
})

test('weights__are_not_used_without_a_reason', async () => {
  const page = await tuner.get('/staff/weights/history')
  const published = () => site.store.rows(
    'SELECT id, state, reason FROM weight_versions')
  const before = published()
  for (const reason of ['', ' \n']) {
    const done = await tuner.submit(page, '/staff/weights/use', { reason })
    assert.equal(done.status, 422)
    assert.match(done.text, /理由/)
  }
  assert.deepEqual(published(), before)
})

test('report__page_and_files_hold_the_figures_of_the_command', async () => {
  const said = JSON.parse(site.store.must('report', '--to', DATE, '--json')
    .stdout).tables
  const page = await tuner.get(`/staff/report?to=${DATE}`)
  assert.equal(page.status, 200)
  assert.match(page.text, new RegExp(
    `<th scope="row">全体</th><td class="num">${said.coverage[0].needs}<`))
  for (const row of said.coverage_municipality) {
    assert.ok(page.text.includes(row.municipality))
  }
  const all = await tuner.get(`/staff/report/all?to=${DATE}`)
  for (const key of Object.keys(said)) {
    assert.ok(all.text.includes(`<section id="${key}">`), key)
    const one = await tuner.get(`/staff/report/${key}?to=${DATE}`)
    assert.equal(one.status, 200)
    assert.equal(one.text.match(/<section /g).length, 1)
  }
  const csv = await tuner.get(`/staff/report/coverage_area.csv?to=${DATE}`)
  assert.equal(csv.status, 200)
  assert.match(csv.headers['content-disposition'],
    /attachment; filename="tsunagari-2026-04-01-2026-11-21/)
  assert.equal(csv.text.trim().split('\r\n').length - 1,
    said.coverage_area.length)
  const book = await tuner.get(`/staff/report.xlsx?to=${DATE}`)
  assert.ok('xl/workbook.xml' in unzip(book.bytes))
  assert.equal((await tuner.get('/staff/report/no.csv')).status, 404)
  assert.equal((await tuner.get('/staff/report/none')).status, 404)
  const odd = await tuner.get('/staff/report?from=x&to=2026-99-99')
  assert.equal(odd.status, 200)
})

test('report__a_period_that_is_none_is_said_and_kept_as_typed', async () => {
  const figures = '2026-04-01 から 2026-11-21 まで'
  const first = 'はじめの日がおわりの日より後です'
  const none = '日付として読めません'
  for (const [from, to, name, words] of [
    ['2026-12-24', DATE, 'from', first], ['x', DATE, 'from', none],
    ['2026-02-30', DATE, 'from', none]]) {
    const page = await tuner.get(`/staff/report?from=${from}&to=${to}`)
    assert.equal(page.status, 200)
    assert.match(page.text, new RegExp(`<a href="#${name}">[^<]*${words}`))
    assert.match(page.text, new RegExp(
      `<input (?=[^>]*id="${name}")(?=[^>]*aria-invalid="true")` +
      `(?=[^>]*value="${name === 'from' ? from : to}")`))
    assert.ok(page.text.includes(figures), `${from} ${to}`)
  }
  const late = await tuner.get('/staff/report?from=2026-05-01&to=2026-99-99')
  assert.match(late.text, new RegExp(`<a href="#to">[^<]*${none}`))
  for (const args of ['', '?from=&to=', `?from=2026-05-01&to=${DATE}`,
    `?from=${DATE}&to=${DATE}`]) {
    const page = await tuner.get(`/staff/report${args}`)
    assert.doesNotMatch(page.text, /aria-invalid/, args)
  }
})

test('report__nobody_without_an_account_sees_it', async () => {
  for (const path of ['/staff/report', '/staff/report.xlsx', '/staff/weights',
    '/staff/weights/try', '/staff/report/figures.csv']) {
    const page = await site.client().get(path)
    assert.ok(!page.text.includes('充足'), path)
    assert.match(page.path, /login/)
  }
})
