// What somebody tries who means harm and knows the program: keys of sheets
// and sessions that get about, other people's mailboxes, the queue of mails.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { PASSWORD, startService } from './service.mjs'
import { begin } from './sheet.mjs'

let site

before(async () => { site = await startService() })
after(() => site?.stop())

// The address of a sheet is its key: browsers tell it in Referer, which logs
// of the site keep.  "no-referrer" would take Origin from our own forms.
test('referer__tells_nobody_the_address_of_a_sheet', async () => {
  const client = site.client()
  for (const page of [await begin(client), await client.get('/staff/login')]) {
    assert.match(page.headers['referrer-policy'], /^(strict-)?origin$/)
  }
})

test('login__once_more_ends_the_session_before', async () => {
  const client = await site.login('viewer')
  const copy = site.client()
  copy.cookies = new Map(client.cookies)
  const page = await client.get('/staff/login')
  const done = await client.submit(page, '/staff/login',
    { login: 'viewer', password: PASSWORD })
  assert.equal(done.path, '/staff/')
  assert.notEqual(client.cookies.get('tsunagari'),
    copy.cookies.get('tsunagari'))
  assert.match((await copy.get('/staff/')).path, /login/)
  assert.equal(site.store.one('SELECT count(*) FROM sessions'), 1)
})
