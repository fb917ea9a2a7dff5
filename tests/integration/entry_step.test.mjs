// An organisation without an account confirms its entry, pauses it and takes
// it up again by the link of its mail, as members do on their page.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { startService } from './service.mjs'
import { confirmed, linkOf, sheetOf } from './sheet.mjs'

let site, reader, at, id

before(async () => {
  site = await startService()
  const entry = await confirmed(site, site.client())
  reader = entry.reader
  at = sheetOf(entry.done.path)
  id = site.store.one('SELECT max(id) FROM entries')
  site.store.exec("INSERT INTO screenings SELECT " + id + ", id, 'pass', '', " +
    "'test', '' FROM requirements")
})

after(() => site?.stop())

const status = () => reader.get(`${at}/status`)
const entry = () => site.store.rows('SELECT state, confirmed_on FROM entries ' +
  `WHERE id = ${id}`)[0]
const step = async (page, name) =>
  reader.submit(page, `${at}/step`, { step: name })

test('step__is_not_offered_before_there_is_an_approval', async () => {
  assert.doesNotMatch((await status()).text, /変わりありません/)
})

test('step__confirms_pauses_and_resumes', async () => {
  site.store.exec("UPDATE entries SET state = 'approved', confirmed_on = " +
    `'2026-01-05' WHERE id = ${id}`)
  const page = await status()
  assert.match(page.text, /たしかめた ひ.*<p>2026-01-05<\/p>/s)
  const renewed = await step(page, 'renew')
  assert.match(renewed.text, /Confirmed today/)
  assert.notEqual(entry().confirmed_on, '2026-01-05')
  assert.equal(entry().state, 'approved')
  const paused = await step(renewed, 'pause')
  assert.match(paused.text, /休止しました/)
  assert.equal(entry().state, 'paused')
  assert.equal((await step(renewed, 'pause')).path, `${at}/status`) // again
  assert.equal(entry().state, 'paused')
  assert.match((await step(paused, 'resume')).text, /再開しました/)
  assert.equal(entry().state, 'approved')
  assert.deepEqual(site.store.rows('SELECT step, actor FROM entry_steps ' +
    'ORDER BY id').map((row) => `${row.step} ${row.actor}`),
  ['renew visitor', 'pause visitor', 'resume visitor'])
})

test('step__what_is_over_is_corrected_not_confirmed', async () => {
  site.store.exec(`UPDATE entries SET expires_on = '2026-01-05' WHERE id = ${id}`)
  const page = await status()
  assert.match(page.text, /日にちか期限がもう過ぎている/)
  assert.doesNotMatch(page.text, /value="renew"/)
  site.store.exec(`UPDATE entries SET expires_on = NULL WHERE id = ${id}`)
})

test('step__no_other_step_and_none_of_what_is_over', async () => {
  const page = await status()
  for (const name of ['approve', 'withdraw', '', 'x']) {
    assert.equal((await step(page, name)).status, 404, name)
  }
  site.store.exec(`UPDATE entries SET state = 'archived' WHERE id = ${id}`)
  await step(page, 'renew')
  assert.equal(entry().state, 'archived')
  const draft = site.client()
  const begun = await draft.submit(await draft.get('/entry/'), '/entry/new',
    { side: 'offer' })
  const csrf = begun.form(sheetOf(begun.path)).fields
    .filter(([name]) => name === 'csrf')
  assert.equal((await draft.post(`${sheetOf(begun.path)}/step`,
    [...csrf, ['step', 'renew']])).status, 404)
})

test('copy__next_years_sheet_begins_with_this_years', async () => {
  const copied = await reader.submit(await status(), `${at}/copy`)
  assert.match(copied.text, /前の内容を写しました/)
  const mine = sheetOf(copied.path)
  assert.notEqual(mine, at)
  const fields = Object.fromEntries(copied.form(mine).fields)
  assert.equal(fields.title, '【例】おしゃべりサロン <b>')
  assert.equal(fields.line2_cost, '500')
  assert.equal(fields.email, 'hanako@example.jp')
  assert.equal(fields.day1_date, '')
  assert.ok(!Object.values(fields).includes('2027-01-13'))
  // It is a sheet of its own, to be confirmed by a mail of its own.
  const before = site.store.one('SELECT count(*) FROM entries')
  const check = await reader.submit(copied, mine, { title: '来年の題',
    day1_date: '2199-01-06', act: 'check' })
  const mails = site.mails().length
  await reader.submit(check, `${mine}/send`)
  assert.equal(site.mails().length, mails + 1)
  assert.equal(site.store.one('SELECT count(*) FROM entries'), before)
  const later = site.client()
  const link = await later.get(linkOf(site.mails().at(-1)))
  await later.submit(link, `${sheetOf(link.path)}/send`)
  assert.equal(site.store.one('SELECT count(*) FROM entries'), before + 1)
})
