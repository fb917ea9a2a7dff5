// A session that is over while somebody fills in a form: what was typed is
// carried past the login, and nothing is done that nobody asked for.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { randomStore } from './random_store.mjs'
import { PASSWORD, startService } from './service.mjs'
import { DATE, must } from './tsunagari.mjs'

let site, pair, path

before(async () => {
  const { store } = randomStore(37, 60)
  store.must('match', '--date', DATE)
  site = await startService({ store })
  pair = site.store.rows('SELECT need_id, offer_id FROM plan_lines WHERE ' +
    'need_id IS NOT NULL ORDER BY id LIMIT 1')[0]
  path = `/staff/pairs/${pair.need_id}/${pair.offer_id}`
})

after(() => site?.stop())

const REASON = '電話で「来月から」と聞いた\n<b>&"確認\'する</b>'
const decisions = () => site.store.rows('SELECT decision, reason, actor ' +
  'FROM decisions ORDER BY id')
const over = () => site.store.exec("UPDATE sessions SET expires_at = " +
  "'2020-01-01T00:00:00Z'")
const word = (login, password = PASSWORD) => ({ login, password })

test('session__what_was_typed_is_sent_after_the_login', async () => {
  const client = await site.login('screener')
  const form = await client.get(path)
  over()
  const asked = await client.submit(form, `${path}/decide`,
    { kind: 'forbid', reason: REASON })
  assert.equal(asked.status, 403)
  assert.match(asked.text, /role="alert"[^<]*>[^<]*まだ送られていません/)
  assert.deepEqual(decisions(), [])
  // A wrong password loses nothing, either.
  const wrong = await client.submit(asked, '/staff/login',
    word('screener', 'no such password'))
  assert.equal(wrong.status, 422)
  const inside = await client.submit(wrong, '/staff/login',
    word('screener'))
  assert.equal(inside.status, 200)
  assert.match(inside.text, /まだ送られていません/)
  assert.match(inside.text, /来月から/)
  assert.deepEqual(decisions(), [])
  const done = await client.submit(inside, `${path}/decide`)
  assert.equal(done.status, 200)
  assert.match(done.text, /記録しました/)
  assert.deepEqual(decisions(), [{ decision: 'forbid', actor: 'screener',
    reason: decisions()[0].reason }])
  assert.match(decisions()[0].reason, /^電話で「来月から」と聞いた\s<b>&"確認'する<\/b>$/)
})

// Logged in again in another tab: the page is of the session before.
test('session__a_page_of_the_session_before_is_sent_again', async () => {
  const client = await site.login('screener')
  const form = await client.get(path)
  const other = await client.get('/staff/')
  await client.submit(other, '/staff/logout')
  const gone = await client.submit(form, `${path}/decide`,
    { kind: 'defer', until: '2030-01-01', reason: '待つ' })
  assert.equal(gone.status, 403)
  assert.match(gone.text, /まだ送られていません/)
  const login = await client.get('/staff/login')
  await client.submit(login, '/staff/login', word('screener'))
  const before = decisions().length
  const asked = await client.submit(form, `${path}/decide`,
    { kind: 'defer', until: '2030-01-01', reason: '待つ' })
  assert.equal(asked.status, 403)
  assert.match(asked.text, /まだ送られていません/)
  assert.equal(decisions().length, before)
  const done = await client.submit(asked, `${path}/decide`)
  assert.equal(done.status, 200)
  assert.equal(decisions().at(-1).reason, '待つ')
})

test('session__carries_nothing_from_elsewhere_and_no_right', async () => {
  const client = await site.login('screener')
  const form = await client.get(path)
  const fields = [['csrf', 'f'.repeat(64)], ['kind', 'forbid'],
    ['reason', 'evil']]
  const before = decisions().length
  for (const headers of [{ Origin: 'https://evil.example' },
    { 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': '', Origin: '' }]) {
    const done = await client.post(`${path}/decide`, fields, { headers })
    assert.equal(done.status, 403)
    assert.doesNotMatch(done.text, /evil|まだ送られていません/)
  }
  over()
  const asked = await client.submit(form, `${path}/decide`,
    { kind: 'forbid', reason: 'viewers may not' })
  site.account('looks', 'viewer')
  const inside = await client.submit(asked, '/staff/login',
    word('looks'))
  assert.equal((await client.submit(inside, `${path}/decide`)).status, 403)
  assert.equal(decisions().length, before)
  // Where it goes on is a form of this site.
  for (const again of ['https://evil.example/', '//evil.example', '/entry/',
    '/staff/logout', '/staff/none', '/staff/ x']) {
    const login = await client.get('/staff/login')
    const done = await client.submit(login, '/staff/login',
      { ...word('looks'), again, 'again-reason': 'x' })
    assert.equal(done.path, '/staff/', again)
  }
})

test('session__passwords_are_not_carried', async () => {
  const client = await site.login('tuner')
  const form = await client.get('/staff/password')
  over()
  const asked = await client.submit(form, '/staff/password',
    { old: PASSWORD, new: 'a new one of twelve' })
  assert.equal(asked.status, 403)
  assert.doesNotMatch(asked.text, /a new one|battery/)
  const inside = await client.submit(asked, '/staff/login',
    word('tuner'))
  assert.equal(inside.path, '/staff/password')
})

test('session__the_login_leads_back_with_the_query', async () => {
  const client = site.client()
  const list = '/staff/entries?state=approved&text=' +
    encodeURIComponent('茶 &=')
  const page = await client.get(list)
  assert.match(page.path, /^\/staff\/login\?next=/)
  const done = await client.submit(page, '/staff/login',
    word('screener'))
  assert.equal(done.status, 200)
  const asked = new URL(done.path, site.url)
  assert.equal(asked.pathname, '/staff/entries')
  assert.deepEqual([...asked.searchParams], [['state', 'approved'],
    ['text', '茶 &=']])
})

// The session was over, and each tab asks for the login.
test('session__a_second_login_page_is_no_dead_end', async () => {
  const client = site.client()
  const [one, two] = [await client.get('/staff/entries?state=approved'),
    await client.get('/staff/organisations')]
  await client.submit(one, '/staff/login', word('screener'))
  const sessions = site.store.one('SELECT count(*) FROM sessions')
  const same = await client.submit(two, '/staff/login', word('screener'))
  assert.deepEqual([same.status, same.path], [200, '/staff/organisations'])
  assert.equal(site.store.one('SELECT count(*) FROM sessions'), sessions)
  // Another name is asked for again, where it was going.
  site.account('second', 'viewer')
  const other = await client.submit(two, '/staff/login', word('second'))
  assert.equal(other.status, 403)
  assert.match(other.text, /もう一度ログインしてください/)
  const done = await client.submit(other, '/staff/login', word('second'))
  assert.deepEqual([done.status, done.path], [200, '/staff/organisations'])
  assert.match(done.text, /second/)
  const wrong = await client.post('/staff/login', [['csrf', ''],
    ['login', 'second'], ['password', PASSWORD]],
    { headers: { Origin: 'https://evil.example' } })
  assert.equal(wrong.status, 403)
  assert.doesNotMatch(wrong.text, /<form/)
})

test('session__the_members_pages_come_back_with_all_arguments', async () => {
  const client = site.client()
  const page = await client.send('/staff/login?next=/members/resources?' +
    'q=%E8%8C%B6%20a&kind=venue&region=142166')
  const done = await client.post('/staff/login', [...page.form('/staff/login')
    .fields.filter(([name]) => !['login', 'password'].includes(name)),
    ...Object.entries(word('screener'))])
  assert.equal(done.headers.location, '/members/resources?' +
    'q=%E8%8C%B6%20a&kind=venue&region=142166')
  for (const next of ['//evil.example/', 'https://evil.example/',
    '/\\evil.example/', '/entry/', '/staff/\\x']) {
    const form = await client.send('/staff/login?next=' +
      encodeURIComponent(next))
    const gone = await client.post('/staff/login', [...form
      .form('/staff/login').fields.filter(([name]) =>
        !['login', 'password'].includes(name)),
    ...Object.entries(word('screener'))])
    assert.equal(gone.headers.location, '/staff/', next)
  }
})

// A limit of file size stands for a full disk: the log of the store is full.
test('full_disk__what_was_typed_can_be_sent_again', async () => {
  const { store } = randomStore(41, 60)
  store.must('match', '--date', DATE)
  const [one] = store.rows('SELECT need_id, offer_id FROM plan_lines WHERE ' +
    'need_id IS NOT NULL ORDER BY id LIMIT 1')
  const at = `/staff/pairs/${one.need_id}/${one.offer_id}`
  await (await startService({ store, fill: () => must(['account', 'add',
    'clerk', '--role', 'screener'], { env: store.env,
    input: `${PASSWORD}\n` }) })).stop({ keep: true })
  const full = await startService({ store, wrapper: ['sh', '-c',
    'ulimit -f 80; exec "$@"', 'sh'] })
  const client = full.client()
  await client.submit(await client.get('/staff/login'), '/staff/login',
    word('clerk'))
  const send = async () => client.submit(await client.get(at),
    `${at}/decide`, { kind: 'forbid', reason: '満杯'.repeat(450) +
      store.one('SELECT count(*) FROM decisions') })
  let done = await send()
  for (let i = 0; i < 20 && done.status === 200; i++) done = await send()
  assert.equal(done.status, 500)
  assert.match(done.text, /何も保存していません/)
  const [, reason] = done.form(`${at}/decide`).fields
    .find(([name]) => name === 'reason')
  assert.match(reason, /^(満杯){450}\d+$/)
  assert.equal((await client.get('/staff/entries')).status, 200)
  const before = store.one('SELECT count(*) FROM decisions')
  assert.match(reason, new RegExp(`杯${before}$`))
  await full.stop({ keep: true })
  // Room again: the page that is still open is sent.
  const room = await startService({ store })
  const same = room.client()
  same.cookies = client.cookies
  assert.equal((await same.submit({ form: (action) => done.form(action) },
    `${at}/decide`, {}, { headers: { Origin: room.url } })).status, 200)
  assert.equal(store.one('SELECT count(*) FROM decisions'), before + 1)
  await room.stop()
})

test('session__a_member_is_told_in_its_own_frame', async () => {
  const member = await site.login('member', site.store.one(
    'SELECT key FROM organisations ORDER BY id LIMIT 1'))
  const lost = await member.get('/staff/')
  assert.equal(lost.status, 403)
  assert.match(lost.text, /<a href="\/member\/"/)
  assert.doesNotMatch(lost.text, /href="\/staff\/"/)
  over()
  const asked = await member.submit(lost, '/staff/logout')
  assert.match(asked.text, /ログアウトしました/)
})
