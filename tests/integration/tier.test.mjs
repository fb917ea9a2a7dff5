// Urgent needs first: the weight tier_urgency, and a floor without a price in
// an explicit instance.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { randomStore } from './random_store.mjs'
import { DATE, must, run } from './tsunagari.mjs'

let store

before(() => {
  store = randomStore(31, 160).store
})

after(() => store?.remove())

const json = (...args) => JSON.parse(store.must(...args, '--json').stdout)

// Shares of the urgent lines that a run's plan covers, summed.
const covered = (id) => store.rows('SELECT sum(1.0 * p.units / l.quantity) AS ' +
  'share FROM plan_lines AS p JOIN entries AS e ON e.id = p.need_id JOIN ' +
  'entry_lines AS l ON l.entry_id = e.id AND l.line_no = p.need_line_no ' +
  `WHERE p.run_id = ${id} AND e.urgency >= 2`)[0].share

test('tier__urgent_needs_are_covered_first', () => {
  const plain = json('match', '--date', DATE)
  assert.equal(plain.tier, undefined)
  store.must('weights', 'set', 'tier_urgency=2', 'worth_urgency_2=0',
    'worth_urgency_3=0', 'uncovered_ppm=0', '--reason', '試す', '--use')
  // worth nothing, and yet first
  const done = json('match', '--date', DATE)
  assert.equal(done.state, 'optimal')
  assert.equal(done.tier.urgency, 2)
  assert.ok(done.tier.lines > 5 && done.tier.covered > 0)
  assert.ok(covered(2) >= covered(1) - 1e-9)
  assert.match(store.must('match', '--date', DATE, '--dry-run').stdout,
    /先に満たす募集（急ぎの順位で）: \d+行のうち/)
})

test('tier__certify_explain_and_simulate_know_it', () => {
  const proof = json('certify', '2')
  assert.equal(proof.verdict, 'holds')
  assert.equal(proof.tier, true)
  assert.ok(proof.bound_e6 >= proof.value_e6)
  assert.match(store.must('certify', '2').stdout, /先に満たす募集を同じだけ/)
  assert.equal(json('certify', '1').tier, false)
  const urgent = store.one("SELECT min(need_id) FROM plan_lines JOIN entries " +
    'ON entries.id = need_id WHERE run_id = 2 AND urgency >= 2')
  assert.equal(json('explain', String(urgent), '--run', '2').tier, true)
  assert.match(store.must('explain', String(urgent), '--run', '2').stdout,
    /急ぎ 2 以上の募集を先に.*この募集はその1つ/)
  const off = json('simulate', '--run', '2', '--set', 'tier_urgency=0')
  assert.equal(off.before_solved, false)
  assert.ok(off.before.summary.tier.lines > 0)
  assert.equal(off.after.summary.tier, undefined)
  // without the tier nothing holds the value back
  assert.ok(off.after.summary.value_e6 >= off.before.summary.value_e6)
})

test('tier__a_floor_without_a_price_comes_first', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tier-'))
  const put = (name, ...rows) => writeFileSync(join(dir, name),
    rows.join('\n') + '\n')
  try {
    put('needs.csv', 'need,budget_yen,max_partners', 'a,,', 'b,,')
    put('lines.csv', 'line,need,quantity,uncovered_price,indivisible',
      'a,a,2,0,', 'b,b,2,0,')
    put('offers.csv', 'offer,capacity,max_needs,min_lot,org', 'x,2,,,')
    put('pairs.csv', 'line,offer,score,cost_yen,use', 'a,x,100,,', 'b,x,1,,')
    put('params.csv', 'name,value')
    must(['solve', dir, '--quiet'])
    assert.match(readFileSync(join(dir, 'plan.csv'), 'utf8'), /^a,x,2$/m)
    put('floors.csv', 'floor,line,share,price', 'first,b,1,')
    must(['solve', dir, '--quiet'])
    assert.equal(readFileSync(join(dir, 'plan.csv'), 'utf8'),
      'line,offer,units\nb,x,2\n')
    assert.equal(JSON.parse(readFileSync(join(dir, 'result.json'), 'utf8'))
      .status, 'optimal')
    put('floors.csv', 'floor,line,share,price', 'first,b,1,', 'first,a,1,5')
    const bad = run(['solve', dir])
    assert.equal(bad.code, 3)
    assert.match(bad.stderr, /floors\.csv:3:\d+: share: share or price differs/)
  } finally {
    rmSync(dir, { recursive: true })
  }
})
