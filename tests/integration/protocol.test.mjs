// Clients of every kind, over the wire: HTTP/1.0 to HTTP/2, conditions,
// ranges, pipelines, arguments nobody means well with.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import http2 from 'node:http2'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gunzipSync } from 'node:zlib'

import { buildDir, freePort, startNginx, statusPage } from './nginx.mjs'
import { until } from './until.mjs'

let dir, snap, server, port2

function publish(run) {
  execFileSync(join(buildDir, 'unit/module/make_sample'),
    [`${snap}.new`, run, run + 100, run, 0].map(String))
  renameSync(`${snap}.new`, snap)
}

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'tsunagari-protocol-'))
  snap = join(dir, 'public.snap')
  publish(1)
  port2 = await freePort()
  server = await startNginx({ workers: 1, locations: { '/t/': snap },
    httpLines: 'tsunagari_check_interval 20ms; tsunagari_memo 64k;',
    serverLines: `listen 127.0.0.1:${port2} http2; keepalive_requests 100000;
      ${statusPage}` })
})

after(async () => {
  try {
    await server?.stop()
  } finally {
    if (dir) rmSync(dir, { recursive: true, force: true })
  }
})

// Bytes as they are, on one connection, until the server closes it.
function raw(text) {
  return new Promise((done, failed) => {
    const parts = []
    const socket = net.connect(server.port, '127.0.0.1', () =>
      socket.write(text))
    socket.setTimeout(10000, () => socket.destroy(new Error('no answer')))
    socket.on('data', (part) => parts.push(part))
    socket.on('error', failed)
    socket.on('close', () => done(Buffer.concat(parts).toString('latin1')))
  })
}

// [{ status, headers, body }] of answers that follow one another; a HEAD has
// no body.
function answers(text, methods = []) {
  const list = []
  for (let rest = text; rest !== '';) {
    const end = rest.indexOf('\r\n\r\n')
    const [line, ...fields] = rest.slice(0, end).split('\r\n')
    const headers = Object.fromEntries(fields.map((field) => {
      const colon = field.indexOf(':')
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 2)]
    }))
    const bodiless = methods[list.length] === 'HEAD' || / 304 /.test(line)
    const length = bodiless ? 0 : Number(headers['content-length'])
    list.push({ status: Number(line.split(' ')[1]), headers,
      body: rest.slice(end + 4, end + 4 + length) })
    rest = rest.slice(end + 4 + length)
  }
  return list
}

test('protocol__http_1_0_with_and_without_keep_alive', async () => {
  const whole = await server.get('/t/resources.json')
  const plain = await raw('GET /t/resources.json HTTP/1.0\r\n\r\n')
  assert.equal(answers(plain)[0].body, whole.bytes.toString('latin1'))
  assert.equal(answers(plain)[0].headers.connection, 'close')
  const gzip = answers(await raw('GET /t/resources HTTP/1.0\r\n' +
    'Accept-Encoding: gzip\r\n\r\n'))[0]
  assert.equal(gzip.headers['content-encoding'], undefined)
  const kept = answers(await raw(
    'GET /t/resources.json HTTP/1.0\r\nConnection: keep-alive\r\n\r\n' +
    'GET /t/needs.json HTTP/1.0\r\n\r\n'))
  assert.deepEqual(kept.map(({ status, headers }) =>
    [status, headers.connection]), [[200, 'keep-alive'], [200, 'close']])
  // before that, there was nothing but a path
  assert.ok((await raw('GET /t/status.json\r\n')).startsWith('{"run":'))
})

test('protocol__pipelines_keep_their_order', async () => {
  const requests = []
  for (let i = 0; i < 200; i++) {
    const method = i % 7 === 3 ? 'HEAD' : i % 11 === 5 ? 'POST' : 'GET'
    requests.push({ method, tag: i, wanted: method === 'POST' ? 405
      : i % 13 === 8 ? 400 : i % 17 === 9 ? 404 : 200 })
  }
  const text = requests.map(({ method, tag, wanted }, i) =>
    `${method} /t/${wanted === 404 ? 'no' : 'resources'}.json?tag=x${tag}` +
    `${wanted === 400 ? '&page=0' : ''} HTTP/1.1\r\nHost: x\r\n` +
    (method === 'POST' ? `Content-Length: ${tag}\r\n` : '') +
    (i === requests.length - 1 ? 'Connection: close\r\n' : '') + '\r\n' +
    (method === 'POST' ? 'x'.repeat(tag) : '')).join('')
  const list = answers(await raw(text), requests.map(({ method }) => method))
  assert.deepEqual(list.map(({ status }) => status),
    requests.map(({ wanted }) => wanted))
  list.forEach(({ status, body }, i) => {
    if (status !== 200 || requests[i].method === 'HEAD') return
    const { facets } = JSON.parse(Buffer.from(body, 'latin1').toString())
    assert.deepEqual(facets.tag.filter(({ selected }) => selected)
      .map(({ code }) => code), [])
    assert.equal(JSON.parse(Buffer.from(body, 'latin1').toString()).total, 0)
  })
})

test('protocol__ranges_are_of_no_effect', async () => {
  const whole = await server.get('/t/resources')
  for (const range of ['bytes=0-9', 'bytes=-5', 'bytes=9999999-',
    'bytes=0-0,2-3', 'bytes=5-1', 'lines=1-2', `bytes=0-${'9'.repeat(30)}`]) {
    const part = await server.get('/t/resources', { headers: { range } })
    assert.equal(part.status, 200, range)
    assert.ok(part.text === whole.text, range)
    assert.equal(part.headers['accept-ranges'], undefined)
    const conditional = await server.get('/t/resources',
      { headers: { range, 'if-range': whole.headers.etag } })
    assert.equal(conditional.status, 200)
  }
})

test('protocol__conditions_follow_the_standard', async () => {
  const path = '/t/resources'
  const { headers: { etag } } = await server.get(path)
  const late = new Date(Date.now() + 86400000).toUTCString()
  const many = Array.from({ length: 300 }, (_, i) => `"t${i}"`).join(', ')
  for (const [headers, wanted] of [
    [{ 'if-none-match': `W/${etag}` }, 304],
    [{ 'if-none-match': `w/${etag}` }, 200], // W is upper case
    [{ 'if-none-match': `${many}, W/${etag}` }, 304],
    [{ 'if-none-match': `${many}, W/${etag.slice(0, -2)}"` }, 200],
    [{ 'if-none-match': `${etag}x` }, 200],
    [{ 'if-none-match': `"${etag}` }, 200],
    [{ 'if-none-match': '"' }, 200],
    [{ 'if-none-match': ',,, ,' }, 200],
    [{ 'if-none-match': `,\t${etag}\t,` }, 304],
    [{ 'if-none-match': '*' }, 304],
    // the tag counts, not the day
    [{ 'if-none-match': '"x"', 'if-modified-since': late }, 200],
    [{ 'if-none-match': etag, 'if-modified-since': 'yesterday' }, 304],
    [{ 'if-modified-since': late }, 200],
    [{ 'if-match': etag }, 200],
    [{ 'if-match': '*' }, 200],
    [{ 'if-match': '"x"', 'if-none-match': etag }, 412],
    [{ 'if-match': etag, 'if-none-match': etag }, 304],
  ]) {
    for (const method of ['GET', 'HEAD']) {
      const answer = await server.get(path, { headers, method })
      assert.equal(answer.status, wanted, JSON.stringify(headers))
    }
  }
})

test('protocol__hostile_requests_are_answered', async () => {
  const long = 'x'.repeat(7000)
  const cases = {
    [`/t/resources.json?${'tag=a&'.repeat(1000)}`]: 200,
    [`/t/resources.json?${Array.from({ length: 500 },
      (_, i) => `tag=${i}`).join('&')}`]: 400,
    [`/t/resources.json?${'&'.repeat(7000)}`]: 200,
    [`/t/resources.json?${'='.repeat(7000)}`]: 200,
    [`/t/resources.json?${'%'.repeat(7000)}`]: 200,
    [`/t/resources.json?q=${'%'.repeat(6000)}`]: 400,
    [`/t/resources.json?q=${'%E3%81%82'.repeat(800)}`]: 400,
    [`/t/resources.json?q=${'+'.repeat(7000)}`]: 200,
    [`/t/resources.json?tag=${long}`]: 400,
    [`/t/resources.json?${long}=${long.slice(0, 100)}`]: 200,
    '/t/resources.json?q=%F4%90%80%80': 400, // above U+10FFFF
    '/t/resources.json?q=%ED%A0%80': 400, // a surrogate
    '/t/resources.json?q=%C1%81': 400, // overlong
    '/t/resources.json?q=%EF%BF%BF': 200, // no character, but valid UTF-8
    '/t/resources.json?q=a%0Ab': 200, // parts words, as a space does
    '/t/resources.json?q=a%01b': 400,
    '/t/resources.json?%71=a': 200,
    '/t/resources.json?page=500': 200,
    '/t/resources.json?page=501': 400,
    '/t/resources.json?page=00001': 200,
    '/t/resources.json?page=4294967297': 400,
    '/t/resources.json?page=18446744073709551617': 400,
    '/t/resources.json?page=1&page=2': 400,
    '/t/resources.json?region=99999&region=99999': 400,
    '/t/resources.json?region=142166%00': 400,
    '/t/resources/17.json?q=%E3': 400,
    '/t/./resources.json': 200,
    '/t/x/../resources.json': 200,
    '/t/../../resources.json': 400,
    '/t//resources.json': 200,
    '/t/resources.json%00': 400,
    '/t/%72esources.json': 200,
    '/t/resources%2Ejson': 200,
    '/t/%FF': 404,
    [`/t/${long}`]: 404,
  }
  const wrong = []
  for (const [path, wanted] of Object.entries(cases)) {
    const { status, body } = answers(await raw(
      `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`))[0]
    if (status !== wanted) wrong.push(`${path.slice(0, 60)}: ${status} ${body
      .slice(0, 99)}`)
  }
  assert.deepEqual(wrong, [])
  // a page beyond the end is an empty page of the same list
  const beyond = (await server.get('/t/resources.json?page=400')).json()
  assert.deepEqual(beyond.items, [])
  assert.equal(beyond.total,
    (await server.get('/t/resources.json')).json().total)
  assert.equal((await server.get('/t/resources?page=400')).status, 200)
})

const connect2 = (settings = {}) => new Promise((done, failed) => {
  const session = http2.connect(`http://127.0.0.1:${port2}`, { settings })
  session.once('error', failed)
  session.once('connect', () => done(session))
})

function get2(session, path, more = {}) {
  return new Promise((done, failed) => {
    const stream = session.request({ ':path': path, ...more })
    const parts = []
    let headers
    stream.on('response', (value) => { headers = value })
    stream.on('data', (part) => parts.push(part))
    stream.on('error', failed)
    stream.on('end', () => done({ status: headers[':status'], headers,
      bytes: Buffer.concat(parts) }))
  })
}

test('protocol__http_2_says_the_same', async () => {
  const session = await connect2()
  try {
    for (const path of ['/t/', '/t/resources', '/t/resources.json?page=2',
      '/t/resources/17', '/t/nothing', '/t/needs.json?page=x', '/t',
      '/t/tsunagari.css']) {
      const one = await server.get(path)
      const two = await get2(session, path)
      assert.equal(two.status, one.status, path)
      assert.ok(two.bytes.equals(one.bytes), path)
      for (const name of ['etag', 'cache-control', 'content-type', 'vary',
        'content-security-policy']) {
        assert.equal(two.headers[name], one.headers[name], `${path} ${name}`)
      }
      const packed = await get2(session, path, { 'accept-encoding': 'gzip' })
      if (packed.headers['content-encoding'] === 'gzip') {
        assert.ok(gunzipSync(packed.bytes).equals(one.bytes), path)
      }
      if (one.headers.etag) {
        const same = await get2(session, path,
          { 'if-none-match': `"x", W/${one.headers.etag}` })
        assert.equal(same.status, 304)
        assert.equal(same.bytes.length, 0)
      }
      const head = await get2(session, path, { ':method': 'HEAD' })
      assert.equal(head.status, one.status)
      assert.equal(head.bytes.length, 0)
    }
    const post = await get2(session, '/t/', { ':method': 'POST' })
    assert.equal(post.status, 405)
    const all = await Promise.all(Array.from({ length: 100 }, (_, i) =>
      get2(session, `/t/resources.json?tag=two${i}`)))
    assert.ok(all.every(({ status }) => status === 200))
  } finally {
    session.close()
  }
})

test('protocol__slow_readers_get_whole_answers_over_swaps', async () => {
  const session = await connect2({ initialWindowSize: 100 })
  try {
    // every stream waits after 100 bytes of its answer
    const streams = Array.from({ length: 60 }, (_, i) => {
      const stream = session.request({ ':path':
        i % 2 ? '/t/resources.json' : `/t/resources?tag=slow${i}` })
      const kept = { parts: [] }
      stream.on('response', (headers) => {
        kept.status = headers[':status']
        kept.length = Number(headers['content-length'])
      })
      stream.pause()
      kept.end = new Promise((done, failed) => {
        stream.on('end', done)
        stream.on('error', failed)
      })
      kept.resume = () => stream.on('data', (part) => kept.parts.push(part))
        .resume()
      return kept
    })
    await until(() => streams.every(({ status }) => status),
      'no answer has begun')
    for (let run = 2; run <= 6; run++) { // their snapshot is gone
      publish(run)
      await until(async () =>
        (await server.get('/t/resources.json')).json().run === run)
      for (let i = 0; i < 40; i++) { // and so is their place in the memo
        await server.get(`/t/resources?tag=push${i}`)
      }
    }
    for (const stream of streams) stream.resume()
    for (const [i, { end, parts, status, length }] of streams.entries()) {
      await end
      const bytes = Buffer.concat(parts)
      assert.equal(status, 200)
      assert.equal(bytes.length, length)
      if (i % 2) {
        const { run, total } = JSON.parse(bytes.toString())
        assert.deepEqual([run, total], [1, 101])
      } else {
        assert.ok(bytes.toString().trimEnd().endsWith('</html>'))
      }
    }
  } finally {
    session.close()
  }
})

test('protocol__clients_that_leave_in_the_middle_cost_nothing', async () => {
  for (let i = 0; i < 30; i++) {
    const socket = net.connect(server.port, '127.0.0.1')
    await new Promise((done) => socket.write(
      `GET /t/resources?tag=gone${i} HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(50),
      done))
    socket.resetAndDestroy()
  }
  const session = await connect2({ initialWindowSize: 10 })
  let begun = 0
  for (let i = 0; i < 30; i++) {
    session.request({ ':path': `/t/resources?tag=left${i}` })
      .on('response', () => begun++).on('error', () => {})
  }
  await until(() => begun === 30, 'not every answer has begun')
  session.destroy()
  assert.equal((await server.get('/t/')).status, 200)
  const [{ workers: [{ pid, memo }] }] = await server.snapshots()
  assert.equal(pid, server.workers()[0])
  assert.ok(memo.bytes <= 65536)
})
