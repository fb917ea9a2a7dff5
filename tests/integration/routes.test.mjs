// Every route and every refusal of the module, as a client meets them.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import net from 'node:net'
import { after, before, describe, test } from 'node:test'

import { forMembers, startNginx } from './nginx.mjs'
import { randomStore } from './random_store.mjs'
import { DATE } from './tsunagari.mjs'

let made, server, ids

// Bytes as they are, on one connection, until the server closes it.
function raw(text) {
  return new Promise((done, failed) => {
    const parts = []
    const socket = net.connect(server.port, '127.0.0.1', () =>
      socket.write(text))
    socket.setTimeout(10000, () => socket.destroy(new Error('no answer')))
    socket.on('data', (part) => parts.push(part))
    socket.on('error', failed)
    socket.on('close', () => done(Buffer.concat(parts).toString('utf8')))
  })
}

before(async () => {
  made = randomStore(11, 160)
  const { store } = made
  store.must('match', '--date', DATE)
  for (const audience of ['public', 'members']) {
    store.must('publish', '--audience', audience, store.file(audience))
  }
  writeFileSync(store.file('page.shtml'),
    '<body><!--# include virtual="/t/resources?fragment=1&kind=venue" -->' +
    '<!--# include virtual="/t/resources?page=0&fragment=1" -->end</body>')
  server = await startNginx({
    locations: {
      '/t/': store.file('public'),
      '/m/': forMembers(store.file('members')),
      '/bare': store.file('public'),
      '"/つながり <x>/"': store.file('public'),
      '/zip/': { snapshot: store.file('public'),
        extra: 'tsunagari_gzip off; gzip on; gzip_types application/json; gzip_min_length 1;' },
    },
    serverLines: `location = /page.shtml { root ${store.dir};
      ssi on; default_type text/html; }`,
  })
  const list = (await server.get('/t/resources.json')).json()
  const needs = (await server.get('/t/needs.json')).json()
  ids = { resource: list.items[0].id, need: needs.items[0].id }
})

after(async () => {
  made?.store.remove()
  await server?.stop()
})

const html = /^text\/html; charset=utf-8$/
const json = /^application\/json$/

describe('routes', () => {
  test('routes__answer_with_type_and_headers', async () => {
    const routes = [
      ['/t/', html], ['/t/resources', html], ['/t/resources.json', json],
      [`/t/resources/${ids.resource}`, html],
      [`/t/resources/${ids.resource}.json`, json], ['/t/needs', html],
      ['/t/needs.json', json],
      ['/t/organizations', html], ['/t/organizations.json', json],
      ['/t/cases', html], ['/t/cases.json', json], [`/t/needs/${ids.need}`, html],
      [`/t/needs/${ids.need}.json`, json], ['/t/regions.json', json],
      ['/t/about-order', html], ['/t/status.json', json],
      ['/t/tsunagari.css', /^text\/css; charset=utf-8$/],
      ['/t/tsunagari-search.js', /^text\/javascript; charset=utf-8$/],
      ['/m/suggestions', html], [`/m/suggestions?need=${ids.need}`, html],
      [`/m/suggestions.json?need=${ids.need}`, json],
    ]
    for (const [path, type] of routes) {
      for (const lang of ['ja', 'easy', 'en']) {
        const answer = await server.get(
          `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
        assert.equal(answer.status, 200, path)
        assert.match(answer.headers['content-type'], type, path)
        assert.equal(Number(answer.headers['content-length']),
          answer.bytes.length, path)
        assert.equal(answer.headers['x-content-type-options'], 'nosniff')
        if (type === json) answer.json()
        if (type === html) {
          assert.match(answer.headers['content-security-policy'],
            /default-src 'none'/)
          assert.match(answer.text, lang === 'en' ? /<html lang="en"/
            : /<html lang="ja"/)
          assert.doesNotMatch(answer.text, /[\x01\x02]/)
        }
        const cache = answer.headers['cache-control']
        if (path.endsWith('/status.json')) {
          assert.equal(cache, 'no-store')
        } else {
          assert.match(answer.headers.etag, /^"[-0-9a-f]+-[hj]"$/)
          assert.equal(cache, `${path.startsWith('/m/') ? 'private'
            : 'public'}, max-age=0, must-revalidate`)
        }
        assert.equal(answer.headers['x-robots-tag'],
          path.startsWith('/m/') ? 'noindex' : undefined)
      }
    }
  })

  test('routes__files_are_what_they_are_called', async () => {
    for (const [path, begin] of [['tsunagari.css', /^[^<]*\.tsunagari/],
      ['tsunagari-search.js', /^[^<]*customElements|^(\/\/|\/\*)/]]) {
      assert.match((await server.get(`/t/${path}`)).text, begin, path)
    }
  })

  test('routes__the_list_has_what_it_promises', async () => {
    const answer = (await server.get('/t/resources.json?region=142166'))
      .json()
    assert.deepEqual(Object.keys(answer), ['items', 'total', 'page', 'pages',
      'facets', 'region', 'widened', 'run', 'plan_date', 'generation'])
    assert.equal(answer.plan_date, DATE)
    assert.match(answer.generation, new RegExp(`^${answer.run}-[0-9a-f]{8}$`))
    assert.equal(answer.region.code, '142166')
    assert.equal(answer.region.name, '座間市')
    assert.ok(answer.region.neighbours.length > 0)
    assert.equal(answer.region.ancestors.at(-1).code, '140007')
    const five = (await server.get('/t/resources.json?region=14216')).json()
    assert.deepEqual(five.items, answer.items)
    const easy = (await server.get('/t/resources.json?lang=en')).json()
    assert.ok(easy.facets.kind.every((value) => value.label !== ''))
  })

  test('routes__unknown_ones_are_404', async () => {
    for (const path of ['/t/nothing', '/t/resources/', '/t/resources/0',
      '/t/resources/999999999', '/t/resources/1x', '/t/resources//1',
      '/t/resources/99999999999999999999', '/t/about-order.json',
      '/t/suggestions', '/t/suggestions?need=1', '/t/tsunagari.cs',
      '/m/suggestions?need=999999999', '/barely', '/bare/x']) {
      const answer = await server.get(path)
      assert.equal(answer.status, 404, path)
      assert.equal(answer.headers.etag, undefined, path)
    }
    for (const path of ['/t/x.json', '/t/resources/999999999.json',
      '/t/suggestions.json?need=1']) {
      const answer = await server.get(path)
      assert.equal(answer.status, 404, path)
      assert.deepEqual(answer.json(),
        { error: 'not found', parameter: null })
    }
    const page = await server.get('/t/nothing?lang=en')
    assert.match(page.headers['content-type'], html)
    assert.match(page.text, /There is no such page/)
  })

  test('routes__a_bad_argument_is_named', async () => {
    const long = 'あ'.repeat(65)
    const cases = {
      q: ['q=%E3', 'q=%', 'q=%zz', 'q=%00', 'q=a&q=b',
        `q=${encodeURIComponent(long)}`, 'q=1+2+3+4+5+6+7+8+9'],
      page: ['page=0', 'page=501', 'page=x', 'page=1.5', 'page=-1'],
      region: ['region=999999', 'region=zama', 'region=%FF'],
      kind: ['kind=%C0%80', `kind=${'k'.repeat(161)}`],
      tag: [Array.from({ length: 17 }, (_, i) => `tag=${i}`).join('&')],
      free: ['free=yes'], lang: ['lang=fr'], sort: ['sort=random'],
      fragment: ['fragment=2'], need: ['need=0'], view: ['view=list'],
    }
    for (const [parameter, list] of Object.entries(cases)) {
      for (const args of list) {
        const answer = await server.get(`/t/resources.json?${args}`)
        assert.equal(answer.status, 400, args)
        assert.equal(answer.json().parameter, parameter, args)
        assert.ok(answer.json().error.length > 3, args)
        assert.equal(answer.headers['cache-control'], 'no-store')
        const page = await server.get(`/t/resources?${args}`)
        assert.equal(page.status, 400, args)
        assert.match(page.text, new RegExp(`${parameter}: `), args)
        if (parameter === 'lang') continue
        const english = await server.get(`/t/resources?${args}&lang=en`)
        assert.equal(english.status, 400, args)
        assert.match(english.text, /<html lang="en">/, args)
      }
    }
    for (const args of ['utm_source=%E3', '=', '&&&', 'kind=', 'q=', 'page=',
      'a'.repeat(3000), 'kind=nothing-like-it', 'q=%E3%80%80',
      'page=500', 'fragment=1']) {
      assert.equal((await server.get(`/t/resources?${args}`)).status, 200,
        args)
    }
  })

  test('routes__text_of_a_visitor_is_escaped', async () => {
    const evil = '"><script>alert(1)</script>\'&'
    for (const key of ['q', 'tag', 'kind']) {
      const { text } = await server.get(
        `/t/resources?${key}=${encodeURIComponent(evil)}`)
      assert.doesNotMatch(text, /<script>alert/)
    }
  })

  test('routes__only_get_and_head_are_allowed', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const answer = await server.get('/t/resources', { method,
        body: method === 'OPTIONS' ? undefined : 'x'.repeat(100) })
      assert.equal(answer.status, 405, method)
      assert.equal(answer.headers.allow, 'GET, HEAD')
    }
    for (const [args, title, message] of [
      ['', 'この操作はできません', /見るだけのページです/],
      ['?lang=easy', 'ここでは できません', /見る だけです/],
      ['?lang=en&page=x', 'This cannot be done here', /can only be read/]]) {
      for (const path of ['/t/', '/t/resources', '/t/needs.json', '/t/no',
        '/m/tsunagari.css', '/t/open-data/events.csv']) {
        const page = await server.get(path + args, { method: 'POST',
          body: 'x'.repeat(100000) })
        assert.deepEqual([page.status, page.headers['content-type'],
          page.headers.allow, page.headers['cache-control'],
          page.headers.etag], [405, 'text/html; charset=utf-8', 'GET, HEAD',
          'no-store', undefined], path)
        assert.match(page.text, new RegExp(`<h1>${title}</h1>`))
        assert.match(page.text, message)
        assert.match(page.text, new RegExp(`<title>${title}`))
        assert.match(page.text, /^<!DOCTYPE html>/)
      }
    }
    const get = await server.get('/t/resources')
    const head = await server.get('/t/resources', { method: 'HEAD' })
    assert.equal(head.status, 200)
    assert.equal(head.bytes.length, 0)
    for (const name of ['content-length', 'content-type', 'etag']) {
      assert.equal(head.headers[name], get.headers[name])
    }
  })

  test('routes__an_unchanged_answer_is_304', async () => {
    const path = '/t/resources?kind=venue'
    const { headers: { etag } } = await server.get(path)
    for (const value of [etag, `W/${etag}`, `"x", ${etag}`, `${etag},"y"`,
      `"a,${'b'}" , W/"q",W/${etag}`, '*']) {
      const answer = await server.get(path,
        { headers: { 'if-none-match': value } })
      assert.equal(answer.status, 304, value)
      assert.equal(answer.bytes.length, 0)
      assert.equal(answer.headers.etag, etag)
      assert.match(answer.headers['cache-control'], /must-revalidate/)
    }
    for (const value of ['"x"', etag.slice(0, -1), `"${etag}"`,
      `"a, ${etag.slice(1)}`, '', ',']) {
      assert.equal((await server.get(path,
        { headers: { 'if-none-match': value } })).status, 200, value)
    }
    assert.equal((await server.get('/t/resources.json',
      { headers: { 'if-none-match': etag } })).status, 200)
    assert.equal((await server.get('/t/resources?page=0',
      { headers: { 'if-none-match': etag } })).status, 400)
    assert.equal((await server.get('/t/nothing',
      { headers: { 'if-none-match': '*' } })).status, 404)
    assert.equal((await server.get(path,
      { headers: { 'if-modified-since': new Date().toUTCString() } })).status,
    200)
    assert.equal((await server.get(path,
      { headers: { 'if-match': '"x"' } })).status, 412)
  })

  test('routes__a_range_is_answered_in_whole_or_in_part', async () => {
    const whole = await server.get('/t/tsunagari.css')
    const part = await server.get('/t/tsunagari.css',
      { headers: { range: 'bytes=0-9' } })
    assert.ok([200, 206].includes(part.status))
    assert.equal(part.bytes.length, part.status === 206 ? 10
      : whole.bytes.length)
  })

  test('routes__links_follow_the_location', async () => {
    const answer = await server.get('/bare?lang=en')
    assert.equal(answer.status, 301)
    assert.match(answer.headers.location, /\/bare\/\?lang=en$/)
    const bare = await server.get('/bare/resources')
    assert.match(bare.text, /href="\/bare\/resources/)
    const odd = await server.get(
      `/${encodeURIComponent('つながり <x>')}/resources`)
    assert.equal(odd.status, 200)
    assert.ok(odd.text.includes(
      `href="/${encodeURIComponent('つながり <x>')}/tsunagari.css"`))
    assert.doesNotMatch(odd.text, /<x>/)
    const redirect = await server.get('/t')
    assert.equal(redirect.status, 301)
    assert.match(redirect.headers.location, /\/t\/$/)
  })

  test('routes__ssi_includes_fragments', async () => {
    const page = await server.get('/page.shtml')
    assert.equal(page.status, 200)
    const fragment = await server.get('/t/resources?fragment=1&kind=venue')
    assert.doesNotMatch(fragment.text, /<html/)
    const refused = await server.get('/t/resources?page=0&fragment=1')
    assert.ok(page.text ===
      `<body>${fragment.text}${refused.text}end</body>`, page.text)
  })

  test('routes__nginx_may_compress', async () => {
    const plain = await server.get('/zip/resources.json')
    const packed = await server.get('/zip/resources.json',
      { headers: { 'accept-encoding': 'gzip' } })
    assert.equal(packed.headers['content-encoding'], 'gzip')
    assert.match(packed.headers.etag, /^W\//)
    const { gunzipSync } = await import('node:zlib')
    assert.deepEqual(gunzipSync(packed.bytes), plain.bytes)
    const again = await server.get('/zip/resources.json', { headers:
      { 'accept-encoding': 'gzip', 'if-none-match': packed.headers.etag } })
    assert.equal(again.status, 304)
  })

  test('routes__compressed_answers_are_the_same_in_fewer_bytes', async () => {
    const { gunzipSync } = await import('node:zlib')
    const headers = { 'accept-encoding': 'br, gzip' }
    for (const path of ['/t/', '/t/resources?q=%E5%B1%B1', '/t/resources.json',
      `/t/resources/${ids.resource}`, '/t/regions.json', '/t/tsunagari.css']) {
      const plain = await server.get(path)
      for (let i = 0; i < 3; i++) {
        const packed = await server.get(path, { headers })
        assert.equal(packed.headers['content-encoding'], 'gzip', path)
        assert.equal(packed.headers.vary, 'Accept-Encoding')
        assert.equal(plain.headers.vary, 'Accept-Encoding')
        assert.notEqual(packed.headers.etag, plain.headers.etag)
        assert.ok(packed.bytes.length < plain.bytes.length, path)
        assert.deepEqual(gunzipSync(packed.bytes), plain.bytes)
        const again = await server.get(path, { headers: { ...headers,
          'if-none-match': packed.headers.etag } })
        assert.equal(again.status, 304)
        assert.equal(again.headers.vary, 'Accept-Encoding')
        const other = await server.get(path, { headers: {
          'if-none-match': packed.headers.etag } })
        assert.equal(other.status, 200)
        const head = await server.get(path, { method: 'HEAD', headers })
        assert.equal(Number(head.headers['content-length']),
          packed.bytes.length)
      }
      assert.deepEqual((await server.get(path)).bytes, plain.bytes)
    }
    for (const path of ['/m/resources', '/t/status.json', '/t/nothing',
      '/t/resources?page=0']) {
      const answer = await server.get(path, { headers })
      assert.equal(answer.headers['content-encoding'], undefined, path)
    }
  })

  test('routes__one_meaning_is_one_answer', async () => {
    const one = await server.get('/t/resources?tag=a&tag=b&kind=venue&page=1')
    const two = await server.get(
      '/t/resources?x=y&page=&kind=venue&tag=b&tag=a&lang=ja')
    assert.ok(one.text === two.text)
    const fragment = await server.get(
      '/t/resources?tag=a&tag=b&kind=venue&fragment=1')
    assert.ok(fragment.text !== one.text)
    const other = await server.get('/bare/resources?tag=a&tag=b&kind=venue')
    assert.ok(other.text.includes('/bare/') && !other.text.includes('"/t/'))
  })

  test('routes__old_and_pipelined_clients_are_served', async () => {
    const old = await raw('GET /t/status.json HTTP/1.0\r\n\r\n')
    assert.match(old, /^HTTP\/1\.1 200 OK\r\n/)
    const request = (path, more = '') =>
      `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`
    const text = await raw(request('/t/resources.json?page=2') +
      request('/t/nothing.json') + request('/t/resources.json?q=%E3') +
      request('/t/status.json', 'Connection: close\r\n'))
    assert.deepEqual([...text.matchAll(/HTTP\/1\.1 ([0-9]{3})/g)]
      .map((match) => match[1]), ['200', '404', '400', '200'])
    const spoilt = await raw('GET /t/resources.json?q=\xe3 HTTP/1.0\r\n\r\n')
    assert.match(spoilt, /^HTTP\/1\.1 (200|400) /)
  })
})
