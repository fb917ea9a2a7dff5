// The command line's imports, as an operator meets them: all rows or none,
// each fault with its place, and the same file again changes nothing.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { after, before, test } from 'node:test'

import { binary, DATE, must, newStore, run } from './tsunagari.mjs'
import { until } from './until.mjs'

const demo = new URL('../../optimizer/demo/', import.meta.url).pathname

const organisations = `key,name,list,region
ORG-1,一号の会,entry,座間市
ORG-2,二号の会,entry,海老名市
`
const header = 'key,side,organisation,title,lines,region,date_start,people'
const rows = [
  'E-1,offer,ORG-1,朝の体操,居場所 20人,座間市,,5～20名',
  'E-2,need,ORG-2,会場がほしい,施設・場所 1室,海老名市,2026-12-01,',
  'E-3,offer,二号の会,"カンマ, と ""引用""",居場所 3人 住民向け,海老名市,,',
]

let store

before(() => {
  store = newStore()
  writeFileSync(store.file('orgs.csv'), organisations)
  store.must('import', 'organisations', store.file('orgs.csv'))
})

after(() => store?.remove())

function sheet(name, lines) {
  const path = store.file(name)
  writeFileSync(path, `${[header, ...lines].join('\n')}\n`)
  return path
}

const content = () => JSON.stringify(
  ['organisations', 'organisation_aliases', 'entries', 'entry_lines',
    'entry_regions', 'entry_tags', 'entry_targets', 'screenings', 'audit']
    .map((table) => store.rows(`SELECT * FROM ${table} ORDER BY 1, 2`)))

test('import__bad_rows_are_all_named_and_none_is_written', () => {
  const bad = sheet('bad.csv', [rows[0],
    'E-2,both,ORG-2,会場がほしい,施設・場所 1室,海老名市,2026-02-30,',
    'E-3,offer,誰でもない会,体操,居場所 20人,座間市,,',
    'E-4,offer,ORG-1,体操,魔法 20人,ないない市,,'])
  const was = content()
  const done = store.run('import', 'entries', bad, '--date', DATE)
  assert.equal(done.code, 3, done.stderr)
  assert.equal(content(), was)
  const said = done.stderr.split('\n')
  for (const place of [/bad\.csv:3:5: side: /, /bad\.csv:3:37: date_start: /,
    /bad\.csv:4:11: organisation: /, /bad\.csv:5:20: lines: /,
    /bad\.csv:5:27: region: /]) {
    assert.ok(said.some((line) => place.test(line)), `${place}\n${done.stderr}`)
  }
})

test('import__dry_run_writes_nothing', () => {
  const was = content()
  const done = store.must('import', 'entries', sheet('good.csv', rows),
    '--dry-run', '--json', '--date', DATE)
  assert.equal(JSON.parse(done.stdout).inserted, 3)
  assert.equal(JSON.parse(done.stdout).written, false)
  assert.equal(content(), was)
})

test('import__skip_bad_keeps_the_good_rows', () => {
  const path = sheet('half.csv', [rows[0], 'E-9,,,,,,,'])
  const done = store.run('import', 'entries', path, '--skip-bad', '--json',
    '--date', DATE)
  assert.equal(done.code, 0, done.stderr)
  const { inserted, bad } = JSON.parse(done.stdout)
  assert.deepEqual([inserted, bad], [1, 1])
  assert.equal(store.one('SELECT count(*) FROM entries'), 1)
})

test('import__the_same_file_again_changes_nothing', () => {
  const path = sheet('good.csv', rows)
  store.must('import', 'entries', path, '--date', DATE, '--approve')
  const entries = () => JSON.stringify(store.rows(
    'SELECT id, key, title, people_min, people_max, state FROM entries ' +
    'ORDER BY id'))
  const was = entries()
  const done = store.must('import', 'entries', path, '--date', DATE,
    '--approve', '--json')
  const counts = JSON.parse(done.stdout)
  assert.deepEqual([counts.inserted, counts.updated, counts.unchanged],
    [0, 0, 3])
  assert.equal(entries(), was)
  assert.deepEqual(store.rows(
    'SELECT people_min, people_max, people_text FROM entries ' +
    "WHERE title = '朝の体操'"),
  [{ people_min: 5, people_max: 20, people_text: '5～20名' }])
})

test('import__a_changed_row_updates_its_entry_and_the_audit', () => {
  const id = store.one("SELECT id FROM entries WHERE title = '朝の体操'")
  const audits = store.one('SELECT count(*) FROM audit')
  const path = sheet('good.csv',
    [rows[0].replace('朝の体操', '夕べの体操'), ...rows.slice(1)])
  const done = store.must('import', 'entries', path, '--date', DATE,
    '--approve', '--json')
  assert.equal(JSON.parse(done.stdout).updated, 1)
  assert.equal(store.one("SELECT id FROM entries WHERE title = '夕べの体操'"),
    id)
  assert.ok(store.one('SELECT count(*) FROM audit') > audits)
  assert.equal(store.one('SELECT actor FROM audit ORDER BY id DESC LIMIT 1'),
    'test')
})

test('import__the_template_is_a_sheet_that_imports', () => {
  const template = must(['template', 'entries']).stdout
  assert.ok(template.startsWith('\uFEFF'), 'a BOM for Excel')
  writeFileSync(store.file('template.csv'), template)
  const done = store.must('import', 'entries', store.file('template.csv'),
    '--json', '--date', DATE)
  assert.equal(JSON.parse(done.stdout).rows, 0)
})

test('import__hostile_files_are_refused_with_a_reason', () => {
  const cases = {
    'empty.csv': '',
    'no_header.csv': '\n\n',
    'bad_utf8.csv': Buffer.concat([Buffer.from(`${header}\n`),
      Buffer.from([0xE3, 0x81, 0x0A])]),
    'open_quote.csv': `${header}\nE-1,"offer\n`,
    'nul.csv': `${header}\nE-1,of\0fer,ORG-1,a,居場所 1人,座間市,,\n`,
    'columns.csv': `${header}\nE-1,offer\n`,
    'twice.csv': `${header}\n${rows[0]}\n${rows[0]}\n`,
    'other.csv': 'a,b,c\n1,2,3\n',
  }
  const was = content()
  for (const [name, bytes] of Object.entries(cases)) {
    writeFileSync(store.file(name), bytes)
    const done = store.run('import', 'entries', store.file(name), '--date',
      DATE)
    assert.equal(done.code, 3, `${name}: ${done.stderr}`)
    assert.ok(done.stderr.includes(name), `${name}: ${done.stderr}`)
  }
  assert.equal(content(), was)
  const missing = store.run('import', 'entries', store.file('missing.csv'))
  assert.ok([3, 4].includes(missing.code), missing.stderr)
  assert.match(missing.stderr, /missing\.csv/)
})

test('import__usage_is_exit_code_two', () => {
  for (const args of [[], ['nothing'], ['import'], ['import', 'entries'],
    ['import', 'things', 'x.csv'], ['import', 'entries', 'x', '--wrong'],
    ['import', 'entries', 'x', '--date', '2026-02-30'],
    ['weights', 'set'], ['template', 'things']]) {
    const done = run(args, { env: store.env })
    assert.equal(done.code, 2, `${args.join(' ')}: ${done.stderr}`)
    assert.notEqual(done.stderr, '')
  }
})

test('import__members_and_cases_go_in_as_they_are', () => {
  const one = newStore()
  try {
    one.must('import', 'organisations', `${demo}members.csv`)
    assert.equal(one.one('SELECT count(*) FROM organisations WHERE member'),
      35)
    one.must('import', 'cases', `${demo}cases.csv`, '--approve', '--date',
      DATE)
    assert.equal(one.one("SELECT count(*) FROM entries WHERE origin = 'case'"),
      48)
    one.must('check')
  } finally {
    one.remove()
  }
})

test('import__a_broken_store_is_named', () => {
  writeFileSync(store.file('text.db'), 'this is no database at all, is it\n')
  const done = run(['import', 'entries', 'x.csv', '--store',
    store.file('text.db')])
  assert.equal(done.code, 4, done.stderr)
  assert.match(done.stderr, /text\.db/)
  assert.equal(readFileSync(store.file('text.db'), 'utf8'),
    'this is no database at all, is it\n')
})

// Does the process wait for what comes through the pipe?
function waitsFor(pid, pipe) {
  const [call, fd] = readFileSync(`/proc/${pid}/syscall`, 'utf8').split(' ')
  try {
    return ['0', '63'].includes(call) && // read()
      readlinkSync(`/proc/${pid}/fd/${Number(fd)}`) === pipe
  } catch {
    return false // another file, which is closed by now
  }
}

// Rows come one by one, from a program that thinks: staff write meanwhile.
test('import__of_a_slow_pipe_holds_nobody_up_and_reads_all', async () => {
  const pipe = store.file('pipe')
  execFileSync('mkfifo', [pipe])
  for (const path of ['-', '/dev/stdin', pipe]) {
    const name = `p${path.replaceAll(/[^a-z]/g, '')}`
    const child = spawn('sh', ['-c', path === pipe
      ? 'exec "$0" import organisations "$1"'
      : 'exec "$0" import organisations "$1" < "$2"', binary, path, pipe],
    { stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env.PATH, ...store.env } })
    let said = ''
    child.stderr.on('data', (text) => { said += text })
    const ended = once(child, 'exit')
    const to = await open(pipe, 'w')
    try {
      const half = Math.floor(organisations.length / 2)
      const text = organisations.replaceAll('ORG', name)
        .replaceAll('の会', `の会${name}`)
      await to.write(text.slice(0, half))
      await until(() => child.exitCode !== null || waitsFor(child.pid, pipe))
      const written = store.run('profile', 'save', name)
      assert.deepEqual([path, written.code, written.stderr], [path, 0, ''])
      await to.write(text.slice(half))
    } finally {
      await to.close()
    }
    assert.deepEqual([path, (await ended)[0], said], [path, 0, ''])
    assert.equal(store.one('SELECT count(*) FROM organisations' +
      ` WHERE key LIKE '${name}%'`), 2, path)
  }
})
