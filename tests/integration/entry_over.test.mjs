// The link of a sheet whose entry is over (withdrawn, ended): it
// says so and takes nothing that nobody would look at; and works again once
// staff have taken the entry up again.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { startService } from './service.mjs'
import { body, confirmed as confirm, linkOf, sheetOf } from './sheet.mjs'

let site

before(async () => { site = await startService() })
after(() => site?.stop())

// An entry by its link: what its writer, the command line and the store say.
async function entry() {
  const { reader, done } = await confirm(site, site.client())
  const id = site.store.one('SELECT max(id) FROM entries')
  const at = sheetOf(done.path)
  return { reader, id, at, status: () => reader.get(`${at}/status`),
    step: (step) => site.store.must('screen', step, String(id), '--reason',
      'なんとなく'),
    title: () => site.store.one(`SELECT title FROM entries WHERE id = ${id}`) }
}

for (const [step, easy] of [['withdraw', 'やめました / '],
  ['expire', 'おわりました / ']]) {
  test(`over__after_${step}_nothing_is_taken_that_nobody_reads`, async () => {
    const { reader, at, step: take, status, title } = await entry()
    const form = await reader.get(at)
    const check = await reader.submit(form, at, { act: 'check' })
    take(step)
    const page = await status()
    assert.ok(page.text.includes(easy), page.text)
    assert.match(page.text, /終わっているので、ここからは直せません/)
    assert.match(page.text, /href="\/entry\/"/)
    assert.doesNotMatch(page.text, /内容を直す|withdraw"/)
    assert.equal((await reader.get(at)).path, `${at}/status`)
    assert.equal((await reader.get(`${at}/check`)).path, `${at}/status`)
    const mails = site.mails().length
    const sent = await reader.submit(check, `${at}/send`)
    const again = await reader.submit(form, at,
      { title: '直した題', act: 'check' })
    const typed = await reader.post(at, [...form.form(at).fields
      .filter(([name]) => name !== 'act'), ['act', 'auto']])
    assert.deepEqual([sent.path, again.path], [`${at}/status`,
      `${at}/status`])
    assert.equal(typed.status, 409) // not what entry.js takes for saved
    assert.equal(JSON.parse(typed.text).saved, false)
    assert.equal(site.mails().length, mails)
    assert.doesNotMatch(title(), /直した題/)
  })
}

test('over__who_withdrew_can_go_on_when_staff_take_it_up_again', async () => {
  const { reader, id, at, status, step, title } = await entry()
  await reader.submit(await status(), `${at}/withdraw`)
  step('reopen')
  assert.match((await status()).text, /内容を直す/)
  const staff = await site.login('screener')
  await staff.submit(await staff.get(`/staff/entries/${id}`),
    `/staff/entries/${id}/step`, { step: 'return', reason: '何時から\nですか' })
  const link = linkOf(site.mails().at(-1))
  const told = await site.client().get(link)
  assert.match(told.text, /なおして ほしい こと/)
  assert.match(told.text, /<p class="text">何時から\nですか<\/p>/)
  const other = site.client(), mine = sheetOf(link)
  const check = await other.submit(await other.get(mine), mine,
    { title: '直した題', act: 'check' })
  await other.submit(check, `${mine}/send`)
  assert.equal(title(), '直した題')
  const again = await other.submit(await other.get(link), `${mine}/withdraw`)
  assert.match(again.text, /やめました \/ /)
})

test('over__a_rejected_one_is_corrected_without_a_promise', async () => {
  const { reader, id, at, status, step, title } = await entry()
  step('reject')
  const page = await status()
  assert.match(page.text, /のりません \/ /)
  assert.match(page.text, /このままではページに載りません/)
  assert.doesNotMatch(page.text, /withdraw"/)
  const check = await reader.submit(await reader.get(at), at,
    { title: '直した題', act: 'check' })
  await reader.submit(check, `${at}/send`)
  assert.equal(title(), '直した題')
  assert.equal(site.store.one(`SELECT state FROM entries WHERE id = ${id}`),
    'rejected')
  const told = body(site.mails().at(-1))
  assert.match(told, /このままではページに載りません/)
  assert.match(told, /Your correction has been received/)
  assert.doesNotMatch(told, /確かめてから、ページに載ります/)
})
