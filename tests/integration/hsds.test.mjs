// The directory as Human Services Data Specification 3.0: every answer below
// /hsds/ against its schemas (tests/hsds), and against our own lists.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { forMembers, startNginx } from './nginx.mjs'
import { loadApi, npm } from './openapi.mjs'
import { randomStore } from './random_store.mjs'
import { DATE } from './tsunagari.mjs'
import { until } from './until.mjs'

let made, server, ajv, api

// The schemas as they are, but for one thing: a key that they do not know is
// a mistake here.
function schemas() {
  const Ajv = npm('ajv/dist/2020').default
  const all = new Ajv({ allErrors: true, strict: false })
  npm('ajv-formats').default(all)
  const dir = new URL('../hsds/', import.meta.url)
  for (const name of readdirSync(dir).filter((text) => /json$/.test(text))) {
    const schema = JSON.parse(readFileSync(new URL(name, dir), 'utf8'))
    all.addSchema({ ...schema, additionalProperties: false },
      `https://hsds/${name}`)
  }
  return all
}

function valid(value, name) {
  const check = ajv.getSchema(`https://hsds/${name}.json`)
  assert.ok(check(value), `${name}: ${JSON.stringify(
    check.errors?.slice(0, 4))} ${JSON.stringify(value).slice(0, 400)}`)
}

before(async () => {
  ajv = schemas()
  api = await loadApi()
  made = randomStore(41, 260)
  const { store } = made
  store.must('match', '--date', DATE)
  for (const audience of ['public', 'members']) {
    store.must('publish', '--audience', audience, store.file(audience))
  }
  server = await startNginx({ locations: { '/t/': store.file('public'),
    '/m/': forMembers(store.file('members')) } })
})

after(async () => {
  await server?.stop()
  made?.store.remove()
})

const kinds = { services: 'service', organizations: 'organization',
  service_at_locations: 'service_at_location', taxonomies: 'taxonomy',
  taxonomy_terms: 'taxonomy_term' }

async function list(name, args = '') {
  const answer = await server.get(`/t/hsds/${name}${args}`)
  assert.equal(answer.status, 200, `${name}${args}`)
  assert.equal(answer.headers['content-type'], 'application/json')
  api.check(`/hsds/${name}${args}`, answer)
  const page = answer.json()
  assert.deepEqual(Object.keys(page), ['total_items', 'total_pages',
    'page_number', 'size', 'first_page', 'last_page', 'empty', 'contents'])
  assert.equal(page.size, page.contents.length)
  assert.equal(page.empty, page.size === 0)
  return page
}

// All of a list, by its pages.
async function walk(name, args = '?') {
  const all = []
  for (let page = 1, pages = 1; page <= pages; page++) {
    const one = await list(name, `${args}&per_page=37&page=${page}`)
    pages = one.total_pages
    assert.equal(one.page_number, page)
    assert.equal(one.first_page, page === 1)
    assert.equal(one.last_page, page >= pages)
    assert.equal(one.size, page < pages ? 37
      : one.total_items - 37 * Math.max(0, pages - 1))
    all.push(...one.contents)
  }
  return all
}

async function resources(args = '') {
  const all = []
  for (let page = 1, pages = 1; page <= pages; page++) {
    const one = (await server.get(
      `/t/resources.json?page=${page}${args}`)).json()
    pages = one.pages
    all.push(...one.items)
  }
  return all
}

const entryOf = (uuid) => parseInt(uuid.slice(-8), 16)

test('hsds__every_object_is_valid', async () => {
  for (const [name, schema] of Object.entries(kinds)) {
    const ids = new Set()
    for (const item of await walk(name)) {
      valid(item, schema)
      assert.ok(!ids.has(item.id), `${item.id} twice`)
      ids.add(item.id)
      const one = await server.get(`/t/hsds/${name}/${item.id}`)
      assert.equal(one.status, 200, item.id)
      api.check(`/hsds/${name}/${item.id}`, one)
      const full = one.json()
      valid(full, schema)
      for (const [key, value] of Object.entries(item)) {
        assert.deepEqual(full[key], value, `${item.id} ${key}`)
      }
      const upper = await server.get(
        `/t/hsds/${name}/${item.id.toUpperCase()}`)
      assert.ok(upper.text === one.text)
    }
    assert.ok(ids.size > 2, `${ids.size} ${name}`)
    const shorter = (await list(name)).contents
    const whole = (await list(name, '?full=true')).contents
    for (const [i, full] of whole.entries()) {
      valid(full, schema)
      assert.equal(full.id, shorter[i].id)
      assert.deepEqual(full,
        (await server.get(`/t/hsds/${name}/${full.id}`)).json())
    }
    if (/service|organization/.test(name)) {
      assert.notDeepEqual(whole, shorter, name)
    }
    assert.deepEqual((await list(name, '?full=false')).contents, shorter)
  }
})

test('hsds__the_schemas_find_what_is_wrong', async () => {
  const [item] = (await list('services', '?full=true')).contents
  for (const [key, value] of [['id', 'no-uuid'], ['status', 'asleep'],
    ['url', 'not a url'], ['spare', 1], ['last_modified', 'yesterday']]) {
    assert.throws(() => valid({ ...item, [key]: value }, 'service'))
  }
})

test('hsds__services_are_our_resources', async () => {
  const ours = await resources()
  const services = await walk('services')
  assert.deepEqual(services.map(({ id }) => entryOf(id)).sort(),
    ours.map(({ id }) => id).sort())
  const by = new Map(ours.map((item) => [item.id, item]))
  const organisations = new Set()
  for (const service of services) {
    const item = by.get(entryOf(service.id))
    assert.equal(service.name, item.title)
    assert.equal(service.description ?? '', item.summary)
    assert.equal(service.organization.name, item.organisation.name)
    assert.equal(entryOf(service.organization_id), item.organisation.id)
    assert.equal(service.assured_date ?? null, item.confirmed_on)
    organisations.add(item.organisation.id)
  }
  assert.deepEqual((await walk('organizations')).map(({ id }) => entryOf(id))
    .sort(), [...organisations].sort())
})

test('hsds__what_a_service_says_of_itself_hangs_together', async () => {
  const all = []
  const collect = (value) => {
    if (Array.isArray(value)) value.forEach(collect)
    else if (value && typeof value === 'object') {
      if (value.id) all.push([value.id, JSON.stringify(value)])
      Object.values(value).forEach(collect)
    }
  }
  const terms = new Map((await walk('taxonomy_terms'))
    .map((term) => [term.id, term]))
  let located = 0
  for (const { id } of await walk('services')) {
    const service = (await server.get(`/t/hsds/services/${id}`)).json()
    collect({ ...service, organization: null })
    for (const { taxonomy_term: term } of service.attributes) {
      assert.deepEqual(term, terms.get(term.id))
    }
    for (const one of service.service_at_locations) {
      located++
      assert.equal(one.service_id, id)
      const own = await server.get(`/t/hsds/service_at_locations/${one.id}`)
      assert.deepEqual(own.json(), one)
    }
  }
  assert.ok(located > 10)
  // one identifier is one thing
  const seen = new Map()
  for (const [id, text] of all) {
    assert.equal(seen.get(id) ?? text, text, id)
    seen.set(id, text)
  }
})

test('hsds__filters_are_those_of_our_lists', async () => {
  const [region] = (await server.get('/t/resources.json')).json().facets.kind
  assert.ok(region)
  const terms = await walk('taxonomy_terms')
  const taxonomies = { kind: '種類', target: '対象', theme: 'テーマ' }
  let met = 0
  for (const [facet, name] of Object.entries(taxonomies)) {
    for (const term of terms.filter(({ taxonomy }) => taxonomy === name)) {
      const ours = await resources(`&${facet}=${term.code}`)
      const got = await walk('services', `?taxonomy_term_id=${term.id}`)
      assert.deepEqual(got.map(({ id }) => entryOf(id)).sort(),
        ours.map(({ id }) => id).sort(), term.code)
      met += got.length
    }
  }
  assert.ok(met > 50)
  for (const q of ['サロン', 'か', '子 食堂', 'no such words']) {
    const ours = await resources(`&q=${encodeURIComponent(q)}`)
    const args = `?search=${encodeURIComponent(q)}`
    const got = await walk('services', args)
    assert.deepEqual(got.map(({ id }) => entryOf(id)).sort(),
      ours.map(({ id }) => id).sort(), q)
    assert.deepEqual((await walk('organizations', args))
      .map(({ id }) => entryOf(id)).sort(),
    [...new Set(ours.map(({ organisation }) => organisation.id))].sort())
    // and with one filter more, what both leave
    const [term] = terms
    const both = await walk('services', `${args}&taxonomy_term_id=${term.id}`)
    const ofTerm = new Set((await walk('services',
      `?taxonomy_term_id=${term.id}`)).map(({ id }) => id))
    assert.deepEqual(both.map(({ id }) => id), got.map(({ id }) => id)
      .filter((id) => ofTerm.has(id)))
  }
})

test('hsds__other_filters', async () => {
  const services = await walk('services')
  const [{ organization_id: organization }] = services
  assert.deepEqual((await walk('services',
    `?organization_id=${organization}`)).map(({ id }) => id),
  services.filter((one) => one.organization_id === organization)
    .map(({ id }) => id))
  const days = services.map((one) => one.assured_date ?? '').sort()
  const day = days[days.length >> 1]
  for (const after of [day, `${day}T12:00:00Z`]) {
    assert.deepEqual((await walk('services', `?modified_after=${after}`))
      .map(({ id }) => id),
    services.filter((one) => (one.assured_date ?? '') >= day)
      .map(({ id }) => id))
  }
  // every day there is, and so every digit
  assert.ok(new Set(days.join('')).size >= 11)
  for (const one of new Set(days.filter((text) => text !== ''))) {
    const page = await list('services', `?modified_after=${one}&per_page=1`)
    assert.equal(page.total_items, days.filter((text) => text >= one).length)
  }
  assert.equal((await list('services', '?per_page=100')).size,
    Math.min(100, services.length))
  const minimal = await walk('services', '?minimal=true')
  assert.deepEqual(minimal, services.map(({ id, last_modified: at }) =>
    at ? { id, last_modified: at } : { id }))
  const taxonomies = await walk('taxonomies')
  const terms = await walk('taxonomy_terms')
  for (const { id, name } of taxonomies) {
    const own = await walk('taxonomy_terms', `?taxonomy_id=${id}`)
    assert.deepEqual(own, terms.filter((one) => one.taxonomy_id === id))
    assert.ok(own.every(({ taxonomy }) => taxonomy === name))
    const top = await walk('taxonomy_terms',
      `?taxonomy_id=${id}&top_only=true`)
    assert.deepEqual(top, own.filter((one) => !one.parent_id))
    const ofAny = await walk('services', `?taxonomy_id=${id}`)
    const each = new Set()
    for (const term of top) {
      for (const one of await walk('services',
        `?taxonomy_term_id=${term.id}`)) each.add(one.id)
    }
    assert.deepEqual(ofAny.map((one) => one.id).sort(), [...each].sort())
  }
  const child = terms.find((one) => one.parent_id)
  assert.deepEqual(await walk('taxonomy_terms',
    `?parent_id=${child.parent_id}`),
  terms.filter((one) => one.parent_id === child.parent_id))
})

test('hsds__identifiers_stay_from_plan_to_plan', async () => {
  const { store } = made
  const before = (await walk('services')).map(({ id }) => id)
  store.must('match', '--date', DATE)
  store.must('publish', '--audience', 'public', store.file('public'))
  await until(async () => (await server.get('/t/status.json')).json().run === 2)
  assert.deepEqual((await walk('services')).map(({ id }) => id), before)
})

test('hsds__the_api_tells_of_itself', async () => {
  const answer = await server.get('/t/hsds/')
  api.check('/hsds', answer)
  assert.equal((await server.get('/t/hsds')).text, answer.text)
  const about = answer.json()
  assert.equal(about.version, '3.0')
  assert.ok(new URL(about.profile) && new URL(about.openapi_url))
})

test('hsds__wrong_requests_are_refused', async () => {
  const [{ id }] = (await list('services')).contents
  const [organization] = (await list('organizations')).contents
  const none = id.replace(/........$/, 'fffffff0')
  for (const path of ['x', 'services/', `services/${none}`, 'services/1',
    `organizations/${id}`, `services/${organization.id}`,
    `services/${id.replace(/^./, id[0] === '0' ? '1' : '0')}`,
    `services/${id}/`, `services/${id}x`, `services/${id.slice(1)}`,
    `services/${'z'.repeat(36)}`, 'service', 'services.json']) {
    const answer = await server.get(`/t/hsds/${path}`)
    assert.equal(answer.status, 404, path)
    assert.deepEqual(answer.json(), { error: 'not found', parameter: null })
  }
  for (const [parameter, values] of Object.entries({
    page: ['0', '501', 'x'], per_page: ['0', '101', '-1', 'all'],
    format: ['xml', 'ndjson'], minimal: ['yes', '1'],
    full: ['x', 'trve', 'folse', 'falsey', 'true1'],
    modified_after: ['2026', '2026-1-1', '2026-0:-01', '202/-01-01',
      '2026/01-01', '2026-01/01', '2026-01-01 ', 'yesterday',
      `2026-01-01T${'0'.repeat(40)}`].filter((value) => !/ $/.test(value)),
    search: ['%E3', `${'a'.repeat(65)}`, '%01'], top_only: ['2'] })) {
    for (const value of values) {
      const answer = await server.get(
        `/t/hsds/services?${parameter}=${value}`)
      assert.equal(answer.status, 400, `${parameter}=${value}`)
      assert.equal(answer.json().parameter, parameter)
      api.check('/hsds/services', answer)
    }
  }
  assert.equal((await server.get('/t/hsds/taxonomies?search=a')).status, 400)
  assert.equal((await server.get('/t/hsds/services?page=1&page=1')).status,
    400)
  for (const args of ['?organization_id=x', `?taxonomy_term_id=${none}`,
    `?taxonomy_term_id=${id}`, `?organization_id=${none}`, '?page=500',
    `?taxonomy_id=${id.replace(/^./, '9')}`]) {
    const page = await list('services', args)
    assert.equal(page.size, 0, args)
  }
  assert.equal((await list('services', '?kind=nothing&format=json')).empty,
    false, 'what it does not know it ignores')
  for (const path of ['', 'services', `services/${id}`]) {
    assert.equal((await server.get(`/m/hsds/${path}`)).status, 404)
  }
})
