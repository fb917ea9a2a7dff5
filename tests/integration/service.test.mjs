// The frame of `tsunagari serve`: who gets in, who does not, and that nothing
// but a page of ours can send anything.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, renameSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { PASSWORD, startService } from './service.mjs'

let site

before(async () => {
  site = await startService()
  site.account('boss', 'admin', '--name', '管理 <太郎>')
})

after(() => site?.stop())

test('staff__nobody_is_led_to_the_login_and_back', async () => {
  const client = site.client()
  const page = await client.get('/staff/accounts')
  assert.equal(page.path, '/staff/login?next=%2Fstaff%2Faccounts')
  const done = await client.submit(page, '/staff/login',
    { login: 'boss', password: PASSWORD })
  assert.equal(done.path, '/staff/accounts')
  assert.match(done.text, /管理 &lt;太郎&gt;/)
  assert.equal(site.store.one("SELECT count(*) FROM audit WHERE action = " +
    "'session.start' AND actor = 'boss'"), 1)
})

test('staff__a_role_that_does_not_suffice_gets_403', async () => {
  const viewer = await site.login('viewer')
  assert.equal((await viewer.get('/staff/')).status, 200)
  assert.equal((await viewer.get('/staff/accounts')).status, 403)
  assert.doesNotMatch((await viewer.get('/staff/')).text, /accounts/)
})

test('login__every_answer_has_the_security_headers', async () => {
  const page = await site.client().get('/staff/login')
  const policy = page.headers['content-security-policy']
  assert.match(policy, /default-src 'none'/)
  assert.doesNotMatch(policy, /unsafe/)
  assert.equal(page.headers['x-content-type-options'], 'nosniff')
  assert.equal(page.headers['cache-control'], 'no-store')
  assert.doesNotMatch(page.text, /<script(?![^>]*src=)|style=|onclick=/)
})

test('login__a_token_from_before_is_never_the_session', async () => {
  const client = site.client()
  const planted = 'A'.repeat(43)
  client.cookies.set('tsunagari', planted)
  const page = await client.get('/staff/login')
  await client.submit(page, '/staff/login',
    { login: 'boss', password: PASSWORD })
  assert.notEqual(client.cookies.get('tsunagari'), planted)
  assert.equal((await client.get('/staff/')).path, '/staff/')
  const thief = site.client()
  thief.cookies.set('tsunagari', planted)
  assert.match((await thief.get('/staff/')).path, /login/)
})

test('logout__ends_the_session_also_for_a_copied_cookie', async () => {
  const client = await site.login('viewer')
  const copy = site.client()
  copy.cookies = new Map(client.cookies)
  const page = await client.get('/staff/')
  const done = await client.submit(page, '/staff/logout')
  assert.match(done.text, /ログアウトしました/)
  assert.match((await copy.get('/staff/')).path, /login/)
})

test('post__is_refused_unless_a_page_of_ours_sends_it', async () => {
  const client = site.client()
  const page = await client.get('/staff/login')
  const fields = { ...Object.fromEntries(page.form('/staff/login').fields),
    login: 'boss', password: PASSWORD }
  const status = async (changes, headers) => (await client.post(
    '/staff/login', { ...fields, ...changes }, { headers })).status
  assert.equal(await status({ csrf: '' }), 403)
  assert.equal(await status({ csrf: 'f'.repeat(64) }), 403)
  assert.equal(await status({}, { Origin: 'https://evil.example' }), 403)
  assert.equal(await status({}, { Origin: 'null' }), 403)
  assert.equal(await status({}, { 'Sec-Fetch-Site': 'cross-site' }), 403)
  assert.equal(await status({}, { 'Sec-Fetch-Site': 'same-site' }), 403)
  assert.equal(await status({}, { 'Sec-Fetch-Site': '', Origin: '' }), 403)
  assert.equal(site.store.one("SELECT count(*) FROM sessions AS s JOIN " +
    "accounts AS a ON a.id = s.account_id WHERE a.login = 'none'"), 0)
  assert.equal(await status({}), 303)
})

// Telephones begin with a capital and end with a space, IMEs are wide.
test('login__a_name_is_known_however_it_is_typed', async () => {
  for (const login of ['Boss', 'boss ', 'ｂｏｓｓ', '　BOSS']) {
    const client = site.client()
    const page = await client.get('/staff/login')
    const done = await client.submit(page, '/staff/login',
      { login, password: PASSWORD })
    assert.equal(done.path, '/staff/', login)
  }
})

test('login__five_wrong_words_lock_and_the_right_one_waits', async () => {
  site.account('slow', 'viewer')
  const client = site.client()
  let page = await client.get('/staff/login')
  const attempt = (password) => client.submit(page, '/staff/login',
    { login: 'slow', password })
  for (let i = 0; i < 5; i++) {
    const done = await attempt(`wrong ${i}`)
    assert.equal(done.status, 422)
    assert.match(done.text, /role="alert"/)
  }
  assert.equal((await attempt(PASSWORD)).status, 422)
  assert.equal(site.store.one("SELECT count(*) FROM audit WHERE action = " +
    "'login.fail'"), 6)
  site.store.exec("UPDATE login_failures SET at = '2020-01-01T00:00:00Z'")
  assert.equal((await attempt(PASSWORD)).path, '/staff/')
})

test('account__a_new_role_lock_or_password_ends_the_sessions', async () => {
  const client = await site.login('tuner')
  site.store.must('account', 'role', 'tuner', 'viewer')
  assert.match((await client.get('/staff/')).path, /login/)
  const again = await site.login('tuner')
  site.store.must('account', 'lock', 'tuner')
  assert.match((await again.get('/staff/')).path, /login/)
  await assert.rejects(site.login('tuner'))
  site.store.must('account', 'unlock', 'tuner')
  const page = await (await site.login('tuner')).get('/staff/password')
  assert.equal(page.status, 200)
})

test('accounts__the_admin_makes_and_stops_them', async () => {
  const boss = await site.client()
  const login = await boss.get('/staff/login')
  await boss.submit(login, '/staff/login',
    { login: 'boss', password: PASSWORD })
  let page = await boss.get('/staff/accounts')
  const bad = await boss.submit(page, '/staff/accounts',
    { login: 'Bad Name', name: 'x', role: 'viewer', password: PASSWORD })
  assert.equal(bad.status, 422)
  assert.match(bad.text, /aria-invalid="true"/)
  page = await boss.submit(page, '/staff/accounts',
    { login: 'new.one', name: '新人', role: 'viewer', password: PASSWORD })
  assert.match(page.text, /アカウントをつくりました/)
  page = await boss.submit(page, '/staff/accounts/new.one/lock')
  assert.equal(site.store.one("SELECT locked FROM accounts WHERE login = " +
    "'new.one'"), 1)
  assert.equal(site.store.one("SELECT actor FROM audit WHERE action = " +
    "'account.lock' ORDER BY id DESC LIMIT 1"), 'boss')
})

test('accounts__each_field_says_in_japanese_what_is_wrong_with_it', async () => {
  const boss = site.client()
  await boss.submit(await boss.get('/staff/login'), '/staff/login',
    { login: 'boss', password: PASSWORD })
  const page = await boss.get('/staff/accounts')
  const good = { login: 'kari', name: '仮', role: 'viewer', organisation: '',
    password: PASSWORD }
  for (const [field, change] of [['password', { password: '短い' }],
    ['password', { password: 'kari kari kari' }], ['name', { name: '' }],
    ['login', { login: '山田' }], ['login', { login: 'boss' }],
    ['role', { role: 'king' }], ['organisation', { role: 'member' }],
    ['organisation', { role: 'member', organisation: 'M99' }]]) {
    const bad = await boss.submit(page, '/staff/accounts',
      { ...good, ...change })
    assert.equal(bad.status, 422, field)
    const wrong = [...bad.text.matchAll(/href="#([a-z]+)">([^<]*)/g)]
      .filter(([, name]) => name in good)
    assert.deepEqual(wrong.map(([, name]) => name), [field])
    assert.match(wrong[0][2], /[ぁ-ん].*。$/)
    assert.doesNotMatch(bad.text, /account:|password:/)
  }
  assert.equal(site.store.one("SELECT count(*) FROM accounts WHERE login = " +
    "'kari'"), 0)
})

test('accounts__a_member_speaks_for_an_organisation', async () => {
  site.store.exec('INSERT INTO organisations (key, origin, name, created_at,' +
    " updated_at) VALUES ('M01', 'roster', '会', '', '')")
  const boss = site.client()
  await boss.submit(await boss.get('/staff/login'), '/staff/login',
    { login: 'boss', password: PASSWORD })
  const page = await boss.get('/staff/accounts')
  const add = (organisation) => boss.submit(page, '/staff/accounts',
    { login: 'kai', name: '会', role: 'member', organisation,
      password: PASSWORD })
  assert.equal((await add('')).status, 422)
  assert.match((await add('M99')).text, /id="organisation-error"/)
  const { text } = await add('M01')
  assert.match(text, /アカウントをつくりました/)
  assert.match(text, /<tr><th scope="row">kai<\/th>.*?<td>会<[^>]*> M01</)
  assert.match(site.store.must('account', 'list').stdout,
    /^kai +member +会 \/ 会 M01$/m)
})

// Else the member would find nothing, and nobody would know why.
test('accounts__a_key_that_was_merged_leads_to_who_is_left', () => {
  site.store.exec('INSERT INTO organisations (key, origin, name, created_at,' +
    " updated_at) VALUES ('OLD', 'entry', '旧', '', '');" +
    "UPDATE organisations SET merged_into = (SELECT id FROM organisations" +
    " WHERE key = 'M01') WHERE key = 'OLD'")
  site.account('old', 'member', '--organisation', 'OLD')
  assert.equal(site.store.one('SELECT o.key FROM accounts AS a JOIN' +
    ' organisations AS o ON o.id = a.organisation_id' +
    " WHERE a.login = 'old'"), 'M01')
})

test('accounts__who_forgot_the_password_gets_a_new_one_at_once', async () => {
  const boss = site.client()
  await boss.submit(await boss.get('/staff/login'), '/staff/login',
    { login: 'boss', password: PASSWORD })
  site.account('wasure', 'viewer')
  const attempt = async (password) => {
    const client = site.client()
    return client.submit(await client.get('/staff/login'), '/staff/login',
      { login: 'wasure', password })
  }
  for (let n = 0; n < 5; n++) await attempt('is it this one?')
  assert.equal((await attempt(PASSWORD)).status, 422)
  const page = await boss.submit(await boss.get('/staff/accounts'),
    '/staff/accounts/wasure/password')
  assert.equal(page.status, 200)
  assert.match(page.headers['cache-control'], /no-store/)
  const [, password] = page.text.match(/wasure の新しいパスワードは (\S{20}) です/)
  assert.equal((await attempt(PASSWORD)).status, 422)
  assert.equal((await attempt(password)).path, '/staff/')
  // Not one's own, nor by anybody but the admin.
  assert.doesNotMatch(page.text, /accounts\/boss\/password/)
  assert.equal(site.store.one('SELECT actor FROM audit WHERE action =' +
    " 'account.passwd' ORDER BY id DESC LIMIT 1"), 'boss')
  assert.ok(!site.log().includes(password))
})

// From the first page of each role along every link there is.
test('links__of_the_staffs_pages_lead_somewhere', async () => {
  for (const role of ['viewer', 'admin']) {
    const client = role === 'admin' ? site.client() : await site.login(role)
    if (role === 'admin') {
      await client.submit(await client.get('/staff/login'), '/staff/login',
        { login: 'boss', password: PASSWORD })
    }
    const seen = new Set(['/staff/'])
    for (const path of seen) {
      const page = await client.get(path)
      assert.ok(page.status === 200 && !page.path.includes('login'),
        `${role} ${path}: ${page.status}`)
      if (!/html/.test(page.headers['content-type'])) continue
      for (const [, href] of page.text.matchAll(/<a [^>]*href="([^"]*)"/g)) {
        const to = new URL(href.replaceAll('&amp;', '&'), site.url + path)
        const ours = /^\/(staff|member|entry)\//.test(to.pathname)
        if (ours && seen.size < 120) seen.add(to.pathname + to.search)
      }
    }
    assert.ok(seen.size > (role === 'admin' ? 8 : 4), [...seen].join(' '))
  }
})

// By its title one tells a tab, a bookmark, a line of the history from others.
test('lists__each_has_a_title_of_its_own', async () => {
  const viewer = await site.login('viewer')
  const seen = new Map()
  for (const [path, part] of [['/staff/', '事務局'],
    ['/staff/entries', '審査：審査待ち'],
    ['/staff/entries?state=returned', '審査：差し戻し'],
    ['/staff/entries?state=approved', '審査：承認済み'],
    ['/staff/entries?state=approved&after=1', '審査：承認済み（つづき）'],
    ['/staff/entries?state=approved&side=need', '審査：承認済み・募集'],
    ['/staff/entries?state=approved&side=offer&text=%3Cb%3E',
      '審査：承認済み・資源・「&lt;b&gt;」'],
    ['/staff/suggestions', '今夜の提案'],
    ['/staff/suggestions?after=1', '今夜の提案（つづき）'],
    ['/staff/unmatched', '相手のいない募集'],
    ['/staff/recruit', 'あると良い資源'],
    ['/staff/unused', 'まだ提案されていない資源'],
    ['/staff/no-venue', '会場のない市町村'],
    ['/staff/outcomes', '打診・合意・実施'],
    ['/staff/outcomes?stage=declined', '打診・合意・実施：辞退'],
    ['/staff/organisations', '団体'],
    ['/staff/organisations?text=会', '団体：「会」'],
    ['/staff/duplicates', '同じ団体かもしれない登録'],
    ['/staff/report', '報告'], ['/staff/report/all', '報告：すべての表'],
    ['/staff/report/coverage', '報告：'], ['/staff/report/figures', '報告：'],
    ['/staff/weights', '重み'], ['/staff/weights/history', '重みの版']]) {
    const page = await viewer.get(encodeURI(decodeURI(path)))
    const title = page.text.match(/<title>(.*) \| [^|]*<\/title>/)[1]
    assert.equal(page.text.match(/<h1>(.*)<\/h1>/)[1], title, path)
    assert.ok(part.endsWith('：') ? title.length > part.length &&
      title.startsWith(part) : title === part, `${path}: ${title}`)
    assert.ok(!seen.has(title), `${path} and ${seen.get(title)}: ${title}`)
    seen.set(title, path)
  }
})

test('service__ends_on_sigterm_and_is_replaced_after_kill_9', async () => {
  assert.equal((await site.restart('SIGTERM')).code, 0)
  assert.equal((await site.restart('SIGKILL')).signal, 'SIGKILL')
  assert.equal((await site.client().get('/staff/login')).status, 200)
})

// What would go into the file that is no more there would be lost.
test('service__follows_a_store_that_was_put_in_place_of_the_old', async () => {
  const { store } = site
  const sheets = () => store.one('SELECT count(*) FROM sheets')
  const client = site.client(), page = await client.get('/entry/')
  const begin = async () => (await client.post('/entry/new',
    [...page.form('/entry/new').fields.filter(([name]) => name !== 'side'),
      ['side', 'offer']])).status
  assert.equal(await begin(), 303)
  execFileSync('sqlite3', [store.path, `.backup ${store.file('copy.db')}`])
  const before = sheets(), times = [1, 2, 3, 4, 5, 6] // of both workers
  for (const tail of ['', '-wal', '-shm']) {
    if (existsSync(store.path + tail)) {
      renameSync(store.path + tail, store.file(`old.db${tail}`))
    }
  }
  for (const _ of times) {
    assert.equal(await begin(), 500)
    assert.equal((await client.get('/staff/none')).status, 404)
  }
  renameSync(store.file('copy.db'), store.path)
  for (const _ of times) assert.equal(await begin(), 303)
  assert.equal(sheets(), before + times.length)
  assert.match(site.log(), /the store's file is another one/)
})

// Upgraded, or an older backup brought back, while the service ran.
test('service__writes_into_no_store_of_another_version', async () => {
  const { store } = site
  const client = site.client(), page = await client.get('/entry/')
  const begin = async () => (await client.post('/entry/new',
    [...page.form('/entry/new').fields.filter(([name]) => name !== 'side'),
      ['side', 'offer']])).status
  const version = store.one('PRAGMA user_version')
  const before = store.one('SELECT count(*) FROM sheets')
  for (const [other, why] of [[version + 1, /is newer than this program's/],
    [version - 1, /is older than \d+, run `tsunagari init`/]]) {
    store.sql(`PRAGMA user_version = ${other}`)
    for (const _ of [1, 2, 3, 4]) assert.equal(await begin(), 500)
    assert.match(site.log(), why)
  }
  store.sql(`PRAGMA user_version = ${version}`)
  for (const _ of [1, 2, 3, 4]) assert.equal(await begin(), 303)
  assert.equal(store.one('SELECT count(*) FROM sheets'), before + 4)
})

test('request__what_is_no_request_is_refused_by_name', async () => {
  const client = site.client()
  const status = async (path, options) =>
    (await client.send(path, options)).status
  assert.equal(await status('/staff/none'), 404)
  assert.equal(await status('/staff/logout'), 405)
  assert.equal(await status('/staff/login', { method: 'PUT' }), 405)
  assert.equal(await status('/staff/login?next=%FF'), 400)
  assert.equal(await status('/staff/login?next=%zz'), 400)
  assert.equal(await status(`/staff/login?x=${'a'.repeat(9000)}`), 414)
  assert.equal((await client.send('/staff/login', { method: 'HEAD' })).text,
    '')
})

// A refusal stands in the frame of whoever is logged in: with the menu, and
// with the way out.
test('request__a_refusal_keeps_the_frame_of_who_is_logged_in', async () => {
  const menu = (page) => page.text.match(/<nav class="menu".*?<\/nav>/s)?.[0]
    .replaceAll(' aria-current="page"', '')
  const refusals = [['/staff/none', 404], ['/entry/none', 404],
    ['/staff/logout', 405], ['/staff/login', 405, { method: 'PUT' }],
    ['/staff/entries?text=%FF', 400],
    ['/entry/new', 403, { method: 'POST', body: 'side=need', headers: {
      Origin: site.url, 'Sec-Fetch-Site': 'same-origin',
      'Content-Type': 'application/x-www-form-urlencoded' } }]]
  const each = async (client, check) => {
    for (const [path, status, options] of refusals) {
      const page = await client.send(path, options)
      assert.deepEqual([path, page.status], [path, status])
      check(page, path)
    }
  }
  for (const [role, home] of [['viewer', '/staff/'], ['member', '/member/']]) {
    const client = await site.login(role, role === 'member' ? 'M01' : null)
    const want = menu(await client.get(home))
    assert.ok(want.includes(home))
    await each(client, (page, path) => {
      assert.equal(menu(page), want, path)
      assert.match(page.text, /action="\/staff\/logout"/)
    })
  }
  await each(site.client(), (page, path) => {
    assert.equal(menu(page), undefined, path)
  })
})
