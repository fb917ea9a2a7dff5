// Organisations on the desk: their entries are found in whatever state they
// are, and what is changed about one is chosen, with a reason.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { startService } from './service.mjs'
import { DATE } from './tsunagari.mjs'

function fill(store) {
  for (const id of [1, 2]) {
    store.exec(`INSERT INTO organisations (id, key, origin, name, created_at,
      updated_at) VALUES (${id}, 'org${id}', 'roster', '団体${id}', '', '')`)
  }
  for (const [id, org, state] of [[1, 1, 'submitted'], [2, 1, 'submitted'],
    [3, 1, 'archived'], [4, 2, 'submitted'], [5, 2, 'approved']]) {
    store.exec(`INSERT INTO entries (id, key, side, origin, organisation_id,
      state, title, reach, confirmed_on, created_at, updated_at) VALUES
      (${id}, 'e${id}', '${id === 2 ? 'need' : 'offer'}', 'form', ${org},
      '${state}', '題${id}', 'prefecture', '${DATE}', '', '')`)
  }
}

let site, staff

before(async () => {
  site = await startService({ fill })
  staff = await site.login('screener')
})

after(() => site?.stop())

test('organisation__leads_to_its_entries_in_each_state', async () => {
  const page = await staff.get('/staff/organisations/1')
  const links = [...page.text.matchAll(
    /<a href="(\/staff\/entries\?[^"]*)">([^<]*)<\/a>/g)]
    .map(([, href, text]) => [href.replaceAll('&amp;', '&'), text])
  assert.deepEqual(links.map(([, text]) => text),
    ['審査待ち 2 件', '終了 1 件'])
  const list = await staff.get(links[0][0])
  assert.match(list.text, /<h1>審査：審査待ち・団体1<\/h1>/)
  assert.match(list.text, /題1[^]*題2/)
  assert.doesNotMatch(list.text, /題4/)
  assert.match(list.text, /この状態は 2 件/)
  assert.match(list.text, /href="\/staff\/entries\?state=submitted">すべての団体/)
  // The filter stays with the organisation.
  assert.deepEqual(list.form('/staff/entries').fields
    .find(([name]) => name === 'organisation'), ['organisation', '1'])
  const needs = await staff.get(`${links[0][0]}&side=need`)
  assert.match(needs.text, /<h1>審査：審査待ち・募集・団体1<\/h1>/)
  assert.match(needs.text, /この状態は 1 件/)
  assert.equal((await staff.get('/staff/entries?organisation=99')).status, 404)
  assert.match((await staff.get('/staff/entries')).text, /この状態は 3 件/)
})

test('organisation__shows_whom_to_ask_and_what_it_does', async () => {
  site.store.exec("UPDATE organisations SET contact_name = '担当 花子', " +
    "name_kana = 'だんたいに', activity = '居場所をひらく。\n週2回' WHERE id = 2")
  const { text } = await staff.get('/staff/organisations/2')
  assert.match(text, /<dt>担当の方（非公開）<\/dt><dd>担当 花子<\/dd>/)
  assert.match(text, /<dt>ふりがな<\/dt><dd>だんたいに<\/dd>/)
  assert.match(text,
    /<dt>活動内容<\/dt><dd class="text">居場所をひらく。\n週2回<\/dd>/)
})

test('organisation__is_changed_by_choice_and_with_a_reason', async () => {
  const at = '/staff/organisations/2'
  const page = await staff.get(at)
  assert.match(page.text, /選んでください/)
  assert.doesNotMatch(page.text, /value="(linked|publish|member)-off"/)
  const flags = () => site.store.rows('SELECT linked, publish, member FROM ' +
    'organisations WHERE id = 2')[0]
  const none = await staff.submit(page, `${at}/set`, { set_reason: '覚書' })
  assert.equal(none.status, 422)
  assert.match(none.text, /id="flag-error"/)
  assert.match(none.text, /value="覚書"/)
  const why = await staff.submit(none, `${at}/set`,
    { flag: 'linked-on', set_reason: ' ' })
  assert.equal(why.status, 422)
  assert.match(why.text, /id="set_reason-error"/)
  assert.match(why.text, /value="linked-on" selected/)
  assert.deepEqual(flags(), { linked: 0, publish: 0, member: 0 })
  const done = await staff.submit(why, `${at}/set`, { set_reason: '覚書' })
  assert.equal(done.status, 200)
  assert.deepEqual(flags(), { linked: 1, publish: 0, member: 0 })
  assert.match(done.text, /value="linked-off"/)
})

test('organisation__merging_without_a_reason_asks_for_it', async () => {
  const page = await staff.get('/staff/organisations/1?with=2')
  const asked = await staff.submit(page, '/staff/organisations/1/merge',
    { act: 'into' })
  assert.equal(asked.status, 422)
  assert.match(asked.text, /id="reason-error"/)
  assert.match(asked.text, /「団体2」とくらべる/)
  assert.equal(site.store.one('SELECT count(*) FROM organisations WHERE ' +
    'merged_into IS NOT NULL'), 0)
})

test('inbox__says_in_which_other_state_it_is', async () => {
  const none = await staff.get('/staff/entries?text=' +
    encodeURIComponent('題5'))
  assert.match(none.text, /この状態にはありません。ほかの状態: <a href="([^"]*)">承認済み 1 件<\/a><\/p>/)
  assert.doesNotMatch(none.text, /<table/)
  assert.match(none.text, /この状態は 全部で 3 件/)
  const [, href] = none.text.match(/ほかの状態: <a href="([^"]*)"/)
  const there = await staff.get(href.replaceAll('&amp;', '&'))
  assert.match(there.text, /<h1>審査：承認済み・「題5」<\/h1>/)
  assert.match(there.text, /<th scope="row"><a href="\/staff\/entries\/5">題5/)
  assert.match((await staff.get('/staff/entries?text=' +
    encodeURIComponent('どこにもない'))).text, /ほかの状態: ありません/)
  assert.match((await staff.get('/staff/entries?state=archived&side=need'))
    .text, /ほかの状態: <a [^>]*&side=need">審査待ち 1 件<\/a>/)
})
