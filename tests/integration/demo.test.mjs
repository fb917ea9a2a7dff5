// `make demo` as a newcomer runs it, but on another port and directory:
// the page of 座間市, what a second run does, and whom demo-stop ends.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { buildDir, freePort, request, startNginx } from './nginx.mjs'
import { Client } from './service.mjs'
import { Oracle } from './oracle.mjs'
import { Store } from './tsunagari.mjs'

const scripts = new URL('../../optimizer/demo/', import.meta.url).pathname
const ZAMA = '142166'
let dir, port, first

function script(name, env = {}) {
  return spawnSync('sh', [join(scripts, name)], { encoding: 'utf8',
    timeout: 300000, env: { ...process.env, BUILD: buildDir, DEMO: dir,
      PORT: String(port), ...env } })
}

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'tsunagari-demo-'))
  port = await freePort()
  first = script('demo.sh')
})

after(() => {
  script('stop.sh')
  rmSync(dir, { recursive: true, force: true })
})

const demoStore = () => {
  const store = new Store(dir)
  assert.ok(store.one('SELECT count(*) FROM runs') > 0)
  return store
}

test('demo__prints_a_summary_and_where_to_look', () => {
  assert.equal(first.status, 0, first.stderr + first.stdout)
  for (const path of ['/tsunagari/', `resources?region=${ZAMA}`,
    'about-order', 'status.json', '/members/']) {
    assert.ok(first.stdout.includes(path), path)
  }
})

test('demo__every_item_of_the_page_is_reachable_from_its_region', async () => {
  const json = (await request(port,
    `/tsunagari/resources.json?region=${ZAMA}`)).json()
  assert.ok(json.items.length > 5, `${json.items.length} items`)
  for (const key of ['facets', 'run', 'plan_date', 'generation']) {
    assert.ok(json[key], key)
  }
  assert.equal(json.widened, null)
  const oracle = new Oracle(demoStore(), { date: json.plan_date,
    run: json.run })
  const reachable = new Set(oracle.ids('offer', {
    values: { region: [ZAMA] } }))
  for (const item of json.items) {
    assert.ok(reachable.has(item.id), JSON.stringify(item))
  }
  assert.equal(json.total, reachable.size)
})

test('demo__the_plan_has_something_of_everything', () => {
  const store = demoStore()
  const run = store.one('SELECT max(id) FROM runs')
  const count = (sql) => store.one(sql.replaceAll('$run', run))
  assert.ok(count('SELECT count(DISTINCT need_id) FROM plan_lines ' +
    'WHERE run_id = $run') > 3, 'needs are covered')
  assert.ok(count('SELECT count(*) FROM uncovered_lines ' +
    'WHERE run_id = $run') > 0, 'needs stay uncovered')
  assert.ok(count('SELECT count(*) FROM (SELECT need_id FROM plan_lines ' +
    'WHERE run_id = $run AND need_id IS NOT NULL GROUP BY need_id ' +
    'HAVING count(DISTINCT offer_id) > 1)') > 0, 'several providers')
  assert.ok(count('SELECT count(*) FROM shadow_prices WHERE run_id = $run ' +
    "AND row_kind IN ('budget', 'programme') AND price > 0") > 0, 'a budget binds')
  assert.ok(count('SELECT count(*) FROM plan_lines WHERE run_id = $run ' +
    `AND region_code = '${ZAMA}'`) > 0, 'the public demand of 座間市')
})

test('demo__every_example_says_that_it_is_one', () => {
  const store = demoStore()
  assert.deepEqual(store.rows('SELECT name FROM organisations ' +
    "WHERE origin = 'example' AND name NOT LIKE '%【例】%'"), [])
  assert.ok(store.one('SELECT count(*) FROM entries AS e ' +
    'JOIN organisations AS o ON o.id = e.organisation_id ' +
    "WHERE o.origin = 'example'") > 20)
})

test('demo__the_ssi_page_holds_the_list', async () => {
  const page = await request(port, '/')
  const hits = (await request(port,
    `/tsunagari/resources?region=${ZAMA}&fragment=1`)).text
  assert.equal(page.status, 200)
  assert.ok(hits.length > 500)
  assert.ok(page.text.includes(hits), 'the fragment as it stands')
})

test('demo__has_a_sitemap_and_open_data', async () => {
  const map = await request(port, '/tsunagari/sitemap.xml')
  assert.equal(map.status, 200)
  const urls = [...map.text.matchAll(/<loc>([^<]*)<\/loc>/g)]
  assert.ok(urls.length > 50, `${urls.length} pages`)
  for (const [, url] of urls) {
    assert.ok(url.startsWith(`http://127.0.0.1:${port}/tsunagari/`), url)
  }
  for (const name of ['events', 'facilities']) {
    const list = await request(port, `/tsunagari/open-data/${name}.csv`)
    assert.match(list.text, /\r\n[0-9]{6},[0-9]+,,,"/, name)
  }
})

test('demo__members_see_suggestions_and_the_public_does_not', async () => {
  const store = demoStore()
  const need = store.one('SELECT min(need_id) FROM members_suggestions ' +
    'WHERE run_id = (SELECT max(id) FROM runs)')
  const path = `suggestions.json?need=${need}`
  const outside = await request(port, `/members/${path}`)
  assert.deepEqual([outside.status, outside.headers.location],
    [303, `/staff/login?next=/members/${path}`])
  const client = new Client({ port, url: `http://127.0.0.1:${port}` })
  const [, login, password] = first.stdout.match(/^ {2}(member) (\S+)$/m)
  const page = await client.get(`/members/${path}`)
  const members = await client.submit(page, '/staff/login',
    { login, password })
  assert.equal(members.path, `/members/${path}`)
  assert.ok(members.json().suggestions.length > 0)
  assert.equal((await request(port, `/tsunagari/${path}`)).status, 404)
})

test('demo__has_logins_of_its_own_and_an_entry_sheet', async () => {
  const logins = [...first.stdout.matchAll(/^ {2}(\w+) (\S{20})$/gm)]
  assert.deepEqual(logins.map(([, login]) => login),
    ['viewer', 'screener', 'tuner', 'admin', 'member'])
  assert.equal((await request(port, '/entry/')).status, 200)
})

test('demo__runs_a_second_time', async () => {
  const pid = readFileSync(join(dir, 'nginx.pid'), 'utf8')
  const again = script('demo.sh')
  assert.equal(again.status, 0, again.stderr + again.stdout)
  assert.notEqual(readFileSync(join(dir, 'nginx.pid'), 'utf8'), pid)
  assert.equal((await request(port, '/tsunagari/status.json')).status, 200)
})

test('demo__a_port_in_use_is_said_and_nothing_is_harmed', async () => {
  const other = net.createServer((socket) => socket.end())
  await new Promise((done) => other.listen(0, '127.0.0.1', done))
  const busy = other.address().port
  // In a process of its own, so that this one can answer the knock.
  const child = spawn('sh', [join(scripts, 'demo.sh')], { env: {
    ...process.env, BUILD: buildDir, PORT: String(busy),
    DEMO: join(dir, 'busy') } })
  let said = ''
  child.stderr.on('data', (part) => { said += part })
  child.stdout.resume()
  const code = await new Promise((done) => child.once('exit', done))
  other.close()
  assert.equal(code, 1)
  assert.ok(said.includes(`port ${busy} is in use`), said)
})

test('demo_stop__ends_its_own_nginx_and_no_other', async () => {
  const other = await startNginx({})
  const pid = readFileSync(join(dir, 'serve.pid'), 'utf8').trim()
  // empty also for a process that ended and that nobody has waited for
  const words = () => existsSync(`/proc/${pid}/cmdline`)
    ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : ''
  assert.match(words(), /serve/)
  const done = script('stop.sh')
  assert.equal(done.status, 0, done.stderr)
  await assert.rejects(request(port, '/'))
  assert.equal(words(), '')
  assert.equal((await other.get('/nothing')).status, 404)
  await other.stop()
  const again = script('stop.sh')
  assert.equal(again.status, 0)
  assert.match(again.stdout, /not running/)
})
