// staff.mjs: `make bench-staff`: what a page of the service costs, and what
// the public notices while staff write, in one interleaved run.
//   ENTRIES=N   made-up entries in the store (10000)
//   ROUNDS=N    (5)   SECONDS=N  of each case in each round (2)
// CPU is that of the service's processes, so that other work on the machine
// counts little; latencies are wrk's, quiet and writing taking turns.  With two
// processors, nginx and wrk have the first, the service and its clients the
// second: what is left is what nginx itself does for them.
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

import { startService } from '../integration/service.mjs'
import { binary, DATE, newStore } from '../integration/tsunagari.mjs'

const number = (name, fallback) => Number(process.env[name] ?? fallback)
const entries = number('ENTRIES', 10000)
const rounds = number('ROUNDS', 5)
const seconds = number('SECONDS', 2)
const tick = 1000 / Number(execFileSync('getconf', ['CLK_TCK']))

const store = newStore()
const say = (text) => console.log(text)
execFileSync(binary, ['generate', '--entries', String(entries), '--date',
  DATE], { env: { ...process.env, ...store.env } })
if (entries <= 10000) {
  store.must('match', '--time-limit', '30', '--date', DATE, '--quiet')
} else {
  store.exec(`INSERT INTO runs (plan_date, state, actor, started_at) VALUES
    ('${DATE}', 'feasible', 'bench', '${DATE}T00:00:00Z')`)
}
const site = await startService({ store, snapshots: true })

// Milliseconds of CPU of the service and its workers.
function spent() {
  const pid = site.pid()
  let ticks = 0
  for (const name of readdirSync('/proc').filter((n) => /^\d+$/.test(n))) {
    let stat
    try {
      stat = readFileSync(`/proc/${name}/stat`, 'utf8')
    } catch {
      continue // it has ended
    }
    const field = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (Number(name) === pid || Number(field[1]) === pid) {
      ticks += Number(field[11]) + Number(field[12])
    }
  }
  return ticks * tick
}

// A process, its threads and its children.
function pin(pid, cpu) {
  if (cpus().length < 2) return
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  for (const one of [String(pid), ...children.split(' ').filter(Boolean)]) {
    execFileSync('taskset', ['-apc', String(cpu), one])
  }
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1]

try {
  const admin = await site.login('admin')
  const home = await admin.get('/staff/')
  const menu = [...home.text.matchAll(/<a href="(\/staff\/[^"?]*)"/g)]
    .map(([, path]) => path)
  const paths = [...new Set(menu)].filter((path) =>
    !/password|logout/.test(path))
  say(`${entries} entries; CPU of the service per page`)
  for (const path of paths) {
    const before = spent(), times = []
    let answer
    for (let n = 0; n < 20; n++) {
      const start = performance.now()
      answer = await admin.get(path)
      times.push(performance.now() - start)
    }
    say(`  ${((spent() - before) / 20).toFixed(1).padStart(7)} ms` +
      `  (wall, median ${median(times).toFixed(1)} ms)` +
      `  ${answer.status} ${path}`)
  }

  // p99 of a public page, quiet and while staff write as fast as they can
  // one after the other.
  pin(site.server.pid, 0)
  pin(site.pid(), 1)
  pin(process.pid, 1)
  const tuner = await site.login('tuner')
  const form = await tuner.get('/staff/weights/history')
  const p99 = { quiet: [], writing: [] }
  let writes = 0
  for (let round = 0; round < rounds; round++) {
    for (const way of ['quiet', 'writing']) {
      let on = way === 'writing'
      const writer = (async () => {
        while (on) {
          const done = await tuner.submit(form, '/staff/weights/name',
            { version: '0', name: `名${writes++ % 50}` })
          if (done.status !== 200) throw new Error(`write: ${done.status}`)
          await sleep(100)
        }
      })()
      const text = await new Promise((done, failed) => {
        const wrk = spawn('taskset', ['-c', '0', 'wrk', '-t1', '-c1', `-d${seconds}`, '--latency',
          `${site.url}/tsunagari/resources?region=142166`])
        let out = ''
        wrk.stdout.on('data', (part) => { out += part })
        wrk.on('error', failed)
        wrk.on('exit', () => done(out))
      })
      on = false
      await writer
      if (/Non-2xx/.test(text)) throw new Error(text)
      const [, value, unit] = text.match(/99%\s+([\d.]+)(us|ms|s)/)
      p99[way].push(value * { us: 1, ms: 1000, s: 1e6 }[unit])
    }
  }
  const [quiet, writing] = [median(p99.quiet), median(p99.writing)]
  say(`public page, p99 of one connection: ${quiet.toFixed(0)} us quiet, ` +
    `${writing.toFixed(0)} us while staff write (${writes} writes): ` +
    `${(writing / quiet).toFixed(2)} times`)
} finally {
  await site.stop()
}
