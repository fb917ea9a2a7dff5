// schema/openapi.yaml is clean, and it is what nginx answers: every route,
// every document, every refusal.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { forMembers, startNginx } from './nginx.mjs'
import { loadApi } from './openapi.mjs'
import { randomStore } from './random_store.mjs'
import { DATE } from './tsunagari.mjs'

let api, made, server

before(async () => {
  api = await loadApi()
  made = randomStore(23, 160)
  const { store } = made
  store.must('match', '--date', DATE)
  for (const audience of ['public', 'members']) {
    store.must('publish', '--audience', audience, store.file(audience))
  }
  server = await startNginx({ locations: {
    '/t/': store.file('public'), '/m/': forMembers(store.file('members')),
    '/none/': store.file('none'),
    '/o/': { snapshot: store.file('public'),
      extra: 'tsunagari_origin https://kanagawa.example;' } } })
})

after(async () => {
  await server?.stop()
  made?.store.remove()
})

// The answer, after it was held against the description.
async function ask(path, status = 200, more = {}) {
  const answer = await server.get(path, more)
  assert.equal(answer.status, status, path)
  api.check(path.replace(/^\/[a-z]+/, ''), answer)
  return answer
}

// Every id of a collection, by walking its pages.
async function walk(prefix, name) {
  const ids = []
  for (let page = 1, pages = 1; page <= pages; page++) {
    const list = (await ask(`${prefix}/${name}.json?page=${page}`)).json()
    ids.push(...list.items.map((item) => item.id))
    pages = list.pages
    assert.equal(list.page, page)
  }
  assert.ok(ids.length > 10, `${ids.length} ${name}`)
  return ids
}

test('openapi__the_linter_has_nothing_to_say', async () => {
  assert.deepEqual(api.problems, [])
  const spoilt = made.store.file('spoilt.yaml')
  writeFileSync(spoilt, readFileSync(new URL('../../schema/openapi.yaml',
    import.meta.url), 'utf8').replace('operationId: needs\n',
    'operationId: resources\n'))
  assert.match((await loadApi(spoilt)).problems.join(), /operationId/)
})

test('openapi__every_answer_is_as_described', async () => {
  const asked = new Set()
  const see = (path, ...rest) => {
    asked.add(api.match(path.replace(/^\/[a-z]+/, '').split('?')[0]))
    return ask(path, ...rest)
  }
  for (const prefix of ['/t', '/m']) {
    for (const path of ['/', '/about-order', '/regions.json', '/status.json',
      '/tsunagari.css', '/tsunagari-search.js', '/needs',
      '/organizations', '/cases', '/resources', '/resources?fragment=1',
      '/needs?view=table']) {
      await see(prefix + path)
    }
    for (const name of ['resources', 'needs', 'organizations', 'cases']) {
      for (const id of await walk(prefix, name)) {
        await see(`${prefix}/${name}/${id}.json`)
      }
      for (const args of ['region=142166', 'region=141003&lang=easy',
        'q=%E5%B1%85%E5%A0%B4%E6%89%80&lang=en', 'q=zzzz', 'sort=cost',
        'region=142166&sort=near',
        'free=1&reach=online', 'region=142166&q=%E5%9B%B2%E7%A2%81']) {
        await see(`${prefix}/${name}.json?${args}`)
      }
      const [id] = await walk(prefix, name)
      await see(`${prefix}/${name}/${id}?lang=en`)
    }
  }
  await see('/m/suggestions')
  for (const path of ['sitemap.xml', 'open-data/events.csv',
    'open-data/facilities.csv']) {
    await see(`/o/${path}`)
    await ask(`/m/${path}`, 404)
  }
  await see('/t/hsds')
  for (const name of ['services', 'organizations', 'service_at_locations',
    'taxonomies', 'taxonomy_terms']) {
    const list = (await see(`/t/hsds/${name}?full=true&per_page=3`)).json()
    await see(`/t/hsds/${name}/${list.contents[0].id}`)
  }
  let proposals = 0
  for (const need of await walk('/m', 'needs')) {
    const answer = (await see(`/m/suggestions.json?need=${need}`)).json()
    proposals += answer.suggestions.length
  }
  assert.ok(proposals > 10, `${proposals} suggestions`)
  for (const name of ['/resources.json', '/needs.json', '/organizations.json',
    '/cases.json']) asked.add(name)
  assert.deepEqual([...asked].sort(),
    Object.keys(api.document.paths).sort())
})

test('openapi__every_refusal_is_as_described', async () => {
  for (const [path, item] of Object.entries(api.document.paths)) {
    const { responses } = item.get
    const url = path.replace('{id}', '999999999').replace('{uuid}',
      '00000000-0001-8000-8000-000000000000') +
      (path === '/suggestions.json' ? '?need=999999999' : '')
    const and = url.includes('?') ? '&' : '?'
    await ask(`/none${url}`, 503)
    await ask(`/t${url}`, 405, { method: 'DELETE' })
    const hsds = path.startsWith('/hsds')
    await ask(`/m${url}${and}${hsds ? 'format=xml' : 'lang=fr'}`, 400)
    const file = path.includes('.xml') || path.includes('.csv') ||
      (hsds && !path.endsWith('}'))
    if (responses[404] && path !== '/suggestions') await ask(`/m${url}`, 404)
    if (responses[404] && !file) await ask(`/t${url}`, 404)
    if (responses[404] && !file) continue
    const { etag } = (await ask(`/o${url}`)).headers
    assert.equal(etag !== undefined, responses[304] !== undefined, path)
    if (etag) await ask(`/o${url}`, 304, { headers: { 'if-none-match': etag } })
  }
})

test('openapi__an_answer_that_differs_is_found', async () => {
  const path = '/resources.json'
  const answer = await server.get(`/t${path}`)
  const spoil = (change) => {
    const body = answer.json()
    change(body)
    return { ...answer, json: () => body }
  }
  api.check(path, spoil(() => {}))
  for (const change of [(b) => { b.extra = 1 }, (b) => { delete b.run },
    (b) => { b.items[0].extra = 1 }, (b) => { b.items[0].lat = 'x' },
    (b) => { b.items[0].organisation.phone = '' },
    (b) => { b.items[0].confirmed_on = '2026-02-30' },
    (b) => { b.facets.kind[0].count = -1 }]) {
    assert.throws(() => api.check(path, spoil(change)), String(change))
  }
  assert.throws(() => api.check('/nothing', answer))
})
