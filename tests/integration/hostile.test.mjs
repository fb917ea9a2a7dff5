// What somebody tries who means harm and knows the program: keys of sheets
// and sessions that get about, other people's mailboxes, the queue of mails.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { startService } from './service.mjs'
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
