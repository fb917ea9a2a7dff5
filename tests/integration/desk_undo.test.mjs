// What was noted of a pair by mistake is taken back, one stage for one click,
// and is in no report; and the pair's page tells its whole way.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { startService } from './service.mjs'
import { DATE } from './tsunagari.mjs'

// A need and two venues, each of an organisation of its own.
function fill(store) {
  for (let id = 1; id <= 3; id++) {
    store.exec(`INSERT INTO organisations (id, key, origin, name, linked,
      publish, member, created_at, updated_at) VALUES (${id}, 'org${id}',
      'roster', '団体${id}', 1, 1, 1, '', '');
      INSERT INTO entries (id, key, side, origin, organisation_id, state,
      title, region_code, reach, confirmed_on, publish, created_at,
      updated_at) VALUES (${id}, 'e${id}', '${id === 1 ? 'need' : 'offer'}',
      'form', ${id}, 'approved', '題${id}', '142166', 'regions', '${DATE}',
      1, '', '');
      INSERT INTO entry_lines (entry_id, line_no, kind_id, quantity, unit,
      unit_cost_yen) VALUES (${id}, 1, 'venue', 1, '回', ${id * 1000});`)
  }
  store.exec("INSERT INTO screenings SELECT e.id, r.id, 'pass', '', 'test', " +
    "'' FROM entries AS e, requirements AS r")
  store.must('match', '--date', DATE)
}

const PAIR = '/staff/pairs/1/2'
let site, staff

before(async () => {
  site = await startService({ fill })
  staff = await site.login('screener')
})

after(() => site?.stop())

const get = () => staff.get(PAIR)
const stage = async (page, name) =>
  staff.submit(page, `${PAIR}/stage`, { stage: name })
const pins = () => site.store.one('SELECT count(*) FROM decisions WHERE ' +
  "decision = 'pin' AND revoked_at IS NULL")

// 合意, 実施 and 辞退 as the report counts them.
function counted() {
  const { tables } = JSON.parse(site.store.must('report', '--json').stdout)
  const figure = (item) => tables.figures.find((row) => row.item === item).value
  return [figure('合意'), figure('実施'),
    tables.declined.reduce((sum, row) => sum + row.pairs, 0)]
}

test('undo__takes_back_one_stage_and_no_more', async () => {
  await stage(await get(), 'agreed')
  const agreed = await get()
  const held = await stage(agreed, 'held')
  assert.deepEqual(counted(), [1, 1, 0])
  assert.match(held.text, /実施を取り消す（合意に戻す）/)
  assert.match(held.text, /打診するときの、いまの文です/)
  assert.equal((await stage(held, 'back-held')).status, 200)
  assert.equal((await stage(held, 'back-held')).status, 422) // a second click
  assert.deepEqual(counted(), [1, 0, 0])
  assert.equal(pins(), 1)
  const back = await stage(agreed, 'back-agreed')
  assert.match(back.text, /<dt>段階<\/dt><dd>提案<\/dd>/)
  assert.match(back.text, /次の文を送ります/)
  assert.doesNotMatch(back.text, /取り消す（/)
  assert.deepEqual(counted(), [0, 0, 0])
  assert.equal(pins(), 0)
  const way = [...back.text.slice(back.text.indexOf('これまで')).matchAll(
    /<tr><th scope="row">[^<]*<\/th><td>([^<]*)<\/td><td>([^<]*)<\/td>/g)]
    .map(([, what, note]) => [what, note.trim()])
  assert.deepEqual(way, [['提案', '合意の取り消し'], ['合意', '実施の取り消し'],
    ['実施', ''], ['合意', ''], ['提案', '']])
})

test('undo__a_decline_is_not_in_the_reasons', async () => {
  await staff.submit(await get(), `${PAIR}/decline`,
    { side: 'offer', code: 'decline_date' })
  assert.deepEqual(counted(), [0, 0, 1])
  const declined = await get()
  assert.match(declined.text, /辞退を取り消す（提案に戻す）/)
  await stage(declined, 'back-declined')
  assert.deepEqual(counted(), [0, 0, 0])
})

test('undo__what_was_agreed_and_then_declined_was_agreed', () => {
  const pair = ['1', '3']
  site.store.must('outcome', 'agree', ...pair)
  site.store.must('outcome', 'decline', ...pair, '--by', 'offer', '--code',
    'decline_date')
  assert.deepEqual(counted(), [1, 0, 1])
  assert.match(site.store.must('outcome', 'undo', ...pair).stdout,
    /辞退を取り消しました/)
  assert.deepEqual(counted(), [1, 0, 0])
  const none = site.store.run('outcome', 'undo', ...pair)
  assert.equal(none.code, 3)
  assert.match(none.stderr, /nothing to take back/)
})

test('undo__both_sides_accept_anew_and_it_is_their_first_time', async () => {
  site.store.exec('DELETE FROM decisions; DELETE FROM outcomes;' +
    'DELETE FROM answers')
  site.store.must('match', '--date', DATE)
  const pair = ['1', String(site.store.one('SELECT offer_id FROM plan_lines ' +
    'WHERE need_id = 1 ORDER BY run_id DESC LIMIT 1'))]
  const accept = (by) => site.store.must('outcome', 'accept', ...pair, '--by',
    by).stdout
  accept('need')
  assert.match(accept('offer'), /合意しました/)
  const reason = () => {
    site.store.must('match', '--date', DATE)
    const told = site.store.must('explain', '1', '--json').stdout
    const [line] = JSON.parse(told).lines
    return [...line.chosen, ...line.alternatives].find(({ offer }) =>
      offer === Number(pair[1])).reason
  }
  assert.doesNotMatch(reason(), /はじめての連携/)
  // the clock counts seconds; the answers are of before
  site.store.exec("UPDATE answers SET at = '2026-11-20T00:00:00Z'")
  site.store.must('outcome', 'undo', ...pair)
  assert.match(reason(), /はじめての連携/)
  assert.match(accept('need'), /相手の返事を待っています/)
})

test('introduction__says_in_japanese_what_an_entry_is', async () => {
  site.store.exec("UPDATE entries SET state = 'paused' WHERE id = 2")
  assert.match((await get()).text,
    /承認済みのエントリーだけを案内できます: &quot;題2&quot; は 休止中/)
  site.store.exec("UPDATE entries SET state = 'approved' WHERE id = 2")
})

// Whoever accepted before a decline is asked again behind it, and staff read
// who has answered.
test('undo__who_accepted_before_a_decline_may_accept_again', async () => {
  site.store.exec('DELETE FROM decisions; DELETE FROM outcomes;' +
    'DELETE FROM answers')
  site.store.must('match', '--date', DATE)
  const offer = site.store.one('SELECT offer_id FROM plan_lines WHERE ' +
    'need_id = 1 ORDER BY run_id DESC LIMIT 1')
  const pair = `/staff/pairs/1/${offer}`
  const member = await site.login('member', 'org1')
  const accept = async () => member.submit(await member.get(
    '/member/suggestions'), `/member/pairs/1/${offer}/accept`)
  await accept()
  const said = /<dt>返事<\/dt><dd>募集の団体は受ける（20.*、member-org1）/
  assert.match((await staff.get(pair)).text, said)
  assert.match((await staff.get('/staff/suggestions')).text,
    /提案（募集の団体は受ける返事）/)
  assert.doesNotMatch((await member.get('/member/suggestions')).text,
    /pairs\/1\/\d+\/accept/)
  // the clock counts seconds; the answer is of before
  site.store.exec("UPDATE answers SET at = '2026-11-20T00:00:00Z'")
  await staff.submit(await staff.get(pair), `${pair}/decline`,
    { side: 'offer', code: 'decline_date' })
  await staff.submit(await staff.get(pair), `${pair}/stage`,
    { stage: 'back-declined' })
  site.store.must('match', '--date', DATE)
  assert.doesNotMatch((await staff.get(pair)).text, said)
  await accept()
  assert.match((await staff.get(pair)).text, said)
})

// A partner waits for somebody who has withdrawn: staff read it.
test('left__staff_read_of_pairs_under_way_whose_entry_went', async () => {
  site.store.exec('DELETE FROM decisions; DELETE FROM outcomes;' +
    'DELETE FROM answers')
  const told = async () => /取り下げになった組み合わせがあります/.test(
    (await staff.get('/staff/')).text)
  const left = async () => (await staff.get('/staff/outcomes?stage=left')).text
  site.store.must('outcome', 'agree', '1', '2')
  site.store.must('outcome', 'propose', '1', '3')
  assert.equal(await told(), false)
  assert.match(await left(), /いまはありません/)
  site.store.must('screen', 'withdraw', '2')
  site.store.must('screen', 'pause', '3')
  assert.equal(await told(), true)
  const text = await left()
  assert.match(text, /<h1>打診・合意・実施：登録が外れたもの/)
  assert.match(text, /題1 ← 題2.*<td>合意、資源は取り下げ<\/td>/s)
  assert.doesNotMatch(text, /題1 ← 題3/)
  assert.match((await staff.get('/staff/outcomes')).text, /題1 ← 題3/)
})

test('offer__shows_whom_the_plan_gives_it_to', async () => {
  site.store.exec("DELETE FROM decisions; DELETE FROM outcomes;" +
    "UPDATE entries SET state = 'approved'")
  site.store.must('match', '--date', DATE)
  const used = site.store.one('SELECT offer_id FROM plan_lines WHERE ' +
    'need_id = 1 ORDER BY run_id DESC LIMIT 1')
  const shown = async (id) => (await staff.get(`/staff/entries/${id}`)).text
    .match(/いまの計画での相手<\/h2>(.*?)<\/ul>/s)?.[1]
  assert.match(await shown(used),
    RegExp(`<a href="/staff/pairs/1/${used}">題1</a>（団体1）`))
  assert.match(await shown(5 - used), /ありません/) // the other of 2 and 3
  assert.equal(await shown(1), undefined)
})
