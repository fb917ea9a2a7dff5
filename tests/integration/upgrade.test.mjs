// nginx replaced under load: by reloads, and by another binary (USR2, QUIT).
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync,
  writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'

import { buildDir, nginxPath, request, startNginx, statusPage, trouble,
  workersOf } from './nginx.mjs'
import { childrenOf } from './processes.mjs'
import { until } from './until.mjs'

let dir, server
const snap = (name) => join(dir, name)

function publish(run, name = 'one') {
  execFileSync(join(buildDir, 'unit/module/make_sample'),
    [`${snap(name)}.new`, run, run + 100, run, 0].map(String))
  renameSync(`${snap(name)}.new`, snap(name))
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tsunagari-upgrade-'))
})

afterEach(async () => {
  try {
    await server?.stop()
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})

// Asks on a new connection each time: not one of them may fail.
function load(port, clients, seen = []) {
  let running = true
  const client = async () => {
    while (running) {
      try {
        const { status, json } = await request(port,
          '/t/resources.json', { headers: { connection: 'close' } })
        const answer = status === 200 ? json() : {}
        seen.push(answer.total === answer.run + 100 ? answer.run : status)
      } catch (error) {
        seen.push(error.message)
      }
    }
  }
  const all = Promise.all(Array.from({ length: clients }, client))
  return async () => {
    running = false
    await all
    return [...new Set(seen)].sort()
  }
}

const runIs = (run) => async () =>
  (await server.get('/t/resources.json')).json().run === run

test('upgrade__a_reload_takes_other_files_and_settings', async () => {
  publish(1)
  publish(7, 'other')
  server = await startNginx({ workers: 2, locations: { '/t/': snap('one') },
    httpLines: 'tsunagari_check_interval 50ms;',
    serverLines: statusPage })
  const conf = readFileSync(server.conf, 'utf8')
  const seen = []
  const stop = load(server.port, 4, seen)
  await until(() => seen.length > 0, 'nobody is answered')
  for (const [run, from, to] of [[7, snap('one'), snap('other')],
    [1, 'tsunagari_check_interval 50ms;', 'tsunagari_memo 0;'],
    [7, `${snap('one')};`, `${snap('other')}; tsunagari_gzip off;`],
    [1, statusPage, '']]) {
    assert.ok(conf.includes(from))
    await server.reload(conf.replace(from, to))
    assert.ok(await runIs(run)(), `run ${run} does not come`)
    assert.equal((await server.get('/status')).status, to === '' ? 404 : 200)
  }
  // a configuration that is refused changes nothing
  const before = server.workers()
  server.configure(conf.replace('tsunagari on;', 'tsunagari maybe;'))
  server.signal('SIGHUP')
  await until(() => /\[emerg\].*invalid value "maybe"/.test(server.log()))
  assert.ok(await runIs(1)())
  assert.deepEqual(await stop(), [1, 7])
  assert.deepEqual(server.workers(), before)
  await server.stop({ allow: /invalid value "maybe"/ })
  server = null
})

// 0: there is none yet.
const pidOf = (path) => existsSync(path) ? Number(readFileSync(path, 'utf8'))
  : 0

// As a daemon: nginx hands over to another binary only when it is none's
// child any more.
test('upgrade__another_binary_takes_over_and_hands_back', async () => {
  publish(1)
  // its directory, configuration and port, then a daemon in its place
  server = await startNginx({ workers: 2, locations: { '/t/': snap('one') },
    httpLines: 'tsunagari_check_interval 50ms;',
    serverLines: statusPage })
  const log = join(dir, 'error.log')
  const conf = join(dir, 'nginx.conf')
  writeFileSync(conf, readFileSync(server.conf, 'utf8')
    .replaceAll(server.dir, dir).replace('daemon off', 'daemon on'))
  const { port } = server
  await server.stop()
  server = null
  mkdirSync(join(dir, 'logs'))
  execFileSync(nginxPath, ['-p', dir, '-c', conf, '-e', log],
    { stdio: 'ignore' })
  const at = (name) => join(dir, name)
  await until(() => pidOf(at('nginx.pid')) > 0)
  const old = pidOf(at('nginx.pid'))
  // a signal that comes before the master waits for signals is lost
  await until(() => workersOf(old).length === 2)
  const get = (path) => request(port, path)
  const runIs = (run) => async () =>
    (await get('/t/resources.json')).json().run === run
  await until(runIs(1))
  const seen = []
  const stop = load(port, 4, seen)
  let next
  try {
    await until(() => seen.includes(1), 'nobody is answered')
    // both serve; the old one then lets its workers go
    process.kill(old, 'SIGUSR2')
    await until(() => existsSync(at('nginx.pid.oldbin')) &&
      pidOf(at('nginx.pid')) > 0, 'no second master')
    next = pidOf(at('nginx.pid'))
    assert.notEqual(next, old)
    await until(() => workersOf(next).length === 2, 'it has no workers')
    publish(2)
    await until(runIs(2))
    process.kill(old, 'SIGWINCH')
    await until(() => childrenOf(old).every((pid) => pid === next),
      'old workers do not end')
    const { snapshots } = (await get('/status?format=json')).json()
    assert.deepEqual(snapshots[0].workers.map(({ pid }) => pid).sort(),
      workersOf(next).sort())
    publish(3)
    await until(runIs(3))
    // back to the old binary
    process.kill(old, 'SIGHUP')
    await until(() => workersOf(old).length === 2, 'no workers come back')
    process.kill(next, 'SIGQUIT')
    await until(() => !existsSync(at('nginx.pid.oldbin')), 'it does not end')
    next = null
    publish(4)
    await until(() => seen.includes(4), 'run 4 does not come')
    assert.deepEqual((await stop()).filter((run) => !(run >= 1 && run <= 4)),
      [])
  } finally {
    await stop()
    if (next) process.kill(next, 'SIGQUIT')
    process.kill(old, 'SIGQUIT')
    await until(() => !existsSync(at('nginx.pid')), 'it does not end')
  }
  const text = readFileSync(log, 'utf8')
  assert.deepEqual(text.split('\n').filter((line) => trouble.test(line)), [])
})
