// The acts of the desk on the command line: the same code as the pages.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { randomStore } from './random_store.mjs'
import { binary, DATE } from './tsunagari.mjs'
import { until } from './until.mjs'

let store, pair

before(() => {
  store = randomStore(29, 160).store
  store.must('match', '--date', DATE)
  pair = store.rows('SELECT p.need_id, p.offer_id FROM plan_lines AS p JOIN ' +
    'alternatives AS a ON a.run_id = p.run_id AND a.need_id = p.need_id ' +
    'ORDER BY p.id LIMIT 1')[0]
  mkdirSync(store.file('spool'))
})

after(() => store?.remove())

const json = (...args) => JSON.parse(store.must(...args, '--json').stdout)
const fails = (code, pattern, ...args) => {
  const before = store.one('SELECT count(*) FROM audit')
  const done = store.run(...args)
  assert.equal(done.code, code, `${args.join(' ')}: ${done.stderr}`)
  assert.match(done.stderr, pattern)
  assert.equal(store.one('SELECT count(*) FROM audit'), before)
}

test('screen__takes_an_entry_through_its_states', () => {
  const inbox = json('screen', '--limit', '5')
  assert.equal(inbox.entries.length, 5)
  const id = String(inbox.entries[0].entry)
  assert.equal(inbox.total, store.one('SELECT count(*) FROM entries WHERE ' +
    "state = 'submitted'"))
  store.exec(`DELETE FROM screenings WHERE entry_id = ${id}`)
  fails(3, /要件 not passed/, 'screen', 'approve', id)
  for (const row of json('screen', 'show', id).requirements) {
    store.must('screen', 'mark', id, row.id, 'pass', '--note', '電話')
  }
  fails(3, /諸条件 not confirmed/, 'screen', 'approve', id)
  store.must('screen', 'confirm', id, 'all')
  store.must('screen', 'approve', id, '--dry-run')
  assert.equal(json('screen', 'show', id).state, 'submitted')
  store.must('screen', 'approve', id)
  fails(3, /approved: cannot approve/, 'screen', 'approve', id)
  fails(3, /reason: is missing/, 'screen', 'reopen', id)
  store.must('screen', 'reopen', id, '--reason', '見直し')
  store.must('screen', 'return', id, '--reason', '直してください')
  const shown = json('screen', 'show', id)
  assert.deepEqual([shown.state, shown.steps[0].reason, shown.steps[0].actor],
    ['returned', '直してください', 'test'])
  for (const words of [['dance', id], ['mark', id, 'x'], ['mark', id, 'x',
    'pass'], ['approve', '99999'], ['approve'], ['require', 'req_other', 'x'],
    ['show', '0']]) {
    const done = store.run('screen', ...words)
    assert.ok([2, 3].includes(done.code), words.join(' '))
  }
})

// An empty inbox would say that all is done.
test('screen__a_state_or_side_that_is_none_is_no_empty_inbox', () => {
  fails(2, /--state: no such: "submited"/, 'screen', '--state', 'submited')
  fails(2, /--side: neither/, 'screen', '--side', 'needs')
  assert.equal(json('screen', '--state', 'draft', '--side', 'need').total, 0)
})

test('outcome__a_decline_promotes_and_certifies', () => {
  const words = [String(pair.need_id), String(pair.offer_id)]
  fails(3, /by need or by offer/, 'outcome', 'decline', ...words)
  fails(3, /reason code/, 'outcome', 'decline', ...words, '--by', 'offer',
    '--code', 'none')
  const done = store.must('outcome', 'decline', ...words, '--by', 'offer',
    '--code', 'decline_cost', '--note', '高い')
  assert.match(done.stdout, /計画 1 を改めました: 計画 2/)
  const key = 'need_id, need_line_no, offer_id, offer_line_no'
  const more = store.rows(`SELECT ${key}, units - coalesce((SELECT units FROM
    plan_lines AS old WHERE run_id = 1 AND (${key}) = (p.need_id,
    p.need_line_no, p.offer_id, p.offer_line_no)), 0) AS more
    FROM plan_lines AS p WHERE run_id = 2 AND need_id AND more > 0`)
  assert.deepEqual(done.stdout.split('\n').filter((line) =>
    /繰り上げ/.test(line)).sort(), more.length === 0
    ? ['  繰り上げられる次の候補はありません'] : more.map((row) =>
      `  繰り上げ: 募集 ${row.need_id}-${row.need_line_no} ← 資源 ${
        row.offer_id}-${row.offer_line_no} ${row.more}`).sort())
  assert.equal(json('certify').verdict, 'holds')
  const gone = (run) => store.one('SELECT count(*) FROM plan_lines WHERE ' +
    `run_id = ${run} AND need_id = ${pair.need_id} AND ` +
    `offer_id = ${pair.offer_id}`)
  assert.deepEqual([gone(1) > 0, gone(2)], [true, 0])
  store.must('match', '--date', '2026-11-22')
  assert.equal(gone(3), 0)
  assert.deepEqual([json('outcome')[0].stage, json('outcome')[0].note],
    ['declined', '高い'])
  fails(3, /agreed does not follow declined/, 'outcome', 'agree', ...words)
  store.must('outcome', 'propose', ...words)
  assert.equal(store.one('SELECT count(*) FROM decisions WHERE revoked_at ' +
    'IS NULL AND outcome_id IS NOT NULL'), 0)
})

test('introduce__by_template_to_linked_partners_into_the_spool', () => {
  const words = [String(pair.need_id), String(pair.offer_id)]
  store.exec('UPDATE organisations SET linked = 0')
  fails(3, /県がつながりがある相手にのみ/, 'outcome', 'introduce', ...words,
    '--spool', store.file('spool'))
  store.exec("UPDATE organisations SET linked = 1, email = 'o@example.jp'; " +
    "UPDATE entries SET contact_email = ''")
  writeFileSync(store.file('letter.txt'), '{partner}へ: {title}')
  writeFileSync(store.file('bad.txt'), '{nobody}')
  fails(3, /no such name/, 'outcome', 'introduce', ...words, '--template',
    store.file('bad.txt'))
  store.must('outcome', 'introduce', ...words, '--template',
    store.file('letter.txt'), '--spool', store.file('spool'))
  const [name] = readdirSync(store.file('spool')).filter((file) =>
    file.endsWith('.eml'))
  const mail = readFileSync(store.file(`spool/${name}`), 'utf8')
  assert.match(mail, /To: <?o@example\.jp/)
  for (const line of mail.split('\r\n')) assert.ok(line.length <= 76, line)
  const { title } = store.rows('SELECT title FROM entries WHERE id = ' +
    pair.need_id)[0]
  assert.ok(Buffer.from(mail.split('\r\n\r\n')[1], 'base64')
    .toString('utf8').includes(`へ: ${title}`))
  fails(3, /introduced does not follow/, 'outcome', 'introduce', ...words)
})

test('remind__writes_each_mail_once', () => {
  store.exec("UPDATE entries SET confirmed_on = '2026-01-01' " +
    "WHERE state = 'approved' AND id % 2 = 0")
  const before = readdirSync(store.file('spool')).length
  const list = json('remind', '--date', DATE)
  assert.ok(list.length > 5)
  store.must('remind', '--date', DATE, '--spool', store.file('spool'),
    '--dry-run')
  assert.equal(readdirSync(store.file('spool')).length, before)
  store.must('remind', '--date', DATE, '--spool', store.file('spool'))
  const mails = readdirSync(store.file('spool')).filter((name) =>
    name.endsWith('.eml')).length
  assert.equal(mails, 2) // the introduction and one for all of one address
  assert.equal(json('remind', '--date', DATE).length, 0)
  assert.equal(json('remind', '--date', DATE, '--again').length, list.length)
  assert.equal(store.one('SELECT count(*) FROM reminders'), list.length)
})

// Files alone are for somebody to send; what waits for a program is not.
test('remind__sends_by_a_program_and_leaves_what_waits_for_it', () => {
  const program = store.file('sendmail')
  writeFileSync(program, '#!/bin/sh\n[ "$*" = "-t -i" ] && grep ^To: >> ' +
    `'${store.file('sent')}'\n`, { mode: 0o755 })
  store.exec('INSERT INTO mails (recipient, subject, body, created_at) VALUES' +
    " ('waits@example.jp', '題', '文', '2026-11-21T00:00:00Z')")
  const waiting = () => store.one('SELECT count(*) FROM mails WHERE' +
    ' delivered_at IS NULL')
  const remind = (...more) => store.must('remind', '--date', DATE, '--again',
    '--spool', store.file('spool'), ...more)
  const files = () => readdirSync(store.file('spool')).filter((name) =>
    name.endsWith('.eml')).length
  const before = files()
  remind()
  assert.deepEqual([waiting(), files()], [1, before + 1])
  remind('--sendmail', program)
  assert.deepEqual([waiting(), files()], [0, before + 1])
  assert.deepEqual(readFileSync(store.file('sent'), 'utf8').trim().split('\r\n')
    .map((line) => line.trim()), ['To: <waits@example.jp>',
    'To: <o@example.jp>'])
})

test('organisations__are_merged_set_and_told_apart', () => {
  store.exec("INSERT INTO organisations (key, origin, name, created_at, " +
    "updated_at) VALUES ('m1', 'entry', 'NPO法人めじるし', 't', 't'), " +
    "('m2', 'entry', '特定非営利活動法人　メジルシ', 't', 't')")
  const [a, b] = store.rows("SELECT id FROM organisations WHERE key IN " +
    "('m1', 'm2') ORDER BY id").map((row) => String(row.id))
  assert.ok(json('organisations', 'duplicates', a).some((row) =>
    row.name && String(row.b) === b))
  fails(3, /reason: is missing/, 'organisations', 'merge', a, b)
  store.must('organisations', 'merge', b, a, '--reason', '同じ')
  assert.equal(json('organisations', 'duplicates', a).length, 0)
  store.must('organisations', 'set', a, 'linked', 'on', '--reason', '訪問')
  fails(2, /linked\|publish\|member/, 'organisations', 'set', a, 'linked')
})

// Somebody thinks about a password: staff and the night write on.
test('account__waits_for_a_password_and_holds_nobody_up', async () => {
  store.must('account', 'add', 'known', '--role', 'viewer', '--generate')
  for (const words of [['add', 'thinker', '--role', 'viewer'],
    ['passwd', 'known']]) {
    const child = spawn(binary, ['account', ...words], { stdio: ['pipe',
      'pipe', 'pipe'], env: { PATH: process.env.PATH, ...store.env } })
    const ended = once(child, 'exit')
    const reads = () => /^(0|63) 0x0 /.test( // read() of standard input
      readFileSync(`/proc/${child.pid}/syscall`, 'utf8'))
    await until(reads, 'it does not read the password')
    assert.equal(store.run('profile', 'save', `p-${words[0]}`).code, 0)
    child.stdin.end('a password of some length\n')
    assert.equal((await ended)[0], 0)
  }
  const list = JSON.parse(store.must('account', 'list', '--json').stdout)
  assert.deepEqual(list.map((one) => one.login), ['known', 'thinker'])
})

// On a terminal (script's), where nobody sees what is typed at the prompt.
test('account__who_gives_up_at_the_prompt_sees_again_what_they_type', async () => {
  const child = spawn('script', ['-qec', `sh -c 'trap : INT; "${binary}" ` +
    "account passwd known; stty -a'", '/dev/null'], { env: {
    PATH: process.env.PATH, TERM: 'dumb', ...store.env } })
  let shown = ''
  child.stdout.on('data', (data) => { shown += data })
  const ended = once(child, 'exit')
  await until(() => shown.includes('パスワード: '), 'it asks for no password')
  child.stdin.write('\x03')
  await ended
  assert.match(shown, / echo /)
  assert.doesNotMatch(shown, / -echo /)
})
