// A night from the command line: match, publish, rollback; what a second
// run, a dry run, a full disk or a run beside it does to the store and to
// the files that are served.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync,
  rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { after, before, test } from 'node:test'

import { randomStore } from './random_store.mjs'
import { binary, DATE, must, run, Store } from './tsunagari.mjs'
import { until } from './until.mjs'

let store

before(() => {
  store = randomStore(11, 200).store
})

after(() => store?.remove())

const plan = (of, runId) => JSON.stringify(of.rows(
  'SELECT need_id, need_line_no, region_code, interest_id, offer_id, ' +
  'offer_line_no, units, score, cost_yen, distance_m, terms FROM plan_lines ' +
  `WHERE run_id = ${runId} ORDER BY 1, 2, 3, 4, 5, 6`))

const lastRun = (of) => of.one('SELECT max(id) FROM runs')

// The same store in another directory, in the state it has now.
function copied() {
  const dir = store.file(`copy-${readdirSync(store.dir).length}`)
  mkdirSync(dir)
  const copy = new Store(dir)
  store.exec(`VACUUM INTO '${copy.path}';`)
  return copy
}

test('match__a_dry_run_tells_and_stores_nothing', () => {
  const done = store.must('match', '--date', DATE, '--dry-run', '--json')
  const summary = JSON.parse(done.stdout)
  assert.ok(['optimal', 'feasible'].includes(summary.state ?? summary.status),
    done.stdout)
  assert.equal(store.one('SELECT count(*) FROM runs'), 0)
  assert.equal(store.one('SELECT count(*) FROM plan_lines'), 0)
})

test('match__the_same_input_gives_the_same_plan', () => {
  const one = copied(), two = copied()
  one.must('match', '--date', DATE)
  two.must('match', '--date', DATE)
  assert.equal(plan(one, 1), plan(two, 1))
  assert.notEqual(plan(one, 1), '[]')
  assert.equal(one.one('SELECT input_digest FROM runs'),
    two.one('SELECT input_digest FROM runs'))
})

test('match__the_stored_plan_keeps_capacity_demand_and_budget', () => {
  store.must('match', '--date', DATE)
  const id = lastRun(store)
  // In SQL, from the store alone: what no plan may do.
  assert.deepEqual(store.rows(`SELECT p.offer_id, p.offer_line_no,
    sum(p.units) AS given, l.quantity FROM plan_lines AS p
    JOIN entry_lines AS l ON l.entry_id = p.offer_id
     AND l.line_no = p.offer_line_no WHERE p.run_id = ${id}
    GROUP BY 1, 2 HAVING given > l.quantity`), [])
  assert.deepEqual(store.rows(`SELECT p.need_id, p.need_line_no,
    sum(p.units) AS given, l.quantity FROM plan_lines AS p
    JOIN entry_lines AS l ON l.entry_id = p.need_id
     AND l.line_no = p.need_line_no WHERE p.run_id = ${id}
    GROUP BY 1, 2 HAVING given > l.quantity`), [])
  assert.deepEqual(store.rows(`SELECT p.need_id,
    sum(p.units * p.cost_yen) AS paid, n.budget_yen FROM plan_lines AS p
    JOIN entries AS n ON n.id = p.need_id WHERE p.run_id = ${id}
    GROUP BY 1 HAVING paid > n.budget_yen`), [])
  assert.deepEqual(store.rows(`SELECT p.offer_id FROM plan_lines AS p
    JOIN entries AS o ON o.id = p.offer_id
    LEFT JOIN entries AS n ON n.id = p.need_id WHERE p.run_id = ${id}
     AND (o.state <> 'approved' OR o.side <> 'offer' OR n.side <> 'need'
       OR n.state <> 'approved' OR o.expires_on < '${DATE}'
       OR o.date_end < '${DATE}' OR n.expires_on < '${DATE}'
       OR n.date_end < '${DATE}')`), [])
  // Every wanted unit of a need in the plan is given or named as missing.
  assert.deepEqual(store.rows(`SELECT l.entry_id, l.line_no, l.quantity,
    coalesce((SELECT sum(units) FROM plan_lines AS p WHERE p.run_id = ${id}
      AND p.need_id = l.entry_id AND p.need_line_no = l.line_no), 0) +
    coalesce((SELECT units FROM uncovered_lines AS u WHERE u.run_id = ${id}
      AND u.need_id = l.entry_id AND u.need_line_no = l.line_no), 0) AS seen
    FROM entry_lines AS l WHERE l.entry_id IN
      (SELECT need_id FROM plan_lines WHERE run_id = ${id} AND need_id
        UNION SELECT need_id FROM uncovered_lines WHERE run_id = ${id})
      AND seen <> l.quantity`), [])
})

test('night__quiet_says_nothing_but_what_went_wrong', () => {
  const copy = copied()
  mkdirSync(copy.file('spool'))
  const before = lastRun(copy)
  for (const words of [['match', '--date', DATE],
    ['match', '--date', DATE, '--dry-run'],
    ['publish', '--audience', 'public', copy.file('quiet.snap')],
    ['remind', '--date', DATE, '--lead', '3650', '--spool',
      copy.file('spool')]]) {
    const done = copy.must(...words, '--quiet')
    assert.deepEqual([words, done.stdout, done.stderr], [words, '', ''])
  }
  assert.equal(lastRun(copy), before + 1)
  assert.ok(readdirSync(copy.file('spool')).length > 0)
  // What is asked for as JSON is the answer, not talk.
  JSON.parse(copy.must('match', '--date', DATE, '--json', '--quiet').stdout)
  const refused = copy.run('match', '--date', '2026-02-30', '--quiet')
  assert.deepEqual([refused.code, refused.stdout], [2, ''])
  assert.match(refused.stderr, /--date: not a day/)
})

// As cron runs them: its own PATH, a mail for every word that is printed.
test('readme__its_cron_lines_run_and_are_silent', () => {
  const copy = copied()
  mkdirSync(copy.file('spool'))
  const readme = readFileSync(
    new URL('../../README.md', import.meta.url), 'utf8')
  const [, file] = readme.match(/```\n# \/etc\/cron\.d(.*?)```/s)
  const here = (text) => text
    .replaceAll('/var/lib/tsunagari/store.db', copy.path)
    .replaceAll('/var/lib/tsunagari', copy.dir)
    .replaceAll('/var/spool/tsunagari', copy.file('spool'))
    .replaceAll('/usr/local/bin', dirname(binary))
    .replaceAll('/usr/sbin/sendmail', '/bin/true')
  const env = { PATH: '/usr/bin:/bin' }
  let jobs = 0
  for (const line of file.split('\n').slice(1)) {
    const set = line.match(/^([A-Z_]+)=(.*)$/)
    const job = line.match(/^(?:\S+ +){5}tsunagari +(.*)$/)
    if (set) env[set[1]] = here(set[2])
    if (!job) continue
    jobs++
    const done = spawnSync('/bin/sh', ['-c', here(job[1])],
      { env, encoding: 'utf8' })
    assert.deepEqual([done.status, done.stdout, done.stderr], [0, '', ''])
  }
  assert.equal(jobs, 2)
  assert.ok(existsSync(copy.file('public.snap')) &&
    existsSync(copy.file('members.snap')))
})

test('match__one_at_a_time_and_the_lock_dies_with_its_process', async () => {
  const id = lastRun(store)
  // One process, so that nobody else still has the lock when it has ended.
  const holder = spawn('flock', ['--exclusive', '--no-fork',
    `${store.path}.lock`, 'sh', '-c', 'echo held; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'],
    detached: true })
  await new Promise((done) => holder.stdout.once('data', done))
  try {
    const done = store.run('match', '--date', DATE)
    assert.equal(done.code, 4, done.stderr)
    assert.match(done.stderr, /lock|running|another/)
    assert.equal(lastRun(store), id)
    // A reader does not wait.
    assert.equal(store.run('runs').code, 0)
  } finally {
    process.kill(-holder.pid, 'SIGKILL')
    await new Promise((done) => holder.once('exit', done))
  }
  store.must('match', '--date', DATE)
})

// A match of which nothing that `sql` writes was read; what it said.
async function matchBeside(copy, sql) {
  const dump = copy.file('dump')
  const writer = spawn('sqlite3', ['-bail', copy.path], { stdio: ['pipe',
    'pipe', 'inherit'] })
  writer.stdin.write(`BEGIN IMMEDIATE;\n${sql};\nSELECT 'written';\n`)
  await once(writer.stdout, 'data')
  const match = spawn(binary, ['match', '--date', DATE, '--dump', dump],
    { stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env.PATH, ...copy.env } })
  const said = match.stderr.setEncoding('utf8').toArray()
  const ended = once(match, 'exit')
  await until(() => match.exitCode !== null || existsSync(`${dump}/pairs.csv`))
  writer.stdin.end('COMMIT;\n')
  assert.deepEqual(await ended, [0, null])
  return (await said).join('')
}

function planned() {
  const copy = copied()
  copy.sql('PRAGMA journal_mode = WAL;')
  copy.must('match', '--date', DATE)
  return copy
}

// Somebody writes while the market is read, so neither holds up the other;
// what the plan could not see then is taken out of it behind.
test('match__reads_while_somebody_writes_and_loses_nothing', async () => {
  const copy = planned()
  const before = lastRun(copy)
  const offer = copy.one('SELECT min(offer_id) FROM plan_lines' +
    ` WHERE run_id = ${before} AND need_id IS NOT NULL`)
  await matchBeside(copy,
    `UPDATE entries SET state = 'paused' WHERE id = ${offer}`)
  const given = (id) => copy.one('SELECT count(*) FROM plan_lines' +
    ` WHERE run_id = ${id} AND offer_id = ${offer}`)
  assert.equal(lastRun(copy), before + 2)
  assert.equal(copy.one(`SELECT amends FROM runs WHERE id = ${before + 2}`),
    before + 1)
  assert.ok(given(before + 1) > 0)
  assert.equal(given(before + 2), 0)
  copy.must('certify', String(before + 2))
})

// Staff's own word: what they forbid is not shown, what they pin may wait.
test('match__takes_out_what_was_forbidden_meanwhile', async () => {
  for (const kind of ['forbid', 'defer', 'pin']) {
    const copy = planned()
    const before = lastRun(copy)
    const [pair] = copy.rows(kind === 'pin'
      ? 'SELECT a.need_id, a.offer_id FROM alternatives AS a WHERE run_id = ' +
        `${before} AND NOT EXISTS (SELECT 1 FROM plan_lines AS p WHERE ` +
        'p.run_id = a.run_id AND p.need_id = a.need_id AND ' +
        'p.offer_id = a.offer_id) LIMIT 1'
      : `SELECT need_id, offer_id FROM plan_lines WHERE run_id = ${before}` +
        ' AND need_id IS NOT NULL LIMIT 1')
    const said = await matchBeside(copy, 'INSERT INTO decisions (need_id, ' +
      'offer_id, decision, until, reason, actor, at) VALUES (' +
      `${pair.need_id}, ${pair.offer_id}, '${kind}', ` +
      `${kind === 'defer' ? "'2099-01-01'" : 'NULL'}, 'r', 'x', 't')`)
    const given = (id) => copy.one('SELECT count(*) FROM plan_lines' +
      ` WHERE run_id = ${id} AND need_id = ${pair.need_id}` +
      ` AND offer_id = ${pair.offer_id}`)
    if (kind === 'pin') {
      assert.equal(lastRun(copy), before + 1)
      assert.match(said, /1 pins came .* wait for the next match/)
    } else {
      assert.equal(lastRun(copy), before + 2)
      assert.ok(given(before + 1) > 0)
      assert.equal(given(before + 2), 0)
      assert.equal(said, '')
      copy.must('certify', String(before + 2))
    }
  }
})

test('publish__the_same_run_gives_the_same_bytes', () => {
  for (const audience of ['public', 'members']) {
    const [one, two] = ['one', 'two'].map((name) =>
      store.file(`${name}-${audience}.snap`))
    store.must('publish', '--audience', audience, one)
    store.must('publish', '--audience', audience, two)
    assert.ok(readFileSync(one).equals(readFileSync(two)), audience)
    const copy = copied()
    copy.must('publish', '--audience', audience, copy.file('three.snap'))
    assert.ok(readFileSync(one).equals(readFileSync(copy.file('three.snap'))),
      `${audience} from a copy of the store`)
    assert.equal(run(['snapshot', one]).code, 0)
  }
})

test('publish__no_private_word_is_in_a_snapshot', () => {
  for (const audience of ['public', 'members']) {
    const path = store.file(`one-${audience}.snap`)
    store.must('publish', '--audience', audience, path)
    const bytes = readFileSync(path, 'latin1')
    for (const word of ['private-note', 'private-person', 'private-']) {
      assert.equal(bytes.indexOf(word), -1, `${audience}: ${word}`)
    }
  }
})

// A wrong clock, a wrong day, a store that was made anew.
test('publish__nothing_does_not_take_the_place_of_something', () => {
  const copy = copied()
  const path = copy.file('public.snap')
  copy.must('match', '--date', DATE)
  copy.must('publish', '--audience', 'public', path)
  const bytes = readFileSync(path)
  copy.must('match', '--date', '2036-11-21')
  const done = copy.run('publish', '--audience', 'public', path)
  assert.equal(done.code, 1, done.stderr)
  assert.match(done.stderr, /run \d+ has nothing to show.*public\.snap/)
  assert.ok(readFileSync(path).equals(bytes))
  assert.equal(copy.one('SELECT count(*) FROM publications WHERE path = ' +
    `'${path}'`), 1)
  // Where nothing was, and where it is meant, nothing may stand.
  copy.must('publish', '--audience', 'public', copy.file('new.snap'))
  copy.must('publish', '--audience', 'public', copy.file('new.snap'))
  copy.must('publish', '--audience', 'public', '--run',
    String(lastRun(copy)), path)
  rmSync(path)
  copy.must('publish', '--audience', 'public', path)
  // And what is no snapshot any more is replaced, as ever.
  writeFileSync(path, bytes.subarray(0, 100))
  copy.must('publish', '--audience', 'public', path)
})

test('publish__a_day_before_what_is_published_is_a_wrong_clock', () => {
  const copy = copied(), path = copy.file('public.snap')
  const publish = (...more) =>
    copy.run('publish', '--audience', 'public', ...more, path)
  copy.must('match', '--date', DATE)
  assert.equal(publish().code, 0)
  const bytes = readFileSync(path)
  copy.must('match', '--date', '2026-01-01')
  const done = publish()
  assert.equal(done.code, 1, done.stdout)
  assert.match(done.stderr, RegExp(`run \\d+ is of 2026-01-01, what is ` +
    `published of ${DATE}: is the clock right`))
  assert.ok(readFileSync(path).equals(bytes))
  assert.equal(publish('--run', String(lastRun(copy))).code, 0) // it is meant
  copy.must('match', '--date', DATE)
  assert.equal(publish().code, 0)
})

test('publish__a_failure_leaves_the_old_file_and_no_other', () => {
  const dir = store.file('served')
  mkdirSync(dir)
  const path = `${dir}/public.snap`
  store.must('publish', '--audience', 'public', path)
  const bytes = readFileSync(path)
  // A file size limit below the snapshot's stands for a full disk.
  const full = spawnSync('sh', ['-c', "ulimit -f 8; trap '' XFSZ; exec \"$0\"" +
    ' publish --audience public "$1"', binary, path], { encoding: 'utf8',
    env: { ...process.env, ...store.env } })
  assert.equal(full.status, 4, full.stderr)
  assert.ok(readFileSync(path).equals(bytes))
  assert.deepEqual(readdirSync(dir), ['public.snap'])
  // The same without the trap: told by a message, not killed by a signal.
  const limited = (...words) => spawnSync('sh', ['-c',
    'ulimit -f 8; exec "$0" "$@"', binary, ...words], { encoding: 'utf8',
    env: { ...process.env, ...store.env } })
  for (const words of [['publish', '--audience', 'public', path],
    ['match', '--date', DATE, '--dump', store.file('dump')]]) {
    const cut = limited(...words)
    assert.equal(cut.status, 4, `${words[0]}: ${cut.signal}`)
    assert.match(cut.stderr, /^tsunagari: /m)
  }
  assert.deepEqual(readdirSync(dir), ['public.snap'])
  const nowhere = store.run('publish', '--audience', 'public',
    store.file('no/such/dir.snap'))
  assert.equal(nowhere.code, 4, nowhere.stderr)
  const folder = store.run('publish', '--audience', 'public', dir)
  assert.notEqual(folder.code, 0)
  assert.deepEqual(readdirSync(dir), ['public.snap'])
  assert.equal(store.run('publish', '--audience', 'all', path).code, 2)
})

test('rollback__shows_an_earlier_run_again_byte_by_byte', () => {
  const first = lastRun(store)
  store.must('publish', '--audience', 'public', store.file('first.snap'))
  store.must('weights', 'set', 'worth_urgency_1=300000',
    'distance_price_per_km=0', '--reason', 'test', '--use')
  store.must('match', '--date', DATE)
  store.must('publish', '--audience', 'public', store.file('live.snap'))
  assert.ok(!readFileSync(store.file('live.snap'))
    .equals(readFileSync(store.file('first.snap'))))
  copyFileSync(store.file('live.snap'), store.file('second.snap'))
  store.must('publish', '--audience', 'public', store.file('live.snap'))
  store.must('rollback', String(first), '--audience', 'public',
    store.file('live.snap'))
  assert.ok(readFileSync(store.file('live.snap'))
    .equals(readFileSync(store.file('first.snap'))))
  assert.notEqual(store.run('rollback', '9999', '--audience', 'public',
    store.file('live.snap')).code, 0)
})

test('snapshot__a_damaged_file_is_refused', () => {
  const bytes = readFileSync(store.file('first.snap'))
  const path = store.file('damaged.snap')
  for (const [name, change] of Object.entries({
    truncated: (b) => b.subarray(0, b.length - 1),
    empty: () => Buffer.alloc(0),
    flipped: (b) => { const c = Buffer.from(b); c[c.length >> 1] ^= 1; return c },
    longer: (b) => Buffer.concat([b, Buffer.from([0])]),
  })) {
    writeFileSync(path, change(bytes))
    const done = run(['snapshot', path])
    assert.equal(done.code, 3, `${name}: ${done.stderr}`)
    assert.match(done.stderr, /damaged\.snap/)
  }
})

test('match__every_pair_of_exit_code_and_cause', () => {
  const none = run(['match', '--store', store.file('none.db')])
  assert.equal(none.code, 4, none.stderr)
  const usage = run(['match', '--time-limit', 'soon'], { env: store.env })
  assert.equal(usage.code, 2, usage.stderr)
})
