// What somebody tries who means harm and knows the program: keys of sheets
// and sessions that get about, other people's mailboxes, the queue of mails.
import assert from 'node:assert/strict'
import { chmodSync, readFileSync, readdirSync, statSync, writeFileSync }
  from 'node:fs'
import { after, before, test } from 'node:test'

import { PASSWORD, startService } from './service.mjs'
import { DATE, newStore } from './tsunagari.mjs'
import { begin, body, confirmed, fill, linkOf, offer, sheetOf }
  from './sheet.mjs'

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

// Mail addresses, telephones and passwords' hashes stand in the store.
test('files__of_the_store_and_mails_are_for_their_owner_alone', async () => {
  const before = process.umask(0o022)
  const inside = await startService({
    fill: (store) => store.exec('INSERT INTO mails (recipient, subject,' +
      " body, created_at) VALUES ('a@example.jp', '題', '文', '2026-11-21" +
      "T00:00:00Z')") })
  try {
    await begin(inside.client())
    const names = readdirSync(inside.store.dir, { recursive: true })
      .filter((name) => /^store\.db|^spool\//.test(name))
    assert.ok(names.length >= 5, names.join(' '))
    for (const name of names) {
      const { mode } = statSync(inside.store.file(name))
      assert.equal(mode & 0o077, 0, `${name}: ${mode.toString(8)}`)
    }
  } finally {
    process.umask(before)
    await inside.stop()
  }
})

// Only who reads the mails of an address makes it that of an entry; and who
// does not is sent no more than the mails of one sheet.
test('sheet__is_no_means_to_fill_a_mailbox', async () => {
  const victim = 'victim@example.jp'
  const emails = () => site.store.rows('SELECT email FROM organisations ' +
    "WHERE key LIKE 'form-%' ORDER BY id DESC LIMIT 1")[0].email
  const { reader, done } = await confirmed(site, site.client())
  const sheet = sheetOf(done.path)
  const send = async (client, at, fields) => {
    const check = await client.submit(await client.get(at), at,
      { ...fields, act: 'check' })
    return client.submit(check, `${at}/send`)
  }
  const asked = await send(reader, sheet, { email: victim })
  assert.match(asked.text, /メールを送りました/)
  for (let n = 0; n < 8; n++) {
    await send(reader, sheet, { email: victim, title: `題 ${n}` })
  }
  const mails = site.mails().filter((mail) => mail.includes(`To: <${victim}>`))
  assert.ok(mails.length <= 5, `${mails.length} mails`)
  assert.equal(emails(), 'hanako@example.jp')
  assert.doesNotMatch(body(mails[0]), /受けつけました/)
  // The one who is asked, and reads it, may.
  const link = body(mails[0]).match(/\/entry\/sheet\/[\w-]{43}/)[0]
  const other = site.client()
  await other.submit(await other.get(`${link}/check`), `${link}/send`)
  assert.equal(emails(), victim)
})

test('sheet__not_received_yet_goes_to_no_other_address', async () => {
  const client = site.client()
  const check = await fill(client)
  await client.submit(check, `${sheetOf(check.path)}/send`)
  const reader = site.client()
  const page = await reader.get(linkOf(site.mails().at(-1)))
  const sheet = sheetOf(page.path)
  const form = await reader.get(sheet)
  const again = await reader.submit(form, sheet,
    { email: 'boss@example.jp', act: 'check' })
  const before = site.store.one('SELECT count(*) FROM entries')
  await reader.submit(again, `${sheet}/send`)
  assert.equal(site.store.one('SELECT count(*) FROM entries'), before)
  assert.match(site.mails().at(-1), /^To: <boss@example\.jp>/m)
})

// Whoever makes many sheets has five mails for each.
test('sheets__many_are_no_means_to_fill_a_mailbox_either', async () => {
  const inside = await startService()
  try {
    const send = async (email) => {
      const client = inside.client()
      const check = await fill(client, { ...offer, email })
      return client.submit(check, `${sheetOf(check.path)}/send`)
    }
    const mailed = (email, n) => inside.store.exec('WITH RECURSIVE m(i) AS ' +
      `(SELECT 1 UNION ALL SELECT i + 1 FROM m WHERE i < ${n}) INSERT INTO ` +
      'mails (recipient, subject, body, created_at, delivered_at) SELECT ' +
      `'${email}', '', '', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-2 hours'` +
      "), '' FROM m")
    // fifty rows of a file, each with its link and its receipt
    mailed('office@example.jp', 100)
    assert.equal((await send('office@example.jp')).status, 200)
    mailed('victim@example.jp', 119)
    assert.equal((await send('Victim@Example.jp')).status, 200)
    const refused = await send('victim@example.jp')
    assert.equal(refused.status, 400)
    assert.match(refused.text, /1日に?120通まで/)
    inside.store.exec("UPDATE mails SET created_at = '2020-01-01T00:00:00Z'")
    assert.equal((await send('victim@example.jp')).status, 200)
  } finally {
    await inside.stop()
  }
})

// An entry that was confirmed, as staff approved it; and a correction of it.
async function approved() {
  const { reader, done } = await confirmed(site, site.client())
  const sheet = sheetOf(done.path)
  const [entry] = site.store.rows('SELECT e.id, o.id AS org, o.key FROM ' +
    'entries AS e JOIN organisations AS o ON o.id = e.organisation_id ' +
    'ORDER BY e.id DESC LIMIT 1')
  site.store.exec('INSERT INTO screenings (entry_id, requirement_id, result,' +
    ` note, actor, at) SELECT ${entry.id}, id, 'pass', '', 'x', '2026-11-21` +
    "T00:00:00Z' FROM requirements; UPDATE entries SET state = 'approved', " +
    `publish = 1 WHERE id = ${entry.id}; UPDATE organisations SET publish = ` +
    `1 WHERE id = ${entry.org}`)
  const correct = async (fields) => {
    const check = await reader.submit(await reader.get(sheet), sheet,
      { ...fields, act: 'check' })
    return reader.submit(check, `${sheet}/send`)
  }
  const stands = () => site.store.rows('SELECT e.state, o.publish, o.name ' +
    'FROM entries AS e JOIN organisations AS o ON o.id = e.organisation_id ' +
    `WHERE e.id = ${entry.id}`)[0]
  return { ...entry, correct, stands }
}

test('sheet__an_organisation_gets_no_new_name_unseen', async () => {
  const entry = await approved()
  const { name } = entry.stands()
  await entry.correct({ org_contact: '担当 次郎' }) // not public
  assert.deepEqual(entry.stands(), { state: 'approved', publish: 1, name })
  await entry.correct({ org_name: '【例】にせの県庁' })
  assert.equal(site.store.one('SELECT count(*) FROM public_organisations ' +
    "WHERE name = '【例】にせの県庁'"), 0)
  assert.equal(entry.stands().state, 'submitted')
  assert.equal(site.store.one("SELECT actor FROM entry_steps WHERE entry_id " +
    `= ${entry.id} AND step = 'reopen'`), 'visitor')
})

test('sheet__words_written_while_it_paused_are_not_resumed', async () => {
  const entry = await approved()
  const member = await site.login('member', entry.key)
  const act = async (name) => member.submit(await member.get(
    '/member/entries'), `/member/entries/${entry.id}/${name}`)
  await act('pause')
  await entry.correct({ org_contact: '担当 三郎' }) // not public
  assert.equal(entry.stands().state, 'paused')
  await entry.correct({ title: '【例】だれも見ていない題' })
  await assert.rejects(act('resume'), /no form/)
  assert.equal(entry.stands().state, 'submitted')
  assert.equal(site.store.one('SELECT count(*) FROM public_entries WHERE ' +
    "title = '【例】だれも見ていない題'"), 0)
})

// What nginx says by itself is another location's page, with a log of its own.
test('log__has_no_key_of_a_sheet_that_is_turned_away', async () => {
  const store = newStore()
  const log = store.file('access.log')
  const inside = await startService({ store, limits: true,
    edit: (text) => `access_log ${log};\n${text}` })
  try {
    const client = inside.client()
    const page = await begin(client)
    const sheet = sheetOf(page.path)
    const all = await Promise.all(Array.from({ length: 60 }, () =>
      client.submit(page, sheet, { title: 'x', act: 'auto' })))
    assert.ok(all.some(({ status }) => status === 429))
    assert.equal((await client.post(sheet, { x: 'x'.repeat(5e6) })).status,
      413)
    const text = readFileSync(log, 'utf8')
    assert.match(text, /\/entry\/ /)
    assert.ok(!text.includes(sheet), 'its address is in the log')
  } finally {
    await inside.stop()
  }
})

// As if it came from there: a proxy that this nginx believes.
const from = (address) => ({ headers: { 'X-From': address } })
const believed = { httpMore:
  '\nset_real_ip_from 127.0.0.1;\nreal_ip_header X-From;\n', limits: true }

test('limits__are_those_of_a_network_in_ipv6', async () => {
  const inside = await startService(believed)
  try {
    const client = inside.client()
    const turnedAway = async (address) => (await Promise.all(Array.from(
      { length: 90 }, (_, n) => client.send('/staff/login',
        from(address(n.toString(16))))))).some(({ status }) => status === 429)
    // one home has all that begins alike in its first 64 bits
    assert.ok(await turnedAway((n) => `2001:db8:1:2:${n}:1:2:3`))
    assert.ok(await turnedAway((n) => `2001:db8:1:3::${n}`))
    assert.ok(await turnedAway((n) => `2001:db8::${n}`))
    assert.ok(await turnedAway((n) => `2001:db8:0:0:${n}:1:2:3`))
    assert.ok(await turnedAway(() => '192.0.2.1'))
    assert.ok(!await turnedAway((n) => `2001:db8:${n}:1:2:3:4:5`))
    assert.ok(!await turnedAway((n) => `198.51.100.${parseInt(n, 16)}`))
  } finally {
    await inside.stop()
  }
})

test('limits__hold_for_members_pages_too', async () => {
  const inside = await startService({ limits: true })
  try {
    const client = inside.client()
    const all = await Promise.all(Array.from({ length: 120 }, () =>
      client.send('/members/resources')))
    assert.deepEqual([...new Set(all.map(({ status }) => status))].sort(),
      [303, 429])
  } finally {
    await inside.stop()
  }
})

// Two and a half minutes of uploads make as many sheets as there may be.
test('sheets__that_nobody_wrote_on_leave_room_when_all_is_full', async () => {
  const inside = await startService()
  try {
    const { store } = inside
    const begun = () => begin(inside.client())
    const hours = (n) => `strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-${n} hours')`
    const fillUp = (created, updated) => store.exec('WITH RECURSIVE n(i) AS ' +
      '(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) INSERT INTO ' +
      "sheets (side, state, created_at, updated_at) SELECT 'need', 'draft', " +
      `${created}, ${updated} FROM n`)
    fillUp(hours(50), hours(2)) // somebody came back to these
    fillUp(hours(2), hours(2))
    const page = await begun()
    assert.match(page.path, /\/entry\/sheet\//, page.text)
    assert.equal(store.one('SELECT count(*) FROM sheets'), 2501)
    assert.equal(store.one("SELECT detail FROM audit WHERE action = " +
      "'sheet.expire'"), '{"n":2500}')
    fillUp(hours(0), hours(0)) // an hour is theirs
    assert.equal((await begun()).status, 400)
    assert.equal(store.one('SELECT count(*) FROM sheets'), 5001)
  } finally {
    await inside.stop()
  }
})

// What the mail server refuses waits, and is tried again: not all of it each
// time that somebody sends a sheet, for that one waits for it.
test('mails__that_are_refused_cost_the_next_visitor_little', async () => {
  const store = newStore()
  const file = (name) => readFileSync(store.file(name), 'utf8')
  writeFileSync(store.file('sendmail'), '#!/bin/sh\nto=$(grep ^To:)\n' +
    `echo "$to" >> '${store.file('tried')}'\n` +
    'case $to in *bad@*) exit 67 ;; esac\n', { mode: 0o755 })
  store.exec('WITH RECURSIVE m(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM ' +
    'm WHERE i < 60) INSERT INTO mails (recipient, subject, body, ' +
    "created_at) SELECT 'bad@example.jp', 'x', 'x', '2026-11-21T00:00:00Z' " +
    'FROM m')
  const inside = await startService({ store,
    args: ['--sendmail', store.file('sendmail')] })
  try {
    const before = file('tried').match(/^To:/gm).length
    assert.equal(before, 60) // a start tries all
    const client = inside.client()
    const check = await fill(client)
    await client.submit(check, `${sheetOf(check.path)}/send`)
    const tried = file('tried').match(/^To:.*/gm).slice(before)
    assert.ok(tried.some((to) => to.includes('hanako@')), 'its own goes out')
    assert.ok(tried.length <= 20, `${tried.length} were tried`)
  } finally {
    await inside.stop()
  }
})

// What is for members is for the web server's group: said once, it holds.
test('publish__keeps_the_mode_of_what_it_replaces', () => {
  const before = process.umask(0o022)
  const store = newStore()
  try {
    const mode = () => statSync(store.file('m.snap')).mode & 0o777
    const publish = () => store.must('publish', '--audience', 'members',
      store.file('m.snap'))
    store.must('generate', '--entries', '30', '--seed', '4')
    store.must('match', '--date', DATE)
    publish()
    assert.equal(mode(), 0o644)
    chmodSync(store.file('m.snap'), 0o640)
    publish()
    assert.equal(mode(), 0o640)
  } finally {
    process.umask(before)
    store.remove()
  }
})
