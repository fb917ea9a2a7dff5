// Members of other networks: known ones are marked, however their name is
// written, others are added once; the same list twice changes nothing.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { newStore } from './tsunagari.mjs'

let store
const NAME = 'かながわSDGsパートナー'

before(() => {
  store = newStore()
  file('ours.csv', ['団体キー,団体名,法人番号,区分',
    'A,特定非営利活動法人 ひだまり,,roster',
    'B,社会福祉法人県社会福祉協議会,7000012050002,roster',
    'C,さくら会,,entry', 'D,株式会社さくら会,,entry'])
  store.must('import', 'organisations', store.file('ours.csv'))
})

after(() => store?.remove())

function file(name, lines) {
  writeFileSync(store.file(name), lines.join('\n') + '\n')
  return store.file(name)
}

const load = (path, ...more) => JSON.parse(store.must('import', 'networks',
  path, '--network', NAME, '--confirmed-on', '2026-11-21', '--json',
  ...more).stdout)

test('networks__a_known_one_is_marked_and_another_is_added', () => {
  const list = file('list.csv', ['登録番号,企業・団体名,法人番号,所在地,URL',
    '101,ＮＰＯ法人ひだまり,,座間市,', '102,県社協,7000012050002,,',
    '103,株式会社　みなと商店,,横浜市中区,https://minato.example.jp/',
    '104,みんなの学校,,,'])
  const before = store.rows('SELECT * FROM organisations ORDER BY id')
  assert.deepEqual([load(list).inserted, load(list).unchanged], [2, 4])
  const known = store.rows('SELECT * FROM organisations ORDER BY id')
  assert.deepEqual(known.slice(0, before.length), before)
  assert.deepEqual(store.rows(`SELECT o.name, o.origin, o.publish, o.linked,
    o.member, n.number FROM organisations AS o JOIN organisation_networks AS n
    ON n.organisation_id = o.id WHERE n.network = '${NAME}'
    ORDER BY n.number`), [
    { name: '特定非営利活動法人 ひだまり', origin: 'roster', publish: 1,
      linked: 1, member: 1, number: '101' },
    { name: '社会福祉法人県社会福祉協議会', origin: 'roster', publish: 1,
      linked: 1, member: 1, number: '102' },
    { name: '株式会社　みなと商店', origin: 'network', publish: 0, linked: 0,
      member: 0, number: '103' },
    { name: 'みんなの学校', origin: 'network', publish: 0, linked: 0,
      member: 0, number: '104' }])
  assert.deepEqual(store.rows(`SELECT alias FROM organisation_aliases
    ORDER BY alias`).map(row => row.alias), ['県社協', 'ＮＰＯ法人ひだまり'])
})

test('networks__another_network_knows_the_same_organisations', () => {
  const list = file('other.csv', ['名称', '（株）みなと商店', 'ヒダマリ'])
  const done = JSON.parse(store.must('import', 'networks', list, '--network',
    '別の会', '--json').stdout)
  assert.deepEqual([done.inserted, done.updated], [0, 2])
  assert.equal(store.rows(`SELECT count(*) AS n FROM organisation_networks
    WHERE network = '別の会'`)[0].n, 2)
})

test('networks__what_is_not_clear_is_refused_with_its_place', () => {
  const count = () => store.rows('SELECT count(*) AS n FROM organisations')
  const before = count()
  for (const [lines, word] of [
    [['団体名', 'さくら会'], /:2:1: 団体名: several organisations/],
    [['団体名', '新しい会', '新しい会'], /:3:1: .*a row before/],
    [['団体名,法人番号', '新しい会,123'], /:2:6: 法人番号: not a 法人番号/],
    [['団体名', '"新しい\u202e会"'], /:2:1: 団体名/],
    [['番号', '1'], /団体名/]]) {
    const done = store.run('import', 'networks', file('bad.csv', lines),
      '--network', NAME)
    assert.equal(done.code, 3, lines.join('|'))
    assert.match(done.stderr, word)
    assert.deepEqual(count(), before)
  }
  const list = file('list.csv', ['団体名', 'x'])
  assert.equal(store.run('import', 'networks', list).code, 2)
  assert.equal(store.run('import', 'networks', list, '--network', '').code, 2)
  assert.equal(store.run('import', 'events', list, '--network', 'a').code, 2)
})
