// The module among nginx's others: what a site's administrator puts around a
// location works with ours as with any.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { gunzipSync } from 'node:zlib'

import { forMembers, freePort, startNginx } from './nginx.mjs'
import { randomStore } from './random_store.mjs'
import { DATE } from './tsunagari.mjs'
import { until } from './until.mjs'

let made, server, ids

// A cache that keeps answers so long, whatever we say.
const cache = (path, port, long) => `location ${path} {
    proxy_pass http://127.0.0.1:${port}/t/; proxy_http_version 1.1;
    proxy_cache store; proxy_cache_key $request_uri; proxy_cache_revalidate on;
    proxy_cache_valid 200 ${long};
    proxy_ignore_headers Cache-Control;
    add_header X-Cache $upstream_cache_status; }`

// What a site puts around our locations; `port` is its own.
const lines = (dir, port) => `
  root ${dir};
  error_page 404 /t/?lang=easy;
  location = /gone { return 404; }
  location /limited/ { limit_req zone=one; limit_req_status 429;
    proxy_pass http://127.0.0.1:${port}/t/; }
  ${cache('/cached/', port, '1h')}
  ${cache('/cached-briefly/', port, '1s')}
  location /plain-proxy/ {
    proxy_pass http://127.0.0.1:${port}/t/; proxy_cache store;
    add_header X-Cache $upstream_cache_status; }
  location = /login/yes { return 204; }
  location = /login/no { return 401; }
  location = /login/by-list { internal;
    proxy_pass http://127.0.0.1:${port}/t/regions.json; }
  location /checked/ { auth_request /t/regions.json;
    proxy_pass http://127.0.0.1:${port}/t/; }
  location /try/ { try_files $uri $uri.html /t/resources?lang=en; }
  location /old/ { rewrite ^/old/(.*)$ /t/$1 last; }
  location /named/ { try_files $uri @ours; }
  location @ours { rewrite ^/named(/.*)$ /t$1 last; }
  location /accel/ { proxy_pass http://127.0.0.1:${port}/backend/; }
  location /backend/ {
    add_header X-Accel-Redirect /inside/resources?kind=venue;
    add_header Cache-Control "private, no-store"; return 200 "never seen"; }
  location = /page.shtml { ssi on; default_type text/html; }
  location = /deep.shtml { ssi on; default_type text/html; }
  location = /added { add_before_body /t/about-order;
    add_after_body /t/regions.json; default_type text/html;
    alias ${dir}/middle.html; }
  location = /mirrored { mirror /t/resources; return 200 "kept"; }
`

before(async () => {
  made = randomStore(17, 140)
  const { store } = made
  store.must('match', '--date', DATE)
  for (const audience of ['public', 'members']) {
    store.must('publish', '--audience', audience, store.file(audience))
  }
  mkdirSync(store.file('try'))
  writeFileSync(store.file('try/there.html'), 'a file')
  writeFileSync(store.file('middle.html'), '<hr>')
  writeFileSync(store.file('page.shtml'),
    '[<!--# include virtual="/t/resources?fragment=1" wait="yes" -->|' +
    '<!--# include virtual="/t/nothing" -->|' +
    '<!--# include virtual="/m/needs?fragment=1" -->|' +
    '<!--# include virtual="/none/" -->]')
  writeFileSync(store.file('deep.shtml'),
    '<!--# include virtual="/page.shtml" --><!--# include virtual="/page.shtml" -->')
  const port = await freePort()
  const of = (name, extra = '') => ({ snapshot: store.file(name), extra })
  server = await startNginx({ port, workers: 1,
    httpLines: `charset_map koi8-r utf-8 { 80 E29480; }
      limit_req_zone $binary_remote_addr zone=one:1m rate=1r/m;
      proxy_cache_path ${store.file('cache')} keys_zone=store:1m;`,
    serverLines: lines(store.dir, port),
    locations: {
      '/t/': store.file('public'), '/m/': forMembers(store.file('members')),
      '/inside/': of('public', 'internal;'),
      '/expires/': of('public', 'expires 60s; gzip on; gzip_vary on;'),
      '/yes/': forMembers(store.file('members'),
        'auth_request /login/yes;'),
      '/no/': forMembers(store.file('members'),
        'auth_request /login/no;'),
      '/direct-limit/': of('public',
        'limit_req zone=one burst=2 nodelay; limit_req_status 429;'),
      '/sub/': of('public', 'tsunagari_gzip off; sub_filter_once off; ' +
        'sub_filter "/sub/resources" "/SUB/RESOURCES";'),
      '/none/': of('none', 'error_page 503 = /t/about-order;'),
      '/own-405/': of('public', 'error_page 405 /try/there.html;'),
      '/none-kept/': of('none', 'error_page 503 /try/there.html;'),
      '/charset/': of('public', 'tsunagari_gzip off; charset koi8-r; ' +
        'source_charset utf-8; override_charset on;'),
    } })
  const list = (await server.get('/t/resources.json')).json()
  const needs = (await server.get('/t/needs.json')).json()
  ids = { resource: list.items[0].id, need: needs.items[0].id }
})

after(async () => {
  await server?.stop()
  made?.store.remove()
})

const text = async (path, more) => (await server.get(path, more)).text

// Whole pages: where they differ, not all of both.
function same(one, other, what = '') {
  if (one === other) return
  let at = 0
  while (one[at] === other[at]) at++
  assert.equal(one.slice(at - 40, at + 40), other.slice(at - 40, at + 40),
    `${what} at ${at}`)
}

// Each header's values, doubled ones apart.
async function rawHeaders(path, headers = {}) {
  const http = await import('node:http')
  return new Promise((done, failed) => http.get({ host: '127.0.0.1',
    port: server.port, path, headers, agent: false }, (answer) => {
    answer.resume()
    const all = {}
    for (let i = 0; i < answer.rawHeaders.length; i += 2) {
      (all[answer.rawHeaders[i].toLowerCase()] ??= [])
        .push(answer.rawHeaders[i + 1])
    }
    answer.on('end', () => done({ status: answer.statusCode, all }))
  }).on('error', failed))
}

test('site__error_page_may_lead_to_us', async () => {
  const page = await server.get('/gone')
  assert.equal(page.status, 404)
  same(page.text, await text('/t/?lang=easy'))
  // an error is no page that the client may have already
  const { headers: { etag } } = await server.get('/t/?lang=easy')
  assert.ok(etag)
  const again = await server.get('/gone',
    { headers: { 'if-none-match': etag } })
  assert.equal(again.status, 404)
  same(again.text, page.text)
  assert.equal(again.headers.etag, undefined)
  assert.equal(again.headers['cache-control'], 'no-store')
  const post = await server.get('/gone', { method: 'POST', body: 'x' })
  assert.equal(post.status, 404)
})

test('site__our_503_goes_through_error_page', async () => {
  const instead = await server.get('/none/resources')
  assert.equal(instead.status, 200)
  same(instead.text, await text('/t/about-order'))
  const kept = await server.get('/none-kept/')
  assert.equal(kept.status, 503)
  assert.equal(kept.text, 'a file')
  assert.equal(kept.headers['retry-after'], '5')
})

test('site__a_405_of_its_own_comes_before_ours', async () => {
  const post = await server.get('/own-405/', { method: 'POST', body: 'x' })
  assert.deepEqual([post.status, post.text, post.headers.allow],
    [405, 'a file', 'GET, HEAD'])
  assert.match((await server.get('/t/', { method: 'POST', body: 'x' })).text,
    /見るだけのページです/)
})

test('site__limit_req_refuses_before_us', async () => {
  const all = await Promise.all(Array.from({ length: 6 }, () =>
    server.get('/direct-limit/resources.json')))
  const of = (status) => all.filter((one) => one.status === status).length
  assert.equal(of(200), 3)
  assert.equal(of(429), 3)
})

test('site__a_cache_in_front_revalidates', async () => {
  const path = '/cached/resources?kind=venue'
  const own = await server.get('/t/resources?kind=venue')
  const seen = []
  for (const headers of [{}, {}, { 'if-none-match': own.headers.etag }]) {
    const answer = await server.get(path, { headers })
    seen.push(`${answer.status} ${answer.headers['x-cache']}`)
    if (answer.status === 200) same(answer.text, own.text)
  }
  assert.deepEqual(seen, ['200 MISS', '200 HIT', '304 HIT'])
  await until(async () => {
    const again = await server.get('/cached-briefly/resources?kind=venue')
    same(again.text, own.text)
    return again.headers['x-cache'] === 'REVALIDATED'
  }, 'it is not asked again')
  // gzip is another variant, not the same answer
  const packed = await server.get(path,
    { headers: { 'accept-encoding': 'gzip' } })
  assert.equal(packed.status, 200)
  assert.equal(packed.headers['content-encoding'], 'gzip')
  same(gunzipSync(packed.bytes).toString(), own.text)
  // and what we say, "max-age=0", no cache keeps
  for (let i = 0; i < 3; i++) {
    const fresh = await server.get('/plain-proxy/needs')
    assert.notEqual(fresh.headers['x-cache'], 'HIT')
  }
})

test('site__sub_requests_get_fragments_in_order', async () => {
  const resources = await text('/t/resources?fragment=1')
  const needs = await text('/m/needs?fragment=1')
  const missing = await text('/t/nothing')
  const none = await text('/t/about-order')
  const page = `[${resources}|${missing}|${needs}|${none}]`
  same(await text('/page.shtml'), page)
  const packed = await server.get('/page.shtml',
    { headers: { 'accept-encoding': 'gzip' } })
  same(packed.text, page, 'no gzip within a page')
  same(await text('/deep.shtml'), page + page)
  same(await text('/added'), `${await text('/t/about-order')}<hr>` +
    await text('/t/regions.json'))
  const head = await server.get('/page.shtml', { method: 'HEAD' })
  assert.equal(head.status, 200)
  assert.equal(head.bytes.length, 0)
  assert.equal(await text('/mirrored'), 'kept')
  const post = await server.get('/mirrored', { method: 'POST',
    body: 'x'.repeat(50000) })
  assert.equal(post.text, 'kept')
})

test('site__a_condition_is_the_page_s_not_the_part_s', async () => {
  const { headers: { etag } } = await server.get('/t/resources?fragment=1')
  const page = await server.get('/page.shtml',
    { headers: { 'if-none-match': etag } })
  assert.equal(page.status, 200)
  same(page.text, await text('/page.shtml'))
})

test('site__auth_request_stands_before_us_and_may_ask_us', async () => {
  const open = await server.get('/yes/suggestions')
  assert.equal(open.status, 200)
  assert.equal((await server.get('/no/suggestions')).status, 401)
  assert.equal((await server.get('/no/', { headers:
    { 'if-none-match': open.headers.etag } })).status, 401)
  const checked = await server.get('/checked/needs')
  assert.equal(checked.status, 200)
  same(checked.text, await text('/t/needs'))
})

test('site__internal_redirects_reach_us', async () => {
  assert.equal(await text('/try/there'), 'a file')
  same(await text('/try/not-there'), await text('/t/resources?lang=en'))
  assert.equal(await text(`/old/resources/${ids.resource}`),
    await text(`/t/resources/${ids.resource}`))
  same(await text('/named/needs?lang=en'),
    await text('/t/needs?lang=en'))
  assert.equal((await server.get('/inside/resources')).status, 404)
  same(await text('/old/resources?kind=venue'),
    await text('/t/resources?kind=venue'))
})

test('site__what_a_backend_says_of_caching_stays', async () => {
  const { status, all } = await rawHeaders('/accel/x')
  assert.equal(status, 200)
  assert.deepEqual(all['cache-control'], ['private, no-store'])
  same((await text('/accel/x')).replaceAll('/inside/', '/t/'),
    await text('/t/resources?kind=venue'))
})

test('site__expires_and_gzip_vary_change_our_headers', async () => {
  for (const headers of [{}, { 'accept-encoding': 'gzip' }]) {
    const { all } = await rawHeaders('/expires/resources', headers)
    assert.deepEqual(all['cache-control'], ['max-age=60'])
    assert.equal(all.expires.length, 1)
    assert.deepEqual(all.vary, ['Accept-Encoding'])
    assert.equal(all.etag.length, 1)
    const again = await rawHeaders('/expires/resources',
      { ...headers, 'if-none-match': all.etag[0] })
    assert.equal(again.status, 304)
    assert.deepEqual(again.all.vary, ['Accept-Encoding'])
    assert.deepEqual(again.all['cache-control'], ['max-age=60'])
  }
  const plain = await rawHeaders('/t/resources')
  for (const name of ['cache-control', 'vary', 'etag', 'content-type',
    'content-security-policy', 'x-content-type-options']) {
    assert.equal(plain.all[name].length, 1, name)
  }
})

test('site__filters_never_change_what_the_memo_keeps', async () => {
  const first = await text('/sub/')
  assert.ok(first.includes('/SUB/RESOURCES'))
  same(await text('/sub/'), first)
  same(first.replaceAll('/SUB/RESOURCES', '/t/resources')
    .replaceAll('/sub/', '/t/'), await text('/t/'))
  const koi = await server.get('/charset/')
  same(await text('/charset/'), koi.text)
  assert.match(koi.headers['content-type'], /koi8-r/)
  assert.match(koi.text, /&#[0-9]+;/)
  const packed = await server.get('/t/',
    { headers: { 'accept-encoding': 'gzip' } })
  same(gunzipSync(packed.bytes).toString(), await text('/t/'))
})
