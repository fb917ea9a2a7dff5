// What the service must live through: records that are no FastCGI, clients
// that stop in the middle, kill -9 at any moment; and that nothing private
// gets out by any of its pages, mails or logs.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { startService } from './service.mjs'
import { DATE } from './tsunagari.mjs'
import { until } from './until.mjs'

let site

before(async () => { site = await startService() })
after(() => site?.stop({ hurt: true }))

// A small generator, so that a failure can be had again.
function random(seed) {
  let state = seed
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor(state / 2 ** 32 * n)
  }
}

const record = (type, body, { id = 1, version = 1, padding = 0,
  length = body.length } = {}) => Buffer.concat([Buffer.from([version, type,
  id >> 8, id & 255, length >> 8 & 255, length & 255, padding, 0]), body,
Buffer.alloc(padding)])

function pair(name, value, long = false) {
  const size = (n) => n > 127 || long
    ? [n >>> 24 | 128, n >>> 16 & 255, n >>> 8 & 255, n & 255] : [n]
  return Buffer.concat([Buffer.from([...size(Buffer.byteLength(name)),
    ...size(Buffer.byteLength(value))]), Buffer.from(name + value)])
}

const begin = record(1, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0]))
const params = (method = 'GET', body = '') => record(4, Buffer.concat([
  pair('REQUEST_METHOD', method), pair('SCRIPT_NAME', '/staff/login'),
  pair('QUERY_STRING', 'next=x'), pair('CONTENT_LENGTH', `${body.length}`),
  pair('CONTENT_TYPE', 'application/x-www-form-urlencoded')]))
const good = Buffer.concat([begin, params(), record(4, Buffer.alloc(0)),
  record(5, Buffer.alloc(0))])

// Sends bytes; what comes back until the other side closes or `ms` pass.
function send(bytes, { end = true, ms = 3000 } = {}) {
  return new Promise((done) => {
    const parts = []
    const socket = net.createConnection(site.socket)
    const finish = () => { socket.destroy(); done(Buffer.concat(parts)) }
    const timer = setTimeout(finish, ms)
    socket.on('data', (part) => parts.push(part))
    socket.on('error', () => {})
    socket.on('close', () => { clearTimeout(timer); finish() })
    socket.write(bytes)
    if (end) socket.end()
  })
}

// libfcgi ends a process that is told of lengths it has no memory for; the
// parent replaces it within a second.
const alive = () => until(async () =>
  /Status: 200/.test((await send(good)).toString()), 'nobody answers')

test('fastcgi__malformed_records_end_nothing_but_themselves', async () => {
  await alive()
  const odd = [
    Buffer.alloc(0), Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    Buffer.alloc(4096, 0xff), begin, Buffer.concat([begin, begin]),
    record(1, Buffer.from([0, 9, 0, 0, 0, 0, 0, 0])), // no such role
    record(4, Buffer.alloc(65535)), record(5, Buffer.from('x')),
    record(9, pair('FCGI_MAX_CONNS', '')), record(77, Buffer.from('x')),
    Buffer.concat([begin, record(4, Buffer.from(
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x41]))]),
    Buffer.concat([begin, record(4, Buffer.from( // CVE-2025-23016
      [0xff, 0xff, 0xff, 0xfe, 0x80, 0, 0, 2, 0x41, 0x41]))]),
    Buffer.concat([begin, record(4, Buffer.from([0x80]))]),
    Buffer.concat([begin, record(4, pair('A', 'x'.repeat(60000), true)),
      record(4, Buffer.alloc(0)), record(5, Buffer.alloc(0))]),
    Buffer.concat([begin, params('POST', 'x'.repeat(9999)),
      record(4, Buffer.alloc(0)), record(5, Buffer.from('short')),
      record(5, Buffer.alloc(0))]),
    record(1, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0]), { version: 9 }),
    Buffer.concat([begin, record(4, Buffer.alloc(8), { id: 7 })]),
    Buffer.concat([begin, record(2, Buffer.alloc(0))]),
  ]
  for (const bytes of odd) await send(bytes)
  for (let cut = 1; cut < good.length; cut += 3) {
    await send(good.subarray(0, cut))
  }
  await alive()
})

test('fastcgi__turned_bytes_are_survived', async () => {
  const draw = random(42)
  const whole = Buffer.concat([begin, params('POST', 'csrf=1&login=x'),
    record(4, Buffer.alloc(0)), record(5, Buffer.from('csrf=1&login=x')),
    record(5, Buffer.alloc(0))])
  for (let round = 0; round < 400; round++) {
    const bytes = Buffer.from(whole)
    for (let n = draw(4) + 1; n > 0; n--) {
      bytes[draw(bytes.length)] = draw(256)
    }
    await send(bytes)
  }
  await alive()
  assert.doesNotMatch(site.log(), /AddressSanitizer|Segmentation/)
})

test('clients__that_stop_in_the_middle_hold_nobody_up', async () => {
  // nginx takes a slow visitor's body in before the service hears of it.
  const slow = await Promise.all(Array.from({ length: 20 }, () => {
    const socket = net.connect(site.port, '127.0.0.1')
    socket.on('error', () => {})
    return new Promise((done) => socket.write('POST /staff/login HTTP/1.1\r\n' +
      'Host: x\r\nContent-Type: application/x-www-form-urlencoded\r\n' +
      'Content-Length: 100000\r\n\r\ncsrf=', () => done(socket)))
  }))
  assert.equal((await site.client().get('/staff/login')).status, 200)
  for (const socket of slow) socket.destroy()
})

test('kill_9__at_any_moment_leaves_all_or_nothing', async () => {
  const draw = random(7)
  let whole = 0
  // later and later, where nothing is written so soon
  for (let round = 0; round < 12 || (whole === 0 && round < 72); round++) {
    const client = site.client()
    const start = await client.get('/entry/')
    const page = await client.submit(start, '/entry/new', { side: 'offer' })
    const action = page.path.split('?')[0]
    const fields = page.form(action).fields.filter(([name]) =>
      !['title', 'summary', 'people'].includes(name))
    const writing = Array.from({ length: 6 }, (_, n) => client.post(action,
      [...fields, ['title', `題 ${n}`], ['summary', `文 ${n}`],
        ['people', `${n} 名`], ['act', 'auto']]).catch(() => null))
    await sleep(draw(25 << Math.floor(round / 12)))
    await site.restart('SIGKILL')
    const answers = await Promise.all(writing)
    whole += answers.filter((answer) => answer?.status === 200).length
    for (const row of site.store.rows('SELECT sheet_id,' +
      " max(value) FILTER (WHERE name = 'title') AS title," +
      " max(value) FILTER (WHERE name = 'summary') AS summary," +
      " max(value) FILTER (WHERE name = 'people') AS people" +
      ' FROM sheet_fields GROUP BY sheet_id')) {
      const n = row.title.slice(2)
      assert.deepEqual([row.summary, row.people], [`文 ${n}`, `${n} 名`])
    }
  }
  assert.ok(whole > 0, 'some were written before the end came')
  assert.equal(site.store.one('PRAGMA integrity_check'), 'ok')
  assert.deepEqual(site.store.rows('PRAGMA foreign_key_check'), [])
  // every save that stands has its audit row, and no row tells of none
  assert.equal(site.store.one('SELECT count(*) FROM sheets WHERE id NOT IN' +
    " (SELECT substr(subject, 8) FROM audit WHERE action = 'sheet.new')"), 0)
  assert.equal(site.store.one("SELECT count(*) FROM audit WHERE action =" +
    " 'sheet.new' AND substr(subject, 8) NOT IN (SELECT id FROM sheets)"), 0)
})

// Canaries ---------------------------------------------------------------

const MARK = 'canary7q'

// Every TEXT column that holds words, of every table: what is public is
// named by the public views, all else must stay inside.
function mark(store) {
  const columns = []
  for (const { name: table } of store.rows("SELECT name FROM sqlite_schema" +
    " WHERE type = 'table' AND name IN ('organisations', 'entries'," +
    " 'entry_lines', 'screenings', 'decisions', 'accounts', 'sheets'," +
    " 'sheet_fields', 'mails', 'outcomes')")) {
    for (const column of store.rows('SELECT c.name FROM' +
      ` pragma_table_info('${table}') AS c WHERE c.type = 'TEXT' AND` +
      " c.name IN ('email', 'contact_name', 'contact_person', 'note'," +
      " 'reason', 'password', 'value', 'body', 'recipient', 'subject')" +
      " AND NOT (c.name = 'contact_name' AND " +
      `'${table}' = 'entries')`)) {
      store.exec(`UPDATE ${table} SET ${column.name} = ` +
        `'${MARK}-${table}-${column.name}'`)
      columns.push(`${table}.${column.name}`)
    }
  }
  return columns
}

test('canary__nothing_private_in_page_mail_log_or_snapshot', async () => {
  const inside = await startService({
    fill(store) {
      store.must('generate', '--entries', '60', '--seed', '4')
      store.exec("INSERT INTO screenings (entry_id, requirement_id, result," +
        " note, actor, at) SELECT e.id, (SELECT min(id) FROM requirements)," +
        " 'pass', 'x', 'x', 'x' FROM entries AS e WHERE true ON CONFLICT DO" +
        ' UPDATE SET note = excluded.note')
      const columns = mark(store)
      for (const name of ['organisations.email', 'organisations.note',
        'entries.contact_person', 'entries.note', 'screenings.note']) {
        assert.ok(columns.includes(name), name)
      }
      store.must('match', '--date', DATE)
    },
    snapshots: true })
  try {
    const pages = []
    const client = inside.client()
    for (const path of ['/entry/', '/staff/login', '/staff/', '/member/',
      '/entry/template.xlsx', '/staff/session', '/members/resources',
      '/entry/none', `/entry/sheet/${'A'.repeat(43)}`, '/tsunagari/',
      '/tsunagari/resources.json', '/tsunagari/needs.json']) {
      pages.push(await client.get(path))
    }
    const key = inside.store.one('SELECT key FROM organisations LIMIT 1')
    const member = await inside.login('member', key)
    for (const path of ['/member/', '/members/suggestions',
      '/members/suggestions.json', '/members/needs.json', '/staff/',
      '/staff/accounts', '/staff/password']) {
      pages.push(await member.get(path))
    }
    const start = await client.get('/entry/')
    pages.push(await client.submit(start, '/entry/new', { side: 'need' }))
    for (const page of pages) {
      assert.ok(!page.bytes.includes(MARK), page.path)
      assert.ok(page.status < 500, page.path)
    }
    // what a visitor types stands in no log, nor does the sheet's address
    const sheet = pages.at(-1).path.split('?')[0]
    await client.submit(pages.at(-1), sheet,
      { title: MARK, note: MARK, email: `${MARK}@example.jp`, act: 'check' })
    await client.submit(await client.get('/staff/login'), '/staff/login',
      { login: MARK, password: MARK })
    const logs = inside.log() + inside.server.log()
    assert.ok(!logs.includes(MARK))
    assert.ok(!logs.includes(sheet.slice(-43)))
    for (const name of ['public.snap', 'members.snap']) {
      assert.ok(!readFileSync(inside.store.file(name)).includes(MARK), name)
    }
    assert.equal(inside.store.one('SELECT count(*) FROM audit WHERE detail' +
      ` LIKE '%${MARK}%' OR subject LIKE '%${MARK}%'`), 0)
  } finally {
    await inside.stop()
  }
})

test('mail__waits_for_a_sendmail_that_fails_and_goes_out_once', async () => {
  const script = (store) => store.file('sendmail')
  const inside = await startService({
    fill(store) {
      spawnSync('sh', ['-c', `cat > '${script(store)}' <<'END'
#!/bin/sh
[ -e "$(dirname "$0")/broken" ] && exit 75
[ "$*" = "-t -i" ] && cat >> "$(dirname "$0")/sent" && echo END >> "$(dirname "$0")/sent"
END
chmod 755 '${script(store)}'; : > '${store.file('broken')}'`])
      store.exec("INSERT INTO mails (recipient, subject, body, created_at)" +
        " VALUES ('a@example.jp', '題', '文', '2026-11-21T00:00:00Z')")
    },
    args: [] })
  await inside.stop({ keep: true })
  const { store } = inside
  store.exec("UPDATE mails SET delivered_at = NULL, body = '文'")
  const start = () => startService({ store,
    args: ['--sendmail', script(store)] })
  const broken = await start()
  assert.equal(store.one('SELECT count(*) FROM mails WHERE delivered_at' +
    ' IS NULL'), 1)
  assert.match(broken.log(), /did not take it/)
  await broken.stop({ keep: true })
  spawnSync('rm', [store.file('broken')])
  const whole = await start()
  const sent = readFileSync(store.file('sent'), 'utf8')
  assert.equal(sent.match(/^END$/gm).length, 1)
  assert.match(sent, /^To: <a@example\.jp>\r$/m)
  assert.match(sent, /^Subject: =\?UTF-8\?B\?6aGM\?=\r$/m)
  assert.deepEqual(whole.mails(), [])
  assert.equal(store.one("SELECT count(*) FROM mails WHERE body = ''"), 1)
  assert.ok(!existsSync(join(store.dir, 'spool', '0000000001.eml')))
  assert.deepEqual(readdirSync(store.file('spool')), ['.lock'])
  await whole.stop()
})

// One address that nobody takes would end all mail for good.
test('mail__that_is_refused_holds_up_none_behind_it', async () => {
  const inside = await startService({ fill(store) {
    spawnSync('sh', ['-c', `cat > '${store.file('sendmail')}' <<'END'
#!/bin/sh
to=$(grep ^To:)
case $to in *bad@*) exit 67 ;; *) echo "$to" >> "$(dirname "$0")/sent" ;; esac
END
chmod 755 '${store.file('sendmail')}'`])
  } })
  await inside.stop({ keep: true })
  const { store } = inside
  for (const name of ['bad', 'good', 'other']) {
    store.exec('INSERT INTO mails (recipient, subject, body, created_at)' +
      ` VALUES ('${name}@example.jp', '題', '文', '2026-11-21T00:00:00Z')`)
  }
  const again = await startService({ store,
    args: ['--sendmail', store.file('sendmail')] })
  assert.deepEqual(store.rows('SELECT recipient FROM mails WHERE' +
    ' delivered_at IS NULL'), [{ recipient: 'bad@example.jp' }])
  assert.match(again.log(), /did not take it: "[^"]*0000000001\.eml"/)
  assert.doesNotMatch(again.log(), /bad@/)
  assert.equal(readFileSync(store.file('sent'), 'utf8').match(/^To:/gm).length,
    2)
  await again.stop()
})

test('limits__nginx_turns_away_who_asks_too_often', async () => {
  const strict = await startService({ limits: true })
  const client = strict.client()
  const start = await client.get('/entry/')
  const all = await Promise.all(Array.from({ length: 60 }, () =>
    client.submit(start, '/entry/new', { homepage: 'x' })))
  assert.ok(all.some((answer) => answer.status === 429))
  assert.ok(all.some((answer) => answer.status === 403))
  await strict.stop()
})
