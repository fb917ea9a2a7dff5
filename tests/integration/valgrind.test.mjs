// One nginx under valgrind: every kind of request, a swap, a refused file,
// a graceful end; no memory error, no leak.
import assert from 'node:assert/strict'
import { copyFileSync, renameSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'

import { forMembers, startNginx, statusPage, valgrind } from './nginx.mjs'
import { randomStore } from './random_store.mjs'
import { DATE } from './tsunagari.mjs'

async function requests(server) {
  const list = await server.get('/t/resources.json')
  const need = (await server.get('/t/needs.json')).json().items[0].id
  const id = list.json().items[0].id
  const paths = ['/', '/resources', '/resources?region=142166&lang=en',
    '/resources?q=%E3%82%AB%E3%83%95%E3%82%A7&kind=venue&fragment=1',
    '/resources?sort=new', '/resources?sort=cost&page=2', '/needs?lang=easy',
    `/resources/${id}`, `/resources/${id}.json`, `/needs/${need}`,
    `/suggestions?need=${need}`, `/suggestions.json?need=${need}`,
    '/regions.json', '/about-order', '/status.json', '/tsunagari.css',
    '/resources?q=%E3', '/resources?page=0', '/nothing', '/resources/0']
  for (const path of paths) {
    const answer = await server.get(`/t${path}`)
    assert.ok(answer.status < 500, `${path}: ${answer.status}`)
    await server.get(`/t${path}`, { method: 'HEAD' })
    if (answer.headers.etag) {
      const again = await server.get(`/t${path}`, {
        headers: { 'If-None-Match': answer.headers.etag } })
      assert.equal(again.status, 304, path)
    }
  }
  for (const path of ['/', `/resources/${id}`, '/sitemap.xml',
    '/open-data/events.csv', '/open-data/facilities.csv']) {
    assert.equal((await server.get(`/p${path}`)).status, 200, path)
  }
  assert.equal((await server.get('/t/resources',
    { method: 'POST', body: 'x=1' })).status, 405)
}

test('valgrind__nginx_has_no_memory_error_and_no_leak', async () => {
  const { store } = randomStore(7, 150)
  store.must('match', '--date', DATE)
  store.must('publish', '--audience', 'members', store.file('one.snap'))
  store.must('publish', '--audience', 'public', store.file('public.snap'))
  store.must('weights', 'set', 'worth_urgency_1=900000', '--reason', 'test',
    '--use')
  store.must('match', '--date', DATE)
  store.must('publish', '--audience', 'members', store.file('two.snap'))
  copyFileSync(store.file('one.snap'), store.file('live.snap'))
  const server = await startNginx({ wrapper: valgrind, master: false,
    patience: 120, locations: { '/t/': forMembers(store.file('live.snap')),
      '/p/': { snapshot: store.file('public.snap'),
        extra: 'tsunagari_origin https://kanagawa.example;' } },
    serverLines: statusPage })
  try {
    await requests(server)
    assert.equal((await server.get('/status')).status, 200)
    const before = (await server.get('/t/status.json')).json().generation
    copyFileSync(store.file('two.snap'), store.file('next.snap'))
    renameSync(store.file('next.snap'), store.file('live.snap'))
    await server.told(({ generation }) => generation !== before)
    writeFileSync(store.file('next.snap'), 'not a snapshot')
    renameSync(store.file('next.snap'), store.file('live.snap'))
    await server.told(({ refused }) => refused !== null)
    await requests(server)
  } finally {
    // The exit code is valgrind's: 99 when it found something.
    await server.stop()
    store.remove()
  }
})
