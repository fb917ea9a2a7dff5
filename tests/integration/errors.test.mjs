// What nginx says by itself, in front of the service and of the public pages,
// under the shipped configuration: a page in three languages, whatever the
// reason.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import net from 'node:net'
import { after, before, test } from 'node:test'

import { childrenOf } from './processes.mjs'
import { startService } from './service.mjs'

const site = {}

before(async () => {
  site.one = await startService({ snapshots: '/none/there.snap' })
})

after(() => site.one?.stop({ allow: /serve\.socket failed \(2: / }))

// The page and nothing of nginx's own.
function isOurs(answer, status, words) {
  assert.equal(answer.status, status)
  assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8')
  assert.equal(answer.headers['cache-control'], 'no-store')
  assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  assert.match(answer.text, words)
  assert.doesNotMatch(answer.text, /<hr>|<center>/)
}

// Headers alone, as a browser does that is told before it has sent it all.
function post(path, length) {
  return new Promise((done, failed) => {
    const socket = net.connect(site.one.port, '127.0.0.1')
    const parts = []
    socket.on('error', failed)
    socket.on('data', (part) => parts.push(part))
    socket.on('close', () => {
      const [head, text] = Buffer.concat(parts).toString()
        .split(/\r\n\r\n(.*)/s)
      done({ status: Number(head.split(' ')[1]), text, headers:
        Object.fromEntries(head.toLowerCase().split('\r\n').slice(1)
          .map((line) => line.split(': '))) })
    })
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n` +
      `Content-Length: ${length}\r\n\r\n`)
  })
}

test('errors__each_page_has_three_languages_and_one_heading', () => {
  const folder = new URL('../../optimizer/demo/errors/', import.meta.url)
  const names = readdirSync(folder)
  assert.deepEqual(names.sort(), ['413.html', '414.html', '429.html',
    '500.html', '503.html'])
  const titles = new Set()
  for (const name of names) {
    const text = readFileSync(new URL(name, folder), 'utf8')
    assert.match(text, /^<!DOCTYPE html>\n<html lang="ja">/)
    const [title] = text.match(/(?<=<title>)[^|]+(?= \|)/)
    assert.equal(text.match(/(?<=<h1>).*(?=<\/h1>)/)[0], title)
    titles.add(title)
    for (const once of [/<h1>/g, /<main>/g, /<section lang="ja-x-easy">\n<h2>/g,
      /<section lang="en">\n<h2>[A-Z]/g]) {
      assert.equal(text.match(once)?.length, 1, `${name}: ${once}`)
    }
    assert.doesNotMatch(text, /<script|https?:|src=/, name)
  }
  assert.equal(titles.size, names.length)
})

test('errors__what_is_too_large_is_413', async () => {
  for (const path of ['/entry/new', '/staff/login', '/member/']) {
    isOurs(await post(path, 5 << 20), 413, /大きすぎます/)
  }
})

test('errors__an_address_that_is_too_long_is_414', async () => {
  for (const path of ['/tsunagari/', '/entry/', '/members/', '/']) {
    isOurs(await site.one.client().send(`${path}?q=${'x'.repeat(9000)}`), 414,
      /アドレスが長すぎます/)
  }
})

test('errors__who_asks_too_often_reads_429', async () => {
  const strict = await startService({ limits: true })
  const client = strict.client()
  const all = await Promise.all(Array.from({ length: 80 }, () =>
    client.send('/entry/sheet/x')))
  isOurs(all.find((answer) => answer.status === 429), 429, /待ってから/)
  await strict.stop()
})

test('errors__no_snapshot_yet_is_503', async () => {
  const page = await site.one.client().send('/tsunagari/')
  isOurs(page, 503, /準備中/)
  assert.ok(Number(page.headers['retry-after']) > 0)
  const viewer = await site.one.login('viewer')
  isOurs(await viewer.send('/members/resources'), 503, /準備中/)
})

test('errors__a_service_that_does_not_answer_is_504', async () => {
  const asleep = await startService({ edit: (text) => text.replaceAll(
    'fastcgi_read_timeout 130s', 'fastcgi_read_timeout 1s') })
  const workers = childrenOf(asleep.pid())
  for (const pid of workers) process.kill(pid, 'SIGSTOP')
  try {
    isOurs(await asleep.client().send('/staff/login'), 504,
      /お見せできません/)
  } finally {
    for (const pid of workers) process.kill(pid, 'SIGCONT')
    await asleep.stop()
  }
})

test('errors__a_service_that_is_not_there_is_502', async () => {
  const pid = site.one.pid()
  process.kill(pid, 'SIGTERM')
  const client = site.one.client()
  let answer
  do answer = await client.send('/staff/login')
  while (answer.status === 200)
  isOurs(answer, 502, /お見せできません/)
  // of members nobody can say who they are
  isOurs(await client.send('/members/'), 500, /お見せできません/)
})
