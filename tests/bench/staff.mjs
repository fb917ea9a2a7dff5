// staff.mjs: `make bench-staff`: what a page of the service costs, and what
// the public notices while staff write.
//   BUILD=DIR   built by `make all` (build)
//   ENTRIES=N   made-up entries in the store (10000)
//   LIMIT=N     seconds that the solver may take for its plan (60)
//   EACH=N      times that each page is asked for (10)
//   ROUNDS=N    (32)   SECONDS=N  of each case in each round (0.5)
// The store has a plan, as after a night: lists of suggestions, coverage and
// causes are full.  It is made once and kept in BUILD/bench until the program
// changes; what is measured is a copy.
// Pages are found by following links, one of each kind (numbers in an address
// make no other kind), and with them what people type into search fields.
// A page's CPU is that of the service's processes by the kernel's clock, the
// median of its requests, so that other work on the machine counts little.
// The public's latencies are latency.c's, which leaves out answers during
// which nginx or itself had to wait for a processor, and counts them.  A round
// is twice quiet and once while staff write, in turn; with two processors,
// nginx and its client have the first, the service and its clients the second.
import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync,
  writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { buildDir } from '../integration/nginx.mjs'
import { childrenOf, spent } from '../integration/processes.mjs'
import { startService } from '../integration/service.mjs'
import { binary, DATE, newStore } from '../integration/tsunagari.mjs'
import { bar, head, median, sum, told } from './bars.mjs'

const number = (name, fallback) => Number(process.env[name] ?? fallback)
const entries = number('ENTRIES', 10000)
const limit = number('LIMIT', 60)
const each = number('EACH', 10)
const rounds = number('ROUNDS', 32)
const seconds = number('SECONDS', 0.5)
const dir = join(buildDir, 'bench')
const say = (text) => console.log(text)

const changed = (path) =>
  existsSync(path) ? statSync(path).mtimeMs : -Infinity

// A store with a plan, and its public snapshot.
function prepare() {
  const store = join(dir, `staff-${entries}.db`)
  const snapshot = join(dir, `staff-${entries}.snap`)
  const run = (...words) => execFileSync(binary, [...words, '--store', store,
    '--date', DATE, '--actor', 'bench', '--quiet'], { stdio: 'ignore' })
  if (changed(snapshot) > changed(binary)) return { store, snapshot }
  mkdirSync(dir, { recursive: true })
  for (const file of [store, `${store}-wal`, `${store}-shm`, snapshot]) {
    rmSync(file, { force: true })
  }
  run('init')
  run('generate', '--entries', String(entries))
  run('match', '--time-limit', String(limit))
  run('publish', '--audience', 'public', `${snapshot}.new`)
  renameSync(`${snapshot}.new`, snapshot) // whole, or not there
  return { store, snapshot }
}

// A process, its threads and its children.
function pin(pid, cpu) {
  if (cpus().length < 2) return
  for (const one of [pid, ...childrenOf(pid)]) {
    execFileSync('taskset', ['-apc', String(cpu), String(one)])
  }
}

// What stands for the kind of a page: two addresses of one kind differ in
// numbers, days or in what comes after which row.
const kindOf = (path) => path.replace(/\d[\d-]*/g, '#')
const isPage = (path) =>
  !/\.(csv|xlsx|js|css)\b|logout|password|count=1/.test(path)

// The pages that links lead to, one of each kind, in the order of finding.
async function crawl(client, start) {
  const found = new Map(start.map((path) => [kindOf(path), path]))
  for (const path of found.values()) { // goes on while it grows
    const { text } = await client.get(path)
    for (const [, link] of text.matchAll(
      /<a\s[^>]*href="(\/(?:staff|member)\/[^"#]*)/g)) {
      const to = link.replaceAll('&amp;', '&')
      if (isPage(to) && !found.has(kindOf(to))) found.set(kindOf(to), to)
    }
  }
  return [...found.values()]
}

async function measurePages(site, client, paths) {
  const taken = []
  for (const path of paths) {
    const cpu = [], wall = []
    let answer
    for (let n = 0; n < each; n++) {
      const before = spent(site.pid()), start = performance.now()
      answer = await client.get(path)
      wall.push(performance.now() - start)
      cpu.push(spent(site.pid()) - before)
    }
    if (answer.status !== 200) throw new Error(`${answer.status} ${path}`)
    taken.push({ path, cpu: median(cpu) })
    say(`  ${median(cpu).toFixed(1).padStart(7)} ms` +
      `  (wall ${median(wall).toFixed(1)} ms)  ` +
      `${(answer.text.length / 1024).toFixed(0).padStart(4)} KiB  ${path}`)
  }
  return taken
}

// The organisation that has most suggestions.
const busiest = (store) => store.one(`SELECT o.key FROM plan_lines AS p
  JOIN entries AS e ON e.id IN (p.need_id, p.offer_id)
  JOIN organisations AS o ON o.id = e.organisation_id
  WHERE p.need_id IS NOT NULL GROUP BY o.id ORDER BY count(*) DESC LIMIT 1`)

async function pages(site, admin) {
  say(`${entries} entries, ${site.store.one('SELECT count(*) FROM ' +
    'plan_lines WHERE need_id IS NOT NULL')} suggestions; ` +
    'CPU of the service per page')
  const found = await crawl(admin, ['/staff/'])
  const typed = ['/staff/entries?state=approved&text=%E3%81%AA%E3%81%84%E8%AA%9E',
    '/staff/entries?state=approved&side=need',
    '/staff/organisations?text=%E3%81%AA%E3%81%84%E8%AA%9E']
  const staff = await measurePages(site, admin, [...found, ...typed])
  const member = await site.login('member', busiest(site.store))
  const members = await measurePages(site, member,
    await crawl(member, ['/member/']))
  return [...staff, ...members].sort((a, b) => b.cpu - a.cpu)[0]
}

// Latencies of a public page, one client after the other: p99, and how many
// answers count and do not.
async function listen(site, paths) {
  const [worker] = site.server.workers()
  const words = ['taskset', '-c', '0', join(dir, 'latency'),
    String(new URL(site.url).port), paths, String(seconds), '1',
    String(worker)]
  if (process.getuid() === 0) words.unshift('nice', '-n', '-20')
  const child = spawn(words[0], words.slice(1),
    { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.on('data', (part) => { out += part })
  await new Promise((done) => child.on('close', done))
  const [, kept, , p99, , left] = out.match(
    /RESULT (\d+) (\d+) (\d+) (\d+) (\d+)/).map(Number)
  return { kept, p99, left }
}

// While staff write, ten times a second.
async function whileWriting(tuner, form, work) {
  let on = true, writes = 0
  const writer = (async () => {
    while (on) {
      const done = await tuner.submit(form, '/staff/weights/name',
        { version: '0', name: `名${writes++ % 50}` })
      if (done.status !== 200) throw new Error(`write: ${done.status}`)
      await sleep(100)
    }
  })()
  const result = await work()
  on = false
  await writer
  return { ...result, writes }
}

// p99 of a public page, quiet, the same again, and while staff write: what is
// compared is each round's writing with the mean of its two quiet ones; these
// with one another tell what chance does.
async function publicSide(site) {
  pin(site.server.pid, 0)
  if (process.getuid() === 0) { // before what else the machine has to do
    execFileSync('renice', ['-n', '-20', '-p',
      ...site.server.workers().map(String)], { stdio: 'ignore' })
  }
  pin(site.pid(), 1)
  pin(process.pid, 1)
  const tuner = await site.login('tuner')
  const form = await tuner.get('/staff/weights/history')
  const paths = site.store.file('paths')
  const page = '/tsunagari/resources?region=142166'
  writeFileSync(paths, `${page}\n`)
  for (let tries = 0; (await site.server.get(page)).status !== 200; tries++) {
    if (tries > 600) throw new Error(`no ${page}:\n${site.server.log()}`)
    await sleep(100) // a large snapshot is checked before it is served
  }
  const names = ['quiet', 'again', 'writing']
  const taken = { quiet: [], again: [], writing: [] }
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < 3; turn++) {
      const name = names[(turn + round) % 3]
      taken[name].push(name === 'writing'
        ? await whileWriting(tuner, form, () => listen(site, paths))
        : await listen(site, paths))
    }
  }
  const all = (name, field) => taken[name].map((one) => one[field])
  const left = (name) => (100 * sum(all(name, 'left')) /
    (sum(all(name, 'left')) + sum(all(name, 'kept')))).toFixed(1)
  say('public page, p99 of one connection, us: ' + names.map((name) =>
    `${name} ${median(all(name, 'p99')).toFixed(0)}`).join(', ') +
    `; ${sum(all('writing', 'writes'))} writes; answers left out, %: ` +
    names.map((name) => `${name} ${left(name)}`).join(', '))
  const quiet = taken.quiet.map((one, i) => (one.p99 + taken.again[i].p99) / 2)
  head()
  bar('p99 quiet by the same again',
    taken.again.map((one, i) => one.p99 / taken.quiet[i].p99))
  bar('p99 while staff write by quiet',
    taken.writing.map((one, i) => one.p99 / quiet[i]), ['<=', 1.1])
}

const made = prepare()
const store = newStore()
copyFileSync(made.store, store.path)
const site = await startService({ store, snapshots: made.snapshot,
  httpMore: 'keepalive_requests 100000000;' })
try {
  const admin = await site.login('admin')
  const dearest = await pages(site, admin)
  await publicSide(site)
  bar('the dearest page, ms of CPU', [dearest.cpu], ['<=', 50])
  say(`    ${dearest.path}`)
  told()
} finally {
  await site.stop()
}
