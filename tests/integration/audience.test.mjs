// For whom a location is, and that what is published for members does not
// come to stand in one that is for everybody: not at first, not later, not
// beside one for members.
import assert from 'node:assert/strict'
import { copyFileSync, renameSync, rmSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { forMembers, startNginx, statusPage } from './nginx.mjs'
import { randomStore } from './random_store.mjs'
import { DATE } from './tsunagari.mjs'
import { until } from './until.mjs'

let store, server
const refusal = /live" refused: it is for members, and a location that serves it is not/

before(() => {
  store = randomStore(5, 60).store
  store.must('match', '--date', DATE)
  for (const audience of ['public', 'members']) {
    store.must('publish', '--audience', audience, store.file(audience))
  }
})

after(() => store?.remove())

function place(name) {
  copyFileSync(store.file(name), store.file('next'))
  renameSync(store.file('next'), store.file('live'))
}

async function serving(locations, work, serverLines = '') {
  server = await startNginx({ workers: 2, locations,
    serverLines: `${serverLines} ${statusPage}`,
    httpLines: 'tsunagari_check_interval 50ms;' })
  try {
    await work()
  } finally {
    await server.stop()
    rmSync(store.file('live'), { force: true })
  }
}

const refusals = () => (server.log().match(new RegExp(refusal, 'g')) ?? [])
  .length
// Until every worker has the one that is for them.
const all = (whom) => server.told(({ audience }) => audience === whom)
const audience = async (path) =>
  (await server.get(`${path}status.json`)).json().audience

test('audience__a_public_location_has_no_members_snapshot', async () => {
  place('members')
  await serving({ '/t/': store.file('live') }, async () => {
    for (const path of ['/t/', '/t/suggestions', '/t/needs.json']) {
      assert.equal((await server.get(path)).status, 503, path)
    }
    assert.match(server.log(), refusal)
    place('public')
    await all('public')
    assert.equal((await server.get('/t/')).status, 200)
    assert.equal(await audience('/t/'), 'public')
  })
})

test('audience__the_public_one_goes_on_when_a_members_one_comes', async () => {
  place('public')
  await serving({ '/t/': store.file('live') }, async () => {
    assert.equal((await server.get('/t/')).status, 200)
    place('members')
    await until(() => refusals() === 2) // by each worker
    for (let n = 0; n < 8; n++) {
      assert.equal(await audience('/t/'), 'public')
      assert.equal((await server.get('/t/suggestions')).status, 404)
    }
    for (const { refused } of (await server.snapshots())[0].workers) {
      assert.match(refused.reason, /^it is for members/)
    }
  })
})

test('audience__a_location_for_members_has_both', async () => {
  place('members')
  await serving({ '/m/': forMembers(store.file('live')) }, async () => {
    assert.equal(await audience('/m/'), 'members')
    assert.equal((await server.get('/m/suggestions')).status, 200)
    place('public')
    await all('public')
    assert.equal(await audience('/m/'), 'public')
    assert.equal(refusals(), 0)
  })
})

// One file for two locations: the one for everybody decides.
test('audience__of_one_file_the_public_location_decides', async () => {
  place('members')
  await serving({ '/m/': forMembers(store.file('live')),
    '/t/': store.file('live') }, async () => {
    assert.equal((await server.get('/t/')).status, 503)
    assert.equal((await server.get('/m/')).status, 503)
  })
})

test('audience__a_server_says_it_for_its_locations', async () => {
  place('members')
  await serving({ '/m/': store.file('live') }, async () => {
    assert.equal(await audience('/m/'), 'members')
  }, 'tsunagari_audience members;')
  place('members')
  await serving({ '/m/': { snapshot: store.file('live'),
    extra: 'tsunagari_audience public;' } }, async () => {
    assert.equal((await server.get('/m/')).status, 503)
  }, 'tsunagari_audience members;')
})
