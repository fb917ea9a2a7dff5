// What operators see: variables in logs and headers, and tsunagari_status.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync }
  from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { buildDir, startNginx, statusPage } from './nginx.mjs'
import { randomStore } from './random_store.mjs'
import { DATE } from './tsunagari.mjs'
import { until } from './until.mjs'

const maker = join(buildDir, 'unit/module/make_sample')
let dir, made, server

// A made-up snapshot of a run, put in place by rename.
function publish(name, run) {
  const path = join(dir, name)
  execFileSync(maker, [`${path}.new`, run, run + 100, run, 0].map(String))
  renameSync(`${path}.new`, path)
  return path
}

const names = ['generation', 'run', 'plan_date', 'matched', 'region',
  'widened', 'memo']

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'tsunagari-status-'))
  made = randomStore(3, 120)
  made.store.must('match', '--date', DATE)
  made.store.must('publish', '--audience', 'public', join(dir, 'public'))
  writeFileSync(join(dir, 'page.shtml'),
    '<!--# include virtual="/t/resources?fragment=1&kind=venue" -->' +
    '<!--# include virtual="/t/needs?fragment=1" -->')
  const log = names.map((name) => `${name}=$tsunagari_${name}`).join(' ')
  server = await startNginx({ workers: 2,
    locations: { '/t/': { snapshot: join(dir, 'public'),
      extra: names.map((name) =>
        `add_header X-${name.replace('_', '-')} $tsunagari_${name} always;`)
        .join('\n') },
    '/swap/': publish('sw\\"ap', 1) .replaceAll('\\', '\\\\')
      .replaceAll('"', '\\"').replace(/.*/s, '"$&"'),
    '/none/': join(dir, 'none') },
    httpLines: `log_format facts '$request_uri ${log}';
      tsunagari_check_interval 50ms;`,
    serverLines: `access_log ${dir}/access.log facts;
      location = /status { tsunagari_status; allow 127.0.0.1; deny all; }
      location = /denied { tsunagari_status; deny all; }
      location = /page.shtml { root ${dir}; ssi on; default_type text/html; }
      error_page 404 = @gone;
      location @gone { return 410; }`,
  })
})

after(async () => {
  try {
    await server?.stop()
  } finally {
    made?.store.remove()
    if (dir) rmSync(dir, { recursive: true, force: true })
  }
})

// The variables of the last answer to that address, from the access log.
async function logged(uri) {
  const line = await until(() => readFileSync(join(dir, 'access.log'), 'utf8')
    .trim().split('\n').findLast((text) => text.startsWith(`${uri} `)),
  `${uri}: not in the log`)
  return Object.fromEntries(line.slice(uri.length + 1).split(' ')
    .map((text) => text.split('=')))
}

test('variables__tell_what_the_answer_says', async () => {
  let asked = 0
  for (const args of ['region=142166', 'region=14216&q=a', 'kind=venue',
    'region=142166&region=141500', 'region=142166&kind=nothing-like-it']) {
    for (const memo of ['MISS', 'HIT', 'HIT']) {
      let uri, answer
      do { // until the worker that has not made it yet, or has, answers
        uri = `/t/resources.json?${args}&n=${++asked}` // a line of its own
        answer = await server.get(uri)
      } while (answer.headers['x-memo'] !== memo && memo === 'HIT')
      const { run, plan_date: date, generation, total, region, widened } =
        answer.json()
      for (const facts of [await logged(uri), Object.fromEntries(names.map(
        (name) => [name, answer.headers[`x-${name.replace('_', '-')}`] ??
          '-']))]) {
        assert.equal(facts.run, String(run))
        assert.equal(facts.plan_date, date)
        assert.equal(facts.generation, generation)
        assert.equal(facts.matched, String(total))
        assert.equal(facts.region, region?.code ?? '-')
        assert.equal(facts.widened, widened?.to ?? '-')
        assert.equal(facts.memo, answer.headers['x-memo'])
      }
    }
  }
})

test('variables__are_absent_where_they_mean_nothing', async () => {
  const absent = async (uri, gone, more) => {
    await server.get(uri, more)
    const facts = await logged(uri)
    assert.deepEqual(names.filter((name) => facts[name] === '-'), gone, uri)
  }
  const found = ['matched', 'region', 'widened']
  await absent('/t/about-order', found)
  await absent('/t/resources?x=1', ['region', 'widened'])
  await absent('/t/resources?page=0', [...found, 'memo'])
  await absent('/t/status.json', [...found, 'memo'])
  await absent('/none/', names)
  await absent('/status', names)
  await absent('/nowhere', names)
  const { headers: { etag } } = await server.get('/t/needs')
  await absent('/t/needs?y', [...found, 'memo'],
    { headers: { 'if-none-match': etag } })
  // the page that includes lists is none itself
  assert.match((await server.get('/page.shtml')).text, /<\w+/)
  await absent('/page.shtml', names)
  // nor does an internal redirect keep what was before
  assert.equal((await server.get('/t/gone-away')).status, 404)
})

const status = () => server.snapshots()

test('status__shows_every_snapshot_and_worker', async () => {
  const answer = await server.get('/status?format=json')
  assert.equal(answer.headers['content-type'], 'application/json')
  assert.equal(answer.headers['cache-control'], 'no-store')
  const snapshots = answer.json().snapshots
  assert.deepEqual(snapshots.map(({ path }) => path), ['public', 'sw\\"ap',
    'none'].map((name) => join(dir, name)))
  const pids = server.workers().sort()
  for (const { path, workers } of snapshots) {
    assert.deepEqual(workers.map(({ worker }) => worker), [0, 1])
    assert.deepEqual(workers.map(({ pid }) => pid).sort(), pids)
    for (const one of workers) {
      if (path.endsWith('none')) {
        assert.equal(one.generation, null)
        assert.equal(one.loaded_at, null)
        assert.match(one.refused.reason, /cannot be found/)
        assert.ok(Date.parse(one.refused.at) <= Date.now())
        continue
      }
      assert.equal(one.refused, null)
      assert.match(one.generation, new RegExp(`^${one.run}-[0-9a-f]{8}$`))
      assert.equal(one.audience, 'public')
      assert.equal(one.swaps, 1)
    }
  }
})

test('status__counts_answers_and_the_memo', async () => {
  const sum = async () => {
    const [{ workers }] = await status()
    const add = (pick) => workers.reduce((n, one) => n + pick(one), 0)
    return { ...Object.fromEntries(Object.keys(workers[0].answers)
      .map((how) => [how, add((one) => one.answers[how])])),
    entries: add((one) => one.memo.entries),
    bytes: add((one) => one.memo.bytes) }
  }
  const path = '/t/needs.json?tag=never-asked-before'
  const first = await sum()
  let made = 0
  for (let i = 0; i < 20; i++) {
    made += (await server.get(path)).headers['x-memo'] === 'MISS'
  }
  const { headers: { etag } } = await server.get(path, { method: 'HEAD' })
  await server.get(path, { headers: { 'if-none-match': etag } })
  await server.get('/t/needs.json?page=x')
  await server.get('/t/nothing')
  const last = await sum()
  assert.ok(made >= 1 && made <= 2)
  const memo = last.memo - first.memo
  assert.equal(last.made - first.made + memo, 21)
  assert.ok(memo >= 19)
  assert.equal(last.unchanged - first.unchanged, 1)
  assert.equal(last.bad_request - first.bad_request, 1)
  assert.equal(last.not_found - first.not_found, 1)
  assert.equal(last.entries - first.entries, last.made - first.made)
  assert.ok(last.bytes > first.bytes)
  await server.get('/none/')
  assert.equal((await status())[2].workers
    .reduce((n, one) => n + one.answers.unavailable, 0) >= 1, true)
})

test('status__follows_swaps_and_refusals', async () => {
  const told = (what) => server.told(what, { number: 1 })
  publish('sw\\"ap', 2)
  await told(({ run, swaps }) => run === 2 && swaps === 2)
  writeFileSync(join(dir, 'bad'), 'no snapshot'.repeat(10))
  renameSync(join(dir, 'bad'), join(dir, 'sw\\"ap'))
  await told(({ run, refused, refusals }) => run === 2 && refusals === 1 &&
    /magic/.test(refused?.reason))
  const { text } = await server.get('/status')
  assert.match(text, /^tsunagari_refused_timestamp_seconds\{snapshot="[^ ]*sw\\\\\\"ap",worker="1",reason="[^"]*magic[^"]*"\} 1[0-9]{9}$/m)
  publish('sw\\"ap', 3)
  await told(({ run, refused, swaps }) => run === 3 && refused === null &&
    swaps === 3)
})

test('status__is_prometheus_text', async () => {
  const answer = await server.get('/status')
  assert.equal(answer.headers['content-type'],
    'text/plain; version=0.0.4; charset=utf-8')
  const samples = new Map()
  let family
  for (const line of answer.text.trimEnd().split('\n')) {
    const meta = line.match(/^# (HELP|TYPE) (tsunagari_[a-z_]+) (.+)$/)
    if (meta) {
      if (meta[1] === 'HELP') assert.ok(!samples.has(meta[2]), line)
      family = meta[2]
      samples.set(family, samples.get(family) ?? [])
      continue
    }
    const sample = line.match(/^([a-z_]+)\{(.*)\} ([0-9]+)$/)
    assert.ok(sample && sample[1] === family, line)
    const labels = Object.fromEntries([...sample[2].matchAll(
      /([a-z_]+)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/g)]
      .map(([, key, value]) => [key, value.replace(/\\(.)/g, '$1')]))
    samples.get(family).push({ labels, value: Number(sample[3]) })
  }
  const json = await status()
  for (const [name, pick] of [['tsunagari_swaps_total', (one) => one.swaps],
    ['tsunagari_memo_bytes', (one) => one.memo.bytes]]) {
    const expected = json.flatMap(({ path, workers }) => workers.map((one) =>
      ({ labels: { snapshot: path, worker: String(one.worker) },
        value: pick(one) })))
    assert.deepEqual(samples.get(name), expected)
  }
  assert.equal(samples.get('tsunagari_answers_total').length, 6 * 6)
  assert.equal(samples.get('tsunagari_snapshot_info').length, 4)
})

test('status__is_for_operators_only', async () => {
  assert.equal((await server.get('/denied')).status, 403)
  const post = await server.get('/status', { method: 'POST', body: 'x' })
  assert.equal(post.status, 405)
  const head = await server.get('/status', { method: 'HEAD' })
  assert.equal(head.status, 200)
  assert.equal(head.bytes.length, 0)
  const open = (await server.get('/t/status.json')).text
  assert.doesNotMatch(open, /refused|pid|path/)
  assert.ok(!open.includes(dir))
})

test('status__a_reload_starts_from_new_workers', async () => {
  const before = server.workers()
  await server.reload()
  const pids = (await status())[0].workers.map(({ pid }) => pid)
  assert.deepEqual(pids.sort(), server.workers().sort(), 'old figures stay')
  assert.ok(!pids.some((pid) => before.includes(pid)))
  // a worker that dies is replaced, and its figures with it
  const [victim] = pids
  process.kill(victim, 'SIGTERM')
  await until(async () => {
    // it takes the connections that it had with it
    const [{ workers }] = await status().catch(() => [{ workers: [] }])
    return workers.length === 2 && workers.every(({ pid }) =>
      pid !== victim && server.workers().includes(pid))
  }, 'the dead worker stays')
})

test('status__works_in_a_single_process', async () => {
  const one = await startNginx({ master: false,
    locations: { '/t/': join(dir, 'public') },
    serverLines: statusPage })
  try {
    const read = async () => (await one.snapshots())[0].workers
    assert.equal((await read()).length, 1)
    assert.equal((await read())[0].audience, 'public')
    assert.equal((await one.get('/t/')).status, 200)
    const [figures] = await read()
    assert.equal(figures.pid, one.pid)
    assert.equal(figures.answers.made, 1)
  } finally {
    await one.stop()
  }
})
