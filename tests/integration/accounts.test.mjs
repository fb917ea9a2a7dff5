// Who changes desks in spring: the admin gives staff another role on the page.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { startService } from './service.mjs'

let site, boss

before(async () => {
  site = await startService({ fill: (store) => store.exec(
    "INSERT INTO organisations (key, origin, name, created_at, updated_at) " +
    "VALUES ('one', 'roster', '会', '', '')") })
  boss = await site.login('admin')
})

after(() => site?.stop())

const role = (login) => site.store.one('SELECT role FROM accounts WHERE ' +
  `login = '${login}'`)
const at = '/staff/accounts/viewer/role'

test('accounts__staff_take_another_role', async () => {
  const viewer = await site.login('viewer')
  const page = await boss.get('/staff/accounts')
  assert.match(page.text, /<option value="viewer" selected>/)
  const done = await boss.submit(page, at, { role: 'screener' })
  assert.match(done.text, /アカウントを変更しました/)
  assert.equal(role('viewer'), 'screener')
  // Whoever it is logs in anew, and may do more.
  assert.match((await viewer.get('/staff/')).path, /\/staff\/login/)
  const again = await site.login('viewer')
  assert.match((await again.get('/staff/entries')).text, /<h1>審査/)
})

test('accounts__no_member_becomes_staff_and_nobody_changes_oneself',
  async () => {
    await site.login('member', 'one')
    const page = await boss.get('/staff/accounts')
    assert.doesNotMatch(page.text, /accounts\/(admin|member-one)\/role/)
    assert.doesNotMatch(page.text, /accounts\/admin\/lock/)
    const csrf = page.form(at).fields.filter(([name]) => name === 'csrf')
    const post = async (login, to) => (await boss.post(
      `/staff/accounts/${login}/role`, [...csrf, ['role', to]])).status
    assert.equal(await post('admin', 'viewer'), 409)
    assert.equal(await post('member-one', 'viewer'), 409)
    assert.equal(await post('viewer', 'member'), 409)
    assert.equal(await post('viewer', ''), 409)
    assert.equal(await post('nobody', 'viewer'), 404)
    assert.deepEqual(['admin', 'member-one', 'viewer'].map(role),
      ['admin', 'member', 'screener'])
  })
