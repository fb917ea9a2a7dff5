// A store of every earlier version, with rows in it, is brought to this one
// by `init`: nothing is lost, `check` finds nothing, and what is counted is
// what a store counts that was new.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { DATE, newStore } from './tsunagari.mjs'

const sqlDir = new URL('../../schema/sql/', import.meta.url)
const steps = readdirSync(sqlDir).filter((name) => name.endsWith('.sql'))
  .sort().map((name) => readFileSync(new URL(name, sqlDir), 'utf8'))

// Two organisations, one public; of each an offer and a need that are to be
// shown, an offer that is expired, one that is not shown and a case; in the
// columns that every version has.
const rows = `
INSERT INTO organisations (id, key, origin, name, publish, member,
    created_at, updated_at) VALUES
  (1, 'a', 'example', '【例】公開の団体', 1, 1, '${DATE}T00:00:00Z', ''),
  (2, 'b', 'example', '【例】非公開の団体', 0, 0, '2020-01-01T00:00:00Z', '');
WITH o(id) AS (VALUES (1), (2)), e(n, side, origin, state, publish, ends) AS
  (VALUES (1, 'offer', 'sheet', 'approved', 1, NULL),
    (2, 'offer', 'sheet', 'approved', 1, '${DATE}'),
    (3, 'offer', 'form', 'approved', 1, '2026-11-20'),
    (4, 'offer', 'sheet', 'approved', 0, NULL),
    (5, 'need', 'sheet', 'approved', 1, NULL),
    (6, 'offer', 'case', 'archived', 1, NULL),
    (7, 'offer', 'sheet', 'submitted', 0, NULL))
INSERT INTO entries (id, key, side, origin, organisation_id, state, title,
    reach, confirmed_on, expires_on, publish, region_code, created_at,
    updated_at)
  SELECT 10 * o.id + e.n, o.id || '-' || e.n, side, origin, o.id, state,
    '【例】催し', 'prefecture', '${DATE}', ends, publish, NULL,
    '${DATE}T00:00:00Z', '' FROM o, e;`

const stores = []
const figuresOf = (store) => JSON.parse(store.must('report', '--date', DATE,
  '--json').stdout).tables
const layout = (store) => store.rows(`SELECT type, name, tbl_name, sql
  FROM sqlite_schema ORDER BY type, name`)

function oldStore(version) {
  const store = newStore()
  stores.push(store)
  for (const beside of ['', '-wal', '-shm']) {
    rmSync(store.path + beside, { force: true })
  }
  store.sql(steps.slice(0, version).join('\n') +
    `\nPRAGMA user_version = ${version};\n${rows}`)
  return store
}

let fresh
before(() => {
  fresh = newStore()
  stores.push(fresh)
  fresh.exec(rows)
})
after(() => stores.forEach((store) => store.remove()))

test('migration__the_figures_are_those_of_the_rows', () => {
  const figures = Object.fromEntries(figuresOf(fresh).figures
    .map(({ item, value }) => [item, value]))
  assert.equal(figures['公開中の資源'], 2) // of the first, not expired
  assert.equal(figures['収集した事例'], 2)
  assert.equal(figures['受け付けた募集（ニーズ）'], 2)
  assert.equal(figures['受け付けた資源（シーズ）'], 10)
  assert.equal(figures['構成員（団体）'], 1)
  assert.equal(fresh.one('SELECT count(*) FROM public_entries'), 4)
})

for (let version = 1; version < steps.length; version++) {
  test(`migration__from_version_${version}_is_as_if_new`, () => {
    const store = oldStore(version)
    assert.equal(store.run('report', '--date', DATE).code, 3) // too old
    store.must('init')
    assert.equal(store.one('PRAGMA user_version'), steps.length)
    assert.deepEqual(layout(store), layout(fresh))
    assert.deepEqual(figuresOf(store), figuresOf(fresh))
    assert.deepEqual(store.rows('SELECT id, title, region_code ' +
      'FROM public_entries ORDER BY id'), fresh.rows('SELECT id, title, ' +
      'region_code FROM public_entries ORDER BY id'))
    assert.equal(store.one('PRAGMA integrity_check'), 'ok')
    assert.equal(store.rows('PRAGMA foreign_key_check').length, 0)
    assert.equal(store.run('check').stderr, fresh.run('check').stderr)
  })
}
