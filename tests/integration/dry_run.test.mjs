// `--dry-run` of every command that writes: what it says aside, the store
// and the files around it stay as they are.  Each word is then said without
// it, so that what is not done would have been something.
import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { newStore, DATE, run } from './tsunagari.mjs'

let store, need, offer, other, two

const rowsOf = (table) => store.sql(`SELECT * FROM ${table}`)
const everything = () => store.sql('.dump').split('\n')
const files = () => readdirSync(store.dir, { recursive: true })
  .filter((name) => !/^store\.db-/.test(name)).sort()

before(() => {
  store = newStore()
  store.must('generate', '--entries', '120', '--needs', '50', '--date', DATE)
  store.must('match', '--date', DATE)
  store.exec("UPDATE organisations SET linked = 1, email = 'a@b.example'")
  ;[{ need, offer }, other] = store.rows(`SELECT need_id AS need,
    offer_id AS offer FROM plan_lines WHERE need_id IS NOT NULL
    GROUP BY need_id ORDER BY id LIMIT 2`)
  two = store.rows(`SELECT id FROM organisations WHERE id NOT IN (
    SELECT organisation_id FROM entries WHERE id IN (${need}, ${offer}))
    ORDER BY id LIMIT 2`).map(({ id }) => id)
  mkdirSync(store.file('spool'))
  writeFileSync(store.file('sheet.csv'),
    '団体キー,団体名,地域\nnew,【例】新しい会,142166\n')
})

after(() => store?.remove())

// The words, and a table that they change when they are meant.
const acts = () => [
  ['import organisations sheet.csv', 'organisations'],
  ['generate --entries 130 --needs 50', 'entries'],
  [`decide ${need} ${offer} pin --reason x`, 'decisions'],
  ['decide --revoke 1 --reason x', 'decisions'],
  ['match', 'runs'],
  ['weights set wish_bonus=1 --reason x', 'weight_versions'],
  ['weights use 1 --reason x', 'weight_versions'],
  ['profile save first 1', 'weight_profiles'],
  ['profile drop first', 'weight_profiles'],
  [`screen mark ${need} req_residents pass --note x`, 'screenings'],
  [`screen confirm ${need} all`, 'confirmations'],
  ['screen require req_other on --reason x', 'requirements'],
  [`screen renew ${need}`, 'audit'],
  [`screen pause ${need}`, 'entries'],
  [`screen resume ${need}`, 'entries'],
  [`organisations set ${two[0]} linked off --reason x`, 'organisations'],
  [`organisations distinct ${two.join(' ')} --reason x`,
    'organisation_distinct'],
  [`organisations merge ${two.join(' ')} --reason x`, 'organisations'],
  [`outcome propose ${need} ${offer} --note x`, 'outcomes'],
  [`outcome introduce ${need} ${offer} --spool spool`, 'mails'],
  [`outcome accept ${need} ${offer} --by need`, 'answers'],
  [`outcome agree ${need} ${offer}`, 'outcomes'],
  [`outcome hold ${need} ${offer}`, 'outcomes'],
  [`outcome decline ${other.need} ${other.offer} --by need ` +
    '--code decline_date', 'outcomes'],
  ['remind --spool spool --lead 3650', 'reminders'],
  ['publish --audience public p.snap', 'publications'],
  ['rollback 1 --audience public p.snap', 'publications'],
  ['account add boss --role admin --generate', 'accounts'],
  ['account role boss tuner', 'accounts'],
  ['account lock boss', 'accounts'],
  ['account unlock boss', 'audit'],
]

test('dry_run__of_every_act_writes_nothing', () => {
  for (const [words, table] of acts()) {
    const said = [...words.split(' '), '--date', DATE]
    const go = (more) => run([...said, ...more],
      { env: store.env, cwd: store.dir })
    const rows = everything(), names = files(), of = rowsOf(table)
    const tried = go(['--dry-run'])
    assert.equal(tried.code, 0, `${words}: ${tried.stderr}`)
    const now = everything()
    assert.equal(now.find((row, i) => row !== rows[i]), undefined, words)
    assert.equal(now.length, rows.length, words)
    assert.deepEqual(files(), names, words)
    const done = go([])
    assert.equal(done.code, 0, `${words}: ${done.stderr}`)
    assert.ok(rowsOf(table) !== of, `${words}: ${table} is as before`)
  }
  // and of each act its row of the audit can be read
  assert.deepEqual(store.rows(`SELECT action, detail FROM audit
    WHERE NOT json_valid(detail)`), [])
  assert.ok(store.one('SELECT count(DISTINCT action) FROM audit') > 20)
})

test('dry_run__where_there_is_none_is_refused', () => {
  const path = join(store.dir, 'none.db')
  const done = run(['init', '--dry-run', '--store', path])
  assert.deepEqual([done.code, done.stdout], [2, ''])
  assert.match(done.stderr, /init: has no --dry-run/)
  assert.ok(!files().includes('none.db'))
})
