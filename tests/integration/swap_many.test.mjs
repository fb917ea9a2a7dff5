// A thousand generations under load, nginx reloaded in between: no wrong
// answer, no failed one, none older than two seconds, memory flat.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { linkSync, mkdtempSync, readFileSync, renameSync, rmSync }
  from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { buildDir, request, sanitized, startNginx, statusPage }
  from './nginx.mjs'
import { until } from './until.mjs'

const SWAPS = Number(process.env.SWAPS ?? 1000)
const STALE_MS = 2000
// Files made beforehand, published in turn: one comes again after STALE_MS.
const FILES = 160
const documents = (run) => 100 + run

const kilobytes = (pid) => Number(readFileSync(`/proc/${pid}/status`, 'utf8')
  .match(/VmRSS:\s+(\d+)/)[1])
const maps = (pid) => readFileSync(`/proc/${pid}/maps`, 'utf8').trim()
  .split('\n')

// Publications: which run when.  The file is one of FILES, the run its own.
class Publisher {
  constructor(dir) {
    this.dir = dir
    this.snap = join(dir, 'public.snap')
    this.log = []
    for (let run = 1; run <= FILES; run++) {
      execFileSync(join(buildDir, 'unit/module/make_sample'),
        [this.file(run), run, documents(run), run, 0].map(String))
    }
  }

  file(run) {
    return join(this.dir, `${run}.snap`)
  }

  next() {
    const run = this.log.length % FILES + 1
    linkSync(this.file(run), `${this.snap}.new`)
    renameSync(`${this.snap}.new`, this.snap)
    this.log.push({ run, at: Date.now() })
  }

  // Whether the run was, or came to be, the newest within [from, to].
  fresh(run, from, to) {
    for (let i = this.log.length - 1; i >= 0; i--) {
      if (this.log[i].at > to) continue
      if (this.log[i].run === run) return true
      if (this.log[i].at < from) return false
    }
    return false
  }
}

// Clients that ask without a pause until the function returned is called.
function load(server, publisher, clients) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: clients })
  const result = { answers: 0, runs: new Set(), wrong: [] }
  let running = true
  const client = async (number) => {
    for (let i = number; running; i++) {
      const before = Date.now()
      const path = `/t/resources.json${['', `?tag=none${i}`][i % 2]}`
      try {
        const answer = await request(server.port, path, { agent })
        if (answer.status !== 200) {
          result.wrong.push(`${path}: ${answer.status}`)
          continue
        }
        const { run, total, generation } = answer.json()
        result.answers++
        result.runs.add(run)
        if ((i % 2 === 0 && total !== documents(run)) ||
          !generation.startsWith(`${run}-`)) {
          result.wrong.push(`run ${run}: ${total} documents, ${generation}`)
        }
        if (!publisher.fresh(run, before - STALE_MS, Date.now())) {
          result.wrong.push(`run ${run} is older than ${STALE_MS} ms`)
        }
      } catch (error) {
        // a keep-alive connection may be closed by a worker that ends
        if (!/socket hang up|ECONNRESET/.test(error.message)) {
          result.wrong.push(String(error))
        }
      }
    }
  }
  const all = Promise.all(Array.from({ length: clients }, (_, i) => client(i)))
  return async () => {
    running = false
    await all
    agent.destroy()
    return result
  }
}

test('swap__a_thousand_generations_and_nothing_grows', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'tsunagari-many-'))
  let server, stop
  try {
    const publisher = new Publisher(dir)
    publisher.next()
    server = await startNginx({ workers: 3,
      locations: { '/t/': publisher.snap },
      httpLines: 'tsunagari_check_interval 10ms; tsunagari_memo 256k;',
      serverLines: statusPage })
    const most = () => Math.max(...server.workers().map(kilobytes))
    const swaps = async () => (await server.snapshots())[0].workers
      .map((worker) => worker.swaps)
    const publish = async (count) => {
      for (let i = 0; i < count; i++) {
        publisher.next()
        await sleep(18)
      }
    }
    stop = load(server, publisher, 4)
    await publish(SWAPS / 10)
    const early = most()
    await publish(SWAPS * 4 / 10)
    const late = most()
    // hardly one was passed over: each worker takes them over itself
    const taken = Math.min(...await swaps())
    assert.ok(taken > SWAPS / 8, `only ${taken} taken over`)
    const shared = maps(server.pid).length
    for (let i = 0; i < 5; i++) {
      await Promise.all([server.reload(), publish(SWAPS / 10)])
    }
    const { answers, runs, wrong } = await stop()
    assert.deepEqual(wrong, [])
    assert.ok(answers > SWAPS / 2, `${answers} answers`)
    assert.equal(runs.size, FILES)
    assert.ok(sanitized || late < early + 512, `${early} kB, then ${late} kB`)
    assert.ok(sanitized || most() < early + 512,
      `${early} kB, then ${most()} kB`)
    assert.ok(maps(server.pid).length <= shared + 2, 'the master keeps maps')
    await until(() => server.workers().every((pid) => maps(pid)
      .filter((map) => map.includes(dir)).length === 1), 'an old one is kept')
  } finally {
    await stop?.()
    await server?.stop()
    rmSync(dir, { recursive: true, force: true })
  }
})
