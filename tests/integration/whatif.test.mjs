// What a stored plan proves, and what would be if: certify, recruit,
// simulate.  None of them may change a byte of the store.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { randomStore } from './random_store.mjs'
import { DATE, newStore } from './tsunagari.mjs'

let store

before(() => {
  store = randomStore(31, 160).store
  store.must('match', '--date', DATE)
})

after(() => store?.remove())

const json = (...args) => JSON.parse(store.must(...args, '--json').stdout)

test('certify__a_night_holds_and_a_changed_store_does_not', () => {
  const run = store.rows('SELECT objective, bound, gap_ppm FROM runs')[0]
  const done = json('certify')
  assert.equal(done.verdict, 'holds')
  assert.equal(done.value_e6, run.objective)
  assert.equal(done.run_bound_e6, run.bound)
  assert.ok(done.bound_e6 >= done.value_e6)
  assert.equal(done.proves_run, done.bound_e6 <= run.bound)
  assert.match(store.must('certify', '1').stdout, /確かめました/)

  store.exec("UPDATE entries SET urgency = 3 - urgency WHERE side = 'need'")
  const changed = store.run('certify', '1', '--json')
  assert.equal(changed.code, 1)
  assert.equal(JSON.parse(changed.stdout).verdict, 'changed')
  assert.match(changed.stderr, /the store has changed since/)
  store.exec("UPDATE entries SET urgency = 3 - urgency WHERE side = 'need'")
  assert.equal(json('certify').verdict, 'holds')
})

test('certify__bad_words_are_refused', () => {
  for (const [words, code] of [[['99'], 3], [['x'], 2], [['0'], 2],
    [['1', '2'], 2], [['--no-such'], 2]]) {
    assert.equal(store.run('certify', ...words).code, code, words.join(' '))
  }
})

test('recruit__ideas_are_verified_and_the_same_twice', () => {
  const first = store.must('recruit', '--json').stdout
  assert.equal(store.must('recruit', '--json').stdout, first)
  const { ideas, tried, looked_at: looked } = JSON.parse(first)
  assert.ok(ideas.length > 0 && ideas.length <= tried && tried <= looked)
  for (const idea of ideas) {
    assert.ok(idea.gain_e6 > 0 && (idea.lines > 0 || idea.units > 0))
    assert.match(idea.text, /に.+が1つ増えるとあと\d+(件成立|.*届く)$/)
    assert.equal(store.one('SELECT count(*) FROM resource_kinds WHERE ' +
      `id = '${idea.kind}'`), 1)
    assert.equal(store.one('SELECT count(*) FROM regions WHERE ' +
      `code = '${idea.region}'`), 1)
  }
  assert.match(store.must('recruit').stdout, /あると良い資源/)
  // the night's own summary says the same
  assert.deepEqual(JSON.parse(store.one('SELECT summary FROM runs')).recruit,
    ideas.map((idea) => idea.text))
})

test('recruit__an_old_plan_is_refused', () => {
  store.exec("UPDATE entries SET urgency = 3 - urgency WHERE side = 'need'")
  assert.equal(store.run('recruit').code, 1)
  store.exec("UPDATE entries SET urgency = 3 - urgency WHERE side = 'need'")
  assert.equal(store.run('recruit', '99').code, 3)
})

test('simulate__foretells_a_match_and_writes_nothing', () => {
  const digest = () => createHash('sha256')
    .update(store.rows('SELECT * FROM runs')
      .map((row) => JSON.stringify(row)).join())
    .update(readFileSync(store.path)).digest('hex')
  const before = digest()
  const done = json('simulate', '--set', 'distance_price_per_km=200000',
    '--set', 'programme_budget_yen=0')
  assert.match(store.must('simulate', 'wish_bonus=0').stdout, /変わる提案/)
  assert.equal(digest(), before)
  assert.deepEqual(done.set, { distance_price_per_km: 200000,
    programme_budget_yen: 0 })
  assert.equal(done.before_solved, false)
  assert.equal(done.after.cost_yen, 0)
  assert.ok(done.changes.length > 0)
  for (const change of done.changes) {
    assert.notEqual(change.before, change.after)
    assert.ok(change.reason !== '')
  }
  store.must('weights', 'set', 'distance_price_per_km=200000',
    'programme_budget_yen=0', '--reason', '試す', '--use')
  const night = json('match', '--date', DATE)
  assert.equal(night.value_e6, done.after.summary.value_e6)
  assert.equal(night.needs.covered, done.after.summary.needs.covered)
})

// A market large enough that a what-if starts from the last plan and stops at
// its gap: the answers of a warm and a cold start differ by no more.
test('simulate__warm_and_cold_agree_up_to_the_gap', () => {
  const market = newStore()
  try {
    market.must('generate', '--entries', '1100', '--needs', '50', '--date',
      DATE)
    market.must('weights', 'set', 'gap_ppm=20000', 'whatif_gap_ppm=20000',
      'loss_solves=0', '--reason', '試す', '--use')
    market.must('match', '--date', DATE, '--time-limit', '30')
    assert.ok(market.one('SELECT pairs_n FROM runs') > 3000)
    const bytes = () => createHash('sha256').update(readFileSync(market.path))
      .digest('hex')
    const before = bytes()
    const ask = (price, gap, ...more) => {
      const side = JSON.parse(market.must('simulate', '--json', '--set',
        `distance_price_per_km=${price}`, '--set', `whatif_gap_ppm=${gap}`,
        '--time-limit', '30', ...more).stdout).after.summary
      assert.equal(side.state, 'optimal')
      assert.ok(side.gap_ppm <= gap && side.value_e6 <= side.bound_e6)
      return side
    }
    const [warm, cold] = [ask(20000, 20000), ask(20000, 20000, '--cold')]
    assert.ok(warm.value_e6 <= cold.bound_e6)
    assert.ok(cold.value_e6 <= warm.bound_e6)
    // so far off that another plan, by the new prices, is a nearer start
    const [far, anew] = [ask(0, 5000), ask(0, 5000, '--cold')]
    assert.ok(far.value_e6 <= anew.bound_e6)
    assert.ok(anew.value_e6 <= far.bound_e6)
    // unchanged weights: the plan itself is near enough
    const same = JSON.parse(market.must('simulate', '--json', '--set',
      'distance_price_per_km=10000').stdout)
    assert.deepEqual(same.changes, [])
    assert.equal(same.after.summary.value_e6, same.before.summary.value_e6)
    assert.equal(bytes(), before)
  } finally {
    market.remove()
  }
})

test('simulate__bad_words_are_refused', () => {
  for (const [words, code] of [[[], 2], [['--set', 'no_such=1'], 2],
    [['--set', 'wish_bonus'], 2], [['--set', 'wish_bonus=-1'], 2],
    [['--set', 'wish_bonus=1', '--run', '99'], 3],
    [['--set', 'wish_bonus=9999999999999999999'], 2]]) {
    const done = store.run('simulate', ...words)
    assert.equal(done.code, code, words.join(' ') + done.stderr)
    assert.match(done.stderr, /^tsunagari: /)
  }
})
