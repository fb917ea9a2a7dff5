// The link that corrects an entry, for who has lost the mail: staff and the
// organisation's own account have a new one sent to the sheet's address.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { startService } from './service.mjs'
import { body, confirmed, linkOf, sheetOf } from './sheet.mjs'

let site, staff, id, first

before(async () => {
  site = await startService()
  staff = await site.login('screener')
  const { done } = await confirmed(site, site.client())
  first = sheetOf(done.path)
  id = site.store.one('SELECT max(id) FROM entries')
  site.store.exec(`INSERT INTO organisations (id, key, origin, name, email,
    created_at, updated_at) VALUES (90, 'OTHER', 'roster', '別の会',
    'other@example.jp', '', '');
    INSERT INTO entries (id, key, side, origin, organisation_id, state, title,
    reach, confirmed_on, created_at, updated_at) VALUES (90, 'csv', 'offer',
    'sheet', 90, 'approved', '表からの題', 'prefecture', '2026-11-21', '',
    '')`)
})

after(() => site?.stop())

test('link__is_sent_once_more_by_staff', async () => {
  const at = `/staff/entries/${id}`, before = site.mails().length
  const done = await staff.submit(await staff.get(at), `${at}/link`)
  assert.match(done.text, /直すためのリンクを、シートのアドレスへメールで送りました/)
  assert.equal(site.mails().length, before + 1)
  const mail = site.mails().at(-1)
  assert.match(mail, /^To: <hanako@example\.jp>\r$/m)
  assert.match(body(mail), /おしゃべりサロン/)
  assert.notEqual(sheetOf(linkOf(mail)), first)
  const reader = site.client(), mine = sheetOf(linkOf(mail))
  const check = await reader.submit(await reader.get(mine), mine,
    { title: '直した題', act: 'check' })
  await reader.submit(check, `${mine}/send`)
  assert.equal(site.store.one(`SELECT title FROM entries WHERE id = ${id}`),
    '直した題')
})

test('link__is_for_entries_of_sheets_that_are_not_over', async () => {
  const forms = async (who, path) => (await who.get(path)).text
    .includes('直すためのリンク')
  assert.equal(await forms(staff, '/staff/entries/90'), false)
  site.store.exec(`UPDATE entries SET state = 'archived' WHERE id = ${id}`)
  assert.equal(await forms(staff, `/staff/entries/${id}`), false)
  const before = site.mails().length
  const page = await staff.get('/staff/entries/90')
  const csrf = page.form('/staff/entries/90/step').fields
    .filter(([name]) => name === 'csrf')
  for (const one of [id, 90]) {
    assert.equal((await staff.post(`/staff/entries/${one}/link`, csrf))
      .status, 422)
  }
  assert.equal((await staff.post('/staff/entries/999/link', csrf)).status,
    404)
  assert.equal(site.mails().length, before)
  site.store.exec(`UPDATE entries SET state = 'approved' WHERE id = ${id}`)
  const viewer = await site.login('viewer')
  assert.equal(await forms(viewer, `/staff/entries/${id}`), false)
})

test('link__is_sent_to_a_member_that_asks_for_its_own', async () => {
  const key = site.store.one(`SELECT o.key FROM organisations AS o JOIN
    entries AS e ON e.organisation_id = o.id WHERE e.id = ${id}`)
  const member = await site.login('member', key)
  const page = await member.get('/member/entries')
  const before = site.mails().length
  const done = await member.submit(page, `/member/entries/${id}/link`)
  assert.match(done.text, /シートのアドレスへメールで送りました/)
  assert.match(site.mails().at(-1), /^To: <hanako@example\.jp>\r$/m)
  const other = await site.login('member', 'OTHER')
  const csrf = (await other.get('/member/entries'))
    .form('/member/entries/90/renew').fields
  assert.equal((await other.post(`/member/entries/${id}/link`, csrf)).status,
    422)
  assert.equal(site.mails().length, before + 1)
})

test('link__says_that_an_approved_entry_leaves_the_pages', async () => {
  const reader = site.client(), mine = sheetOf(linkOf(site.mails().at(-1)))
  const path = `${mine}/check`, warned = /確かめるまで、ページから外れます/
  assert.match((await reader.get(path)).text, warned)
  site.store.exec(`UPDATE entries SET state = 'submitted' WHERE id = ${id}`)
  assert.doesNotMatch((await reader.get(path)).text, warned)
})
