// Search answers equal an SQL query on the same store: totals, ids on every
// page, facet counts, what a search without a hit is widened to.
// TEST_SEED draws other stores and queries.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { startNginx } from './nginx.mjs'
import { facets, Oracle, PAGE_SIZE } from './oracle.mjs'
import { randomPlan, randomStore, text } from './random_store.mjs'
import { DATE } from './tsunagari.mjs'

const seeds = process.env.TEST_SEED ? [Number(process.env.TEST_SEED)]
  : [1, 2, 3]
const QUERIES = 250
const PAGE_TAGS = 24

const escaped = (text) => text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;',
  '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c])

const sides = { resources: 'offer', needs: 'need' }

function queryString({ values = {}, q = '', page = 1 }) {
  const args = new URLSearchParams()
  for (const facet of facets) {
    for (const value of values[facet] ?? []) args.append(facet, value)
  }
  if (q) args.append('q', q)
  if (page > 1) args.append('page', String(page))
  return args.toString()
}

// What someone types: a piece of a text that is there, in other letters now
// and then, or words that may not stand together anywhere.
function typed(random, texts) {
  const letters = [...random.pick(texts).replace(/\s+/gu, ' ')]
  const length = 1 + random.below(random.pick([1, 2, 3, 4, 12]))
  const start = random.below(Math.max(1, letters.length - length + 1))
  const piece = letters.slice(start, start + length).join('').trim()
  return random.pick([piece, piece, piece.toUpperCase(),
    piece.normalize('NFKC'), piece.normalize('NFKD'), text(random, 1)])
}

function draw(random, known, texts) {
  const values = {}
  const pool = { region: known.regions, kind: known.kinds,
    target: known.targets, theme: known.themes, tag: known.tags,
    sector: known.sectors, free: ['1'], reach: ['prefecture', 'online'] }
  for (const facet of facets) {
    if (!random.chance(facet === 'region' ? 0.35 : 0.12)) continue
    values[facet] = [random.pick(pool[facet])]
    if (random.chance(0.3)) values[facet].push(random.pick(pool[facet]))
    values[facet] = [...new Set(values[facet])]
  }
  const terms = []
  if (random.chance(0.6)) {
    for (let i = 1 + random.below(3); i > 0; i--) {
      terms.push(typed(random, texts))
    }
  }
  const q = [...terms.join(random.pick([' ', '　'])).trim()].slice(0, 60)
    .join('')
  return { values, q }
}

async function everyPage(server, path, query) {
  const ids = []
  let first
  for (let page = 1; ; page++) {
    const answer = await server.get(
      `/t/${path}.json?${queryString({ ...query, page })}`)
    assert.equal(answer.status, 200, answer.text)
    const json = answer.json()
    first ??= json
    assert.equal(json.total, first.total)
    assert.equal(json.page, page)
    ids.push(...json.items.map((item) => item.id))
    if (page >= json.pages) break
    assert.equal(json.items.length, PAGE_SIZE)
  }
  return { first, ids }
}

function countsOf(json) {
  return Object.fromEntries(facets.map((facet) => [facet,
    Object.fromEntries(json.facets[facet].filter((value) => value.count > 0)
      .map((value) => [value.code, value.count]))]))
}

async function compare(server, oracle, path, query) {
  const side = sides[path]
  const { first, ids } = await everyPage(server, path, query)
  let meant = query
  let expected = oracle.ids(side, query)
  const wider = expected.length === 0 && query.values.region
    ? oracle.widen(side, query) : null
  if (wider) {
    meant = wider.query
    expected = oracle.ids(side, meant)
  }
  assert.equal(first.widened?.to ?? null, wider?.to ?? null)
  if (wider) {
    assert.deepEqual(first.widened.regions.map((r) => r.code).sort(),
      wider.regions)
  }
  assert.equal(first.total, expected.length)
  assert.equal(first.pages, Math.ceil(expected.length / PAGE_SIZE))
  assert.deepEqual(ids.slice().sort((a, b) => a - b), expected)
  assert.deepEqual(countsOf(first), oracle.counts(side, meant))
  return expected.length
}

// Great-circle distance; farthest without a place.
function metres(doc, here) {
  if (doc.lat === null || here.lat === null) return Infinity
  const rad = (e6) => e6 / 1e6 * Math.PI / 180
  const [a, b] = [rad(doc.lat), rad(here.lat)]
  const h = Math.sin((a - b) / 2) ** 2 + Math.cos(a) * Math.cos(b) *
    Math.sin((rad(doc.lon) - rad(here.lon)) / 2) ** 2
  return 2 * 6371000 * Math.asin(Math.sqrt(h))
}

// 1: a stands before b by the rule; -1: it must not; 0: too close to tell,
// for the module counts in hundreds of metres.
function inOrder(a, b) {
  for (const key of ['planned', 'points', 'units']) {
    if (a[key] !== b[key]) return a[key] > b[key] ? 1 : -1
  }
  if (a.lat !== b.lat || a.lon !== b.lon) {
    if (Math.abs(a.metres - b.metres) < 300) return 0
    return a.metres < b.metres ? 1 : -1
  }
  if (a.allPoints !== b.allPoints) return a.allPoints > b.allPoints ? 1 : -1
  if (a.confirmed !== b.confirmed) return a.confirmed > b.confirmed ? 1 : -1
  return a.rank < b.rank ? 1 : -1
}

for (const seed of seeds) {
  describe(`search_oracle seed ${seed}`, () => {
    let made, oracle, server
    before(async () => {
      made = randomStore(seed, 120 + 150 * (seed % 4))
      const { store, known } = made
      for (let i = 2; i < 32; i++) { // more than a page shows
        store.sql(`INSERT INTO entry_tags (entry_id, tag)
          SELECT id, 'tag of ${i}' FROM entries WHERE id % ${i} = 0`)
      }
      known.tags = store.rows('SELECT DISTINCT tag FROM entry_tags ORDER BY 1')
        .map((row) => row.tag)
      // Every second store shows the plan that `match` makes of it.
      if (seed % 2 === 0) store.must('match', '--date', DATE)
      else randomPlan(made)
      store.must('publish', '--audience', 'public', store.file('public.snap'))
      oracle = new Oracle(store, { date: DATE })
      server = await startNginx({ locations: {
        '/t/': store.file('public.snap') } })
    })
    after(async () => {
      made?.store.remove()
      await server?.stop()
    })

    test('search_oracle__every_answer_equals_sql', async () => {
      const { random, known } = made
      const texts = oracle.sql('SELECT text FROM doc_text WHERE text <> \'\'' +
        ' ORDER BY id, text').map((row) => row.text)
      let withHits = 0
      for (let i = 0; i < QUERIES; i++) {
        const path = random.chance(0.75) ? 'resources' : 'needs'
        const query = draw(random, known, texts)
        try {
          withHits += await compare(server, oracle, path, query) > 0
        } catch (error) {
          error.message = `/${path}.json?${
            decodeURIComponent(queryString(query))}\n${error.message}`
          throw error
        }
      }
      // A property that only ever saw empty answers proves nothing.
      assert.ok(withHits > QUERIES / 3, `${withHits} queries with hits`)
    })

    test('search_oracle__a_page_shows_the_tags_that_most_have', async () => {
      let cut = 0
      for (const args of ['', 'free=1', 'tag=tag+of+31', 'region=140007',
        ...made.known.kinds.slice(0, 9).map((kind) => `kind=${kind}`)]) {
        const { tag } = (await server.get(`/t/resources.json?${args}`)).json()
          .facets
        const all = tag.filter(({ count, selected }) => count > 0 || selected)
        const most = all.toSorted((a, b) => b.count - a.count)
          .slice(0, PAGE_TAGS) // the sort is stable
        const shown = all.filter((value) => value.selected ||
          most.includes(value))
        const html = (await server.get(`/t/resources?${args}`)).text
        const list = html.split('<details class="facet facet-')
          .find((part) => part.startsWith('tag"')) ?? ''
        assert.deepEqual([...list.matchAll(/>([^<]*) <b>(\d+)<\/b>/g)]
          .map(([, label, count]) => `${label} ${count}`),
        shown.map(({ label, count }) => `${escaped(label)} ${count}`), args)
        cut += shown.length < all.length
      }
      assert.ok(cut > 2, `${cut} pages left tags out`)
    })

    test('search_oracle__all_documents_stand_in_rank_order', async () => {
      const ranked = oracle.ranked('offer', 1)
      const { ids } = await everyPage(server, 'resources', { values: {} })
      assert.ok(ranked.filter((doc) => doc.allUnits > 0).length > 5)
      assert.deepEqual(ids, ranked.map((doc) => doc.id))
    })

    test('search_oracle__a_region_shows_its_plan_first_then_the_near', async () => {
      let decided = 0
      for (const region of made.known.regions) {
        const [here] = oracle.sql('SELECT lat_e6 AS lat, lon_e6 AS lon ' +
          `FROM regions WHERE code = '${region}'`)
        const docs = new Map(oracle.ranked('offer', 1, region)
          .map((doc, rank) => [doc.id, { ...doc, rank,
            metres: metres(doc, here) }]))
        const { first, ids } = await everyPage(server, 'resources',
          { values: { region: [region] } })
        if (first.widened) continue
        for (let i = 1; i < ids.length; i++) {
          const [a, b] = [docs.get(ids[i - 1]), docs.get(ids[i])]
          const order = inOrder(a, b)
          assert.ok(order >= 0, `${region}: ${JSON.stringify([a, b])}`)
          decided += order
        }
      }
      assert.ok(decided > 1000, `${decided} pairs decided`)
    })

    test('search_oracle__a_page_behind_the_last_is_empty', async () => {
      const answer = await server.get('/t/resources.json?page=500')
      assert.equal(answer.status, 200)
      assert.deepEqual(answer.json().items, [])
      assert.equal(answer.json().total, oracle.ids('offer', {}).length)
    })
  })
}
