// What the staff do between two nights: weights, decisions, explanations,
// comparing plans, taking the matching out as CSV; and a match that is told
// to stop.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { randomStore } from './random_store.mjs'
import { DATE, run } from './tsunagari.mjs'

let store

before(() => {
  store = randomStore(23, 160).store
  store.must('match', '--date', DATE)
})

after(() => store?.remove())

const json = (...args) => JSON.parse(store.must(...args, '--json').stdout)
const lastRun = () => store.one('SELECT max(id) FROM runs')

test('weights__a_draft_waits_and_use_publishes_it', () => {
  const names = json('weights', 'list').weights
  assert.ok(names.length >= 35)
  for (const row of names) {
    assert.ok(row.ja && row.en && row.min <= row.value &&
      row.value <= row.max, row.name)
  }
  store.must('weights', 'set', 'wish_bonus=7', 'fit_tag=8',
    '--reason', '試す')
  assert.equal(json('weights', 'list').version, 0)
  assert.equal(json('weights', 'list', '1').weights
    .find((row) => row.name === 'wish_bonus').value, 7)
  store.must('weights', 'use', '1', '--reason', '良い')
  assert.equal(json('weights', 'list').version, 1)
  const history = json('weights', 'history')
  assert.equal(history.length, 1)
  assert.deepEqual([history[0].state, history[0].actor, history[0].reason],
    ['published', 'test', '試す'])
  store.must('match', '--date', DATE)
  assert.equal(json('runs', String(lastRun())).weights, 1)
  store.must('weights', 'use', '0', '--reason', '戻す')
  assert.equal(json('weights', 'list').version, 0)
  assert.equal(store.one("SELECT count(*) FROM audit WHERE action LIKE " +
    "'weights.%' AND actor = 'test'"), 3)
})

test('weights__bad_words_change_nothing', () => {
  const before = store.one('SELECT count(*) FROM weight_versions')
  for (const words of [['set', 'wish_bonus=7'], ['set', '--reason', 'x'],
    ['set', 'no_such=1', '--reason', 'x'], ['use', '99', '--reason', 'x'],
    ['set', 'wish_bonus=-1', '--reason', 'x'], ['use', '1'], ['sing'],
    ['set', 'wish_bonus=1e3', '--reason', 'x'], ['list', '99'],
    ['set', 'wish_bonus', '--reason', 'x']]) {
    const done = store.run('weights', ...words)
    assert.ok([2, 3].includes(done.code), words.join(' '))
    assert.match(done.stderr, /^tsunagari: /)
  }
  store.must('weights', 'set', 'wish_bonus=1', '--reason', 'x', '--dry-run')
  assert.equal(store.one('SELECT count(*) FROM weight_versions'), before)
})

test('decide__a_ban_leaves_the_plan_and_a_pin_enters_it', () => {
  store.must('match', '--date', DATE)
  const first = lastRun()
  const chosen = store.rows('SELECT p.need_id, p.offer_id FROM plan_lines ' +
    `AS p WHERE p.run_id = ${first} AND p.need_id IS NOT NULL LIMIT 1`)[0]
  const other = store.rows('SELECT need_id, offer_id FROM alternatives ' +
    `WHERE run_id = ${first} AND loss > 0 AND need_id <> ${chosen.need_id} ` +
    'ORDER BY loss DESC LIMIT 1')[0]
  store.must('decide', String(chosen.need_id), String(chosen.offer_id),
    'forbid', '--reason', 'けんか')
  store.must('decide', String(other.need_id), String(other.offer_id), 'pin',
    '--reason', '約束')
  const { stdout } = store.must('decide', 'list')
  assert.match(stdout, /forbid/)
  const summary = json('match', '--date', DATE)
  assert.deepEqual(summary.pins_dropped, [])
  const planned = (pair) => store.one('SELECT count(*) FROM plan_lines ' +
    `WHERE run_id = ${lastRun()} AND need_id = ${pair.need_id} AND ` +
    `offer_id = ${pair.offer_id}`)
  assert.equal(planned(chosen), 0)
  assert.ok(planned(other) > 0)
  const changes = json('diff', String(first), String(lastRun()))
  assert.ok(changes.some((c) => c.need === chosen.need_id &&
    c.offer === chosen.offer_id && c.after === 0))
  assert.ok(changes.some((c) => c.need === other.need_id &&
    c.offer === other.offer_id && c.after > 0))
  for (const { id } of json('decide', 'list')) {
    store.must('decide', '--revoke', String(id), '--reason', '済んだ')
  }
  store.must('match', '--date', DATE)
  assert.deepEqual(json('diff', String(first), String(lastRun())), [])
})

test('decide__bad_words_are_refused', () => {
  const { need_id: need, offer_id: offer } = store.rows('SELECT need_id, ' +
    'offer_id FROM plan_lines WHERE need_id IS NOT NULL LIMIT 1')[0]
  for (const words of [[need, offer, 'pin'], [need, offer, 'love',
    '--reason', 'x'], [offer, need, 'pin', '--reason', 'x'],
  [need, offer, 'defer', '--reason', 'x'], [need, offer, 'pin', '--reason',
    'x', '--until', '2026-02-30'], [need, offer, 'defer', '--reason', 'x',
    '--until', DATE, '--date', DATE], [need, offer, 'pin', '--reason', 'x',
    '--until', '2026-11-20', '--date', DATE], ['--revoke', 999, '--reason', 'x'],
  [need, offer, 'pin', '--reason', 'x', '--units', '0'], [need]]) {
    const done = store.run('decide', ...words.map(String))
    assert.ok([2, 3].includes(done.code), `${words}: ${done.stderr}`)
  }
  assert.deepEqual(json('decide', 'list'), [])
})

test('explain__every_need_of_the_plan_is_explained', () => {
  const id = lastRun()
  const far = new Map()
  let runnersUp = 0
  for (const { need_id: need } of store.rows('SELECT DISTINCT need_id FROM ' +
    `uncovered_lines WHERE run_id = ${id} UNION SELECT need_id FROM ` +
    `plan_lines WHERE run_id = ${id} AND need_id IS NOT NULL`)) {
    const said = json('explain', String(need))
    assert.equal(said.run, id)
    assert.equal(said.changed, false)
    for (const line of said.lines) {
      const given = line.chosen.reduce((sum, pair) => sum + pair.units, 0)
      assert.equal(given + line.missing, line.quantity)
      assert.equal(line.cause === null, line.missing === 0)
      for (const pair of [...line.chosen, ...line.alternatives]) {
        const sum = Object.values(pair.terms).reduce((a, b) => a + b, 0)
        assert.equal(Math.floor(sum / line.quantity), pair.score)
        assert.ok(pair.reason.length > 0)
        // far for one is far for the other, whoever is chosen
        const key = `${need} ${pair.offer}`
        far.set(key, [...far.get(key) ?? [], pair.distance_m])
        assert.ok(pair.distance_m !== null || !pair.terms.distance, key)
      }
      for (const pair of line.alternatives) {
        assert.ok(pair.loss_e6 === null || pair.loss_e6 >= 0)
        runnersUp += pair.distance_m > 0
      }
    }
    assert.match(store.must('explain', String(need)).stdout, /行目/)
  }
  assert.ok(runnersUp > 10, `${runnersUp} runners-up at a distance`)
  for (const [key, metres] of far) {
    assert.equal(new Set(metres).size, 1, `${key}: ${metres}`)
  }
  const one = store.one('SELECT min(id) FROM plan_lines WHERE need_id')
  assert.match(store.must('explain', `s${one}`).stdout, /理由: /)
  assert.equal(store.run('explain', 'nobody').code, 3)
  assert.equal(store.run('explain').code, 2)
})

test('instance__what_is_dumped_solves_to_the_value_of_the_run', () => {
  const id = String(lastRun())
  const dir = store.file('instance')
  store.must('instance', 'dump', id, dir)
  run(['solve', dir], { env: store.env })
  const result = JSON.parse(readFileSync(`${dir}/result.json`, 'utf8'))
  const value = store.one(`SELECT objective FROM runs WHERE id = ${id}`)
  // result.json has milli-points, the run millionths of them
  assert.ok(Math.abs(Number(result.objective) - value / 1e6) < 1e-3,
    `${result.objective} ${value}`)
  store.exec('UPDATE entries SET urgency = 3 - urgency')
  const gone = store.run('instance', 'dump', id, store.file('gone'))
  assert.equal(gone.code, 3)
  assert.match(gone.stderr, /changed/)
  store.must('instance', 'dump', '--date', DATE, store.file('today'))
})

test('match__told_to_stop_it_still_ends_in_order', async () => {
  const runs = store.one('SELECT count(*) FROM runs')
  const child = store.start('match', '--date', DATE)
  child.kill('SIGTERM')
  const code = await new Promise((done) => child.once('exit',
    (exit, signal) => done(exit ?? signal)))
  // Before it listens it dies with nothing written, after that it keeps the
  // best plan it has, or says that it has none.
  assert.ok([0, 1, 'SIGTERM'].includes(code), String(code))
  assert.equal(store.one('SELECT count(*) FROM runs'),
    runs + (code === 'SIGTERM' ? 0 : 1))
  assert.equal(store.one('PRAGMA integrity_check'), 'ok')
  store.must('match', '--date', DATE)
})
