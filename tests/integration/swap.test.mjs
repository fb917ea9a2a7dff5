// A new snapshot takes over by itself, under load, without a wrong answer;
// a bad one never does.
import assert from 'node:assert/strict'
import { closeSync, copyFileSync, openSync, readFileSync, truncateSync,
  unlinkSync, writeSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'

import { forMembers, request, sanitized } from './nginx.mjs'
import { LIMIT_MS, dir, documents, figures, load, make, publish, publishBytes,
  runOf, served, server, snap, start, swaps, told, workersFiles, workersMaps }
  from './swap.mjs'
import { until } from './until.mjs'

swaps(() => {
  test('swap__new_generations_take_over_under_load', async () => {
    publish(1)
    await start()
    await served(1)
    const before = server.workers()
    const stop = load(8)
    for (let run = 2; run <= 9; run++) {
      publish(run)
      await served(run)
    }
    const { seen, wrong } = await stop()
    assert.deepEqual(wrong, [])
    assert.ok(seen.get(200) > 200, `${seen.get(200)} answers`)
    assert.deepEqual(server.workers(), before)
    assert.deepEqual(workersFiles(), [0, 0], 'files left open')
    for (const maps of workersMaps()) {
      assert.equal(maps.length, 1, maps.join('\n'))
    }
  })

  test('swap__reload_under_load_loses_nothing', async () => {
    publish(1)
    await start()
    await served(1)
    const stop = load(6)
    for (let run = 2; run <= 5; run++) {
      server.signal('SIGHUP')
      publish(run)
      await served(run, LIMIT_MS + 1500)
    }
    const { wrong } = await stop()
    // A keep-alive connection may be closed by a worker that ends.
    assert.deepEqual(wrong.filter((text) => !/socket hang up|ECONNRESET/
      .test(text)), [])
    await until(() => server.workers().length === 2,
      'old workers do not end')
  })

  test('swap__bad_files_are_refused_and_the_old_one_serves', async () => {
    publish(1)
    await start()
    await served(1)
    make(join(dir, 'good'), 2)
    const good = readFileSync(join(dir, 'good'))
    const changed = (at, value) => {
      const bytes = Buffer.from(good)
      bytes[at] = value
      return bytes
    }
    const bad = {
      empty: [Buffer.alloc(0), /shorter than a header/],
      short: [good.subarray(0, 63), /shorter than a header/],
      text: [Buffer.from('<html>'.repeat(100)), /magic/],
      half: [good.subarray(0, good.length >> 1), /file size/],
      cut: [good.subarray(0, good.length - 1), /file size/],
      longer: [Buffer.concat([good, Buffer.alloc(8)]), /file size/],
      magic: [changed(0, 0x74), /magic/],
      version: [changed(8, 99), /version/],
      sections: [changed(48, 255), /section/],
      offset: [changed(64 + 15, 0x7f), /section/],
    }
    let times = 0
    for (const [name, [bytes, reason]] of Object.entries(bad)) {
      publishBytes(bytes)
      times++
      const workers = await told(({ refusals }) => refusals === times)
      assert.equal(await runOf(), 1, name)
      for (const worker of workers) {
        assert.equal(worker.run, 1, name)
        assert.match(worker.refused.reason, reason, name)
      }
    }
    assert.match(server.log(), /refused: .*the one before it goes on serving/)
    publishBytes(good)
    await served(2)
    assert.deepEqual((await figures()).map(({ refused }) => refused),
      [null, null])
  })

  test('swap__no_file_is_503_until_one_appears', async () => {
    await start()
    for (const path of ['/t/', '/t/resources.json', '/t/status.json']) {
      const answer = await server.get(path)
      assert.equal(answer.status, 503, path)
      assert.match(answer.headers['retry-after'], /^[0-9]+$/)
    }
    publishBytes(Buffer.from('no snapshot at all, but long enough for one'
      .repeat(4)))
    await told(({ refused }) => /magic/.test(refused.reason))
    assert.equal((await server.get('/t/')).status, 503)
    publish(3)
    await served(3)
  })

  test('swap__a_deleted_file_goes_on_serving', async () => {
    publish(1)
    await start()
    await served(1)
    unlinkSync(snap)
    await told(({ refused }) => /cannot be found/.test(refused?.reason))
    assert.equal(await runOf(), 1)
    publish(2)
    await served(2)
  })

  test('swap__truncation_in_place_is_503_at_worst', async () => {
    publish(1)
    await start()
    await served(1)
    const before = server.workers()
    for (const size of [4096, 64, 0]) {
      const stop = load(6, { tolerated: [503] })
      truncateSync(snap, size)
      await served(503)
      publish(2)
      await served(2)
      const { seen, wrong } = await stop()
      assert.deepEqual(wrong, [])
      assert.ok(seen.get(503) > 0)
      publish(1)
      await served(1)
    }
    assert.deepEqual(server.workers(), before, 'a worker died')
  })

  test('swap__a_copy_in_place_is_taken_when_it_is_whole', async () => {
    publish(1)
    await start()
    await served(1)
    make(join(dir, 'good'), 2)
    // until the next look, answers may come from a mixture
    copyFileSync(join(dir, 'good'), snap)
    await told(({ run }) => run === 2)
    await served(2)
    // garbage of the same size in the same file: not trusted any more
    const bytes = readFileSync(snap).fill(0)
    const fd = openSync(snap, 'r+')
    writeSync(fd, bytes)
    closeSync(fd)
    await told(({ generation }) => generation === null)
    assert.equal(await runOf(), 503)
    publish(3)
    await served(3)
  })

  test('swap__locations_have_snapshots_of_their_own', async () => {
    const other = join(dir, 'members.snap')
    publish(1)
    make(other, 2, 1)
    await start({ locations: { '/t/': snap, '/m/': forMembers(other),
      '/again/': snap } })
    assert.equal(await runOf('/t/resources.json'), 1)
    assert.equal(await runOf('/again/resources.json'), 1)
    assert.equal(await runOf('/m/resources.json'), 2)
    publish(5)
    await served(5)
    assert.equal(await runOf('/again/resources.json'), 5)
    assert.equal(await runOf('/m/resources.json'), 2)
    for (const maps of workersMaps()) assert.equal(maps.length, 2)
    assert.equal((await server.get('/m/suggestions')).status, 200)
    assert.equal((await server.get('/t/suggestions')).status, 404)
  })

  test('swap__a_slow_reader_gets_whole_answers', async () => {
    publish(1)
    await start({ workers: 1, httpLines: 'tsunagari_memo 64k;',
      serverLines: 'keepalive_requests 10000;' })
    await served(1)
    const count = 6000 // more than the sockets hold
    const answered = async () => {
      const [{ answers: { made, memo } }] = await figures()
      return made + memo
    }
    const before = await answered()
    const socket = net.connect(server.port, '127.0.0.1')
    const parts = []
    socket.on('data', (part) => parts.push(part))
    socket.pause()
    socket.write('GET /t/resources.json HTTP/1.1\r\nHost: x\r\n\r\n'
      .repeat(count - 1) + 'GET /t/resources.json HTTP/1.1\r\nHost: x\r\n' +
      'Connection: close\r\n\r\n')
    await until(async () => await answered() > before, 'it does not begin')
    publish(2)
    await served(2)
    for (let i = 0; i < 100; i++) { // what the reader holds is pushed out
      assert.equal((await server.get(`/t/resources?tag=${i}`)).status, 200)
    }
    const closed = new Promise((done, failed) => {
      socket.on('close', done)
      socket.on('error', failed)
    })
    socket.resume()
    await closed
    const answers = Buffer.concat(parts).toString('utf8')
      .split(/HTTP\/1\.1 200 OK\r\n/).slice(1)
      .map((text) => JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4)))
    assert.equal(answers.length, count)
    for (const { run, total } of answers) {
      assert.equal(total, documents(run))
    }
    assert.deepEqual([...new Set(answers.map(({ run }) => run))], [1, 2])
  })

  test('swap__the_memo_stays_within_its_bounds', async () => {
    publish(1)
    await start({ workers: 1, httpLines: 'tsunagari_memo 1m;' })
    await served(1)
    const resident = () => Number(readFileSync(
      `/proc/${server.workers()[0]}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1])
    const agent = new http.Agent({ keepAlive: true, maxSockets: 4 })
    const ask = async (round) => {
      for (let i = 0; i < 300; i += 4) {
        await Promise.all([0, 1, 2, 3].map((k) => request(server.port,
          `/t/resources?tag=${round}x${i + k}`, { agent, headers:
            { 'accept-encoding': k % 2 ? 'gzip' : 'identity' } })))
      }
    }
    await ask(0)
    const first = resident()
    for (let round = 1; round < 6; round++) await ask(round)
    agent.destroy()
    const last = resident()
    assert.ok(sanitized || last < first + 1024, `${first} kB, then ${last} kB`)
  })

  test('swap__an_etag_does_not_outlive_its_generation', async () => {
    publish(1)
    await start()
    await served(1)
    const first = await server.get('/t/resources')
    const headers = { 'if-none-match': first.headers.etag }
    assert.equal((await server.get('/t/resources', { headers })).status, 304)
    publish(2)
    await served(2)
    const second = await server.get('/t/resources', { headers })
    assert.equal(second.status, 200)
    assert.notEqual(second.headers.etag, first.headers.etag)
  })
})
