// swap.mjs: made-up snapshots in which run N has N + 100 documents, so that
// every answer proves which file it came from, the server that they are
// published to, and what is asked of it while they change.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync,
  readlinkSync, renameSync, rmSync, truncateSync, writeFileSync, writeSync }
  from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { buildDir, request, startNginx, statusPage } from './nginx.mjs'

const maker = join(buildDir, 'unit/module/make_sample')
export const LIMIT_MS = 2000
const FILE_SIZE = 16 // in the header
export const documents = (run) => 100 + run

export let dir, snap, server
let stopLoad
export const make = (path, run, audience = 0) => execFileSync(maker,
  [path, String(run), String(documents(run)), String(run), String(audience)])

// As the publisher does it: a new file beside, then a rename.
export function publish(run, path = snap) {
  make(`${path}.new`, run)
  renameSync(`${path}.new`, path)
}

export function publishBytes(bytes, path = snap) {
  writeFileSync(`${path}.new`, bytes)
  renameSync(`${path}.new`, path)
}

// A good one with a gigabyte of nothing behind it: it takes longer to warm
// than there is time.
export function publishLong(run) {
  make(`${snap}.new`, run)
  const fd = openSync(`${snap}.new`, 'r+')
  const size = Buffer.alloc(8)
  size.writeBigUInt64LE(1n << 30n)
  writeSync(fd, size, 0, 8, FILE_SIZE)
  closeSync(fd)
  truncateSync(`${snap}.new`, 1 << 30)
  renameSync(`${snap}.new`, snap)
}

export async function runOf(path = '/t/resources.json') {
  const answer = await server.get(path)
  return answer.status === 200 ? answer.json().run : answer.status
}

// Every worker answers with the run, and none maps an old file: one that got
// none of the requests has swapped, too.
export async function served(run, limit = LIMIT_MS) {
  const end = Date.now() + limit
  for (;;) {
    const runs = await Promise.all(Array.from({ length: 12 }, () => runOf()))
    const old = workersMaps().flat().filter((map) => /deleted/.test(map))
    if (runs.every((value) => value === run) && old.length === 0) return
    assert.ok(Date.now() < end, `after ${limit} ms still ${runs} ${old}`)
    await sleep(50)
  }
}

// Clients that ask without a pause until stop(); each answer is checked
// against its own generation.
export function load(clients, { tolerated = [] } = {}) {
  const paths = ['/t/resources.json', '/t/resources.json?q=a&page=2',
    '/t/resources', '/t/resources/17.json', '/t/']
  const agent = new http.Agent({ keepAlive: true, maxSockets: clients })
  const seen = new Map()
  const wrong = []
  let running = true
  const client = async (number) => {
    for (let i = number; running; i++) {
      // every other request is one nobody made before
      const path = i % 2 ? `/t/resources.json?q=a&tag=none${i}&tag=t0${i % 9}`
        : paths[i / 2 % paths.length]
      try {
        const answer = await request(server.port, path, { agent })
        seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1)
        if (answer.status !== 200) {
          if (!tolerated.includes(answer.status)) {
            wrong.push(`${path}: ${answer.status}`)
          }
        } else if (path === paths[0]) {
          const { run, total, generation } = answer.json()
          if (total !== documents(run) || !generation.startsWith(`${run}-`)) {
            wrong.push(`run ${run}: ${total} documents, ${generation}`)
          }
        }
      } catch (error) {
        wrong.push(`${path}: ${error.message}`)
        await sleep(20)
      }
    }
  }
  const all = Promise.all(Array.from({ length: clients }, (_, i) => client(i)))
  stopLoad = async () => {
    stopLoad = null
    running = false
    await all
    agent.destroy()
    return { seen, wrong }
  }
  return stopLoad
}

export const workersFiles = () => server.workers().map((pid) =>
  readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith(dir)
    } catch {
      return false
    }
  }).length)

export const workersMaps = () => server.workers().map((pid) => {
  try {
    return readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')
      .filter((line) => line.includes(dir))
  } catch {
    return [] // it has ended
  }
})

export async function start({ serverLines = '', ...options } = {}) {
  server = await startNginx({ workers: 2, locations: { '/t/': snap },
    serverLines: `${statusPage} ${serverLines}`, ...options })
}

// What each worker tells of the first snapshot.
export const figures = async () => (await server.snapshots())[0].workers

// Once it is so of all of them, as soon as a good file would serve.
export const told = (what) => server.told(what, { seconds: LIMIT_MS / 1000 })

// Tests that each begin with a directory of their own, and no server.
export function swaps(tests) {
  describe('swap', () => {
    beforeEach(() => {
      dir = mkdtempSync(join(tmpdir(), 'tsunagari-swap-'))
      snap = join(dir, 'public.snap')
    })
    afterEach(async () => {
      const running = server
      try {
        await stopLoad?.()
        await running?.stop()
      } finally {
        rmSync(dir, { recursive: true, force: true })
      }
    })
    tests()
  })
}
