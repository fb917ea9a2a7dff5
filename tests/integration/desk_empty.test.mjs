// The desk on its first day, and who must not be there: what there is none of
// is said, moments are those of Japan's clocks.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { startService } from './service.mjs'

let site, staff

before(async () => {
  site = await startService({ fill: (store) => store.exec(
    "INSERT INTO organisations (key, origin, name, created_at, updated_at) " +
    "VALUES ('one', 'roster', '会', '', '')") })
  staff = await site.login('tuner')
})

after(() => site?.stop())

test('empty__there_is_no_plan_number_0', async () => {
  const { text } = await staff.get('/staff/')
  assert.match(text, /<strong>－<\/strong> まだ計画がありません/)
  assert.doesNotMatch(text, /<strong>0<\/strong> 番の計画/)
  site.store.exec("INSERT INTO runs (plan_date, input_digest, state, " +
    "actor, started_at) VALUES ('2026-11-21', 'x', 'optimal', 'test', " +
    "'2026-11-20T17:00:00Z')")
  assert.match((await staff.get('/staff/')).text,
    /<strong>1<\/strong> 番の計画/)
  site.store.exec('DELETE FROM runs')
})

test('empty__a_list_without_rows_says_so', async () => {
  for (const path of ['/staff/outcomes', '/staff/unused', '/staff/duplicates',
    '/staff/outcomes?stage=held']) {
    const { text } = await staff.get(path)
    assert.match(text, /いまはありません。/, path)
    assert.doesNotMatch(text, /<table/, path)
  }
})

test('forbidden__a_member_reads_that_the_page_is_not_theirs', async () => {
  const member = await site.login('member', 'one')
  for (const path of ['/staff/', '/staff/entries']) {
    const page = await member.get(path)
    assert.equal(page.status, 403)
    assert.match(page.text, /いまのアカウントでは使えないページ/)
    assert.doesNotMatch(page.text, /もう一度お試し/)
  }
})

test('weights__of_before_have_the_time_of_japan', async () => {
  site.store.must('weights', 'set', 'worth_urgency_0=600000', '--reason', 'ためし')
  site.store.exec("UPDATE weight_versions SET created_at = " +
    "'2026-12-31T15:30:00Z'")
  const { text } = await staff.get('/staff/weights/history')
  assert.match(text, /<td>2027-01-01 00:30<\/td>/)
  assert.doesNotMatch(text, /世界時/)
})

test('home__says_that_mails_do_not_go_out', async () => {
  const text = async () => (await staff.get('/staff/')).text
  const mail = (at, delivered) => site.store.exec('INSERT INTO mails ' +
    '(recipient, subject, body, created_at, delivered_at) VALUES ' +
    `('a@example.jp', 's', 'b', ${at}, ${delivered})`)
  mail("'2026-11-20T15:30:00Z'", "'2026-11-20T15:30:01Z'")
  mail("strftime('%Y-%m-%dT%H:%M:%SZ', 'now')", 'NULL')
  assert.doesNotMatch(await text(), /送れていないメール/)
  mail("'2026-11-20T15:30:00Z'", 'NULL')
  assert.match(await text(),
    /送れていないメールが 1 通あります（いちばん古いものは 2026-11-21 00:30）/)
})
