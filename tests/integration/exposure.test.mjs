// What the published plan promises to the regions' first pages: each opens
// with the places that the plan leads its residents to, and over all of them
// nobody is led to a place beyond its cap. sort=near is by distance.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { startNginx } from './nginx.mjs'
import { randomStore } from './random_store.mjs'
import { DATE } from './tsunagari.mjs'

const PERCENT = { whole: 100, half: 50 } // exposure_cap_percent
const FIRST_PAGE = 20

let made, server, regions

before(async () => {
  made = randomStore(41, 240)
  const { store } = made
  const locations = {}
  for (const [name, percent] of Object.entries(PERCENT)) {
    store.must('weights', 'set', `exposure_cap_percent=${percent}`,
      '--use', '--reason', 'test')
    store.must('match', '--date', DATE)
    store.must('publish', '--audience', 'public', store.file(name))
    locations[`/${name}/`] = store.file(name)
  }
  server = await startNginx({ locations })
  regions = (await server.get('/whole/regions.json')).json().regions
})

after(async () => {
  await server?.stop()
  made?.store.remove()
})

// { region code: Map(offer: { units, points }) } of the run.
function planned(run) {
  const plan = new Map()
  for (const row of made.store.rows(`SELECT region_code AS code, offer_id,
    sum(units) AS units, sum(units * score) AS points FROM public_plan_lines
    WHERE run_id = ${run}
    GROUP BY region_code, offer_id`)) {
    if (!plan.has(row.code)) plan.set(row.code, new Map())
    plan.get(row.code).set(row.offer_id, row)
  }
  return plan
}

for (const [name, percent] of Object.entries(PERCENT)) {
  test(`exposure__the_caps_hold_on_every_first_page_${name}`, async () => {
    const first = (await server.get(`/${name}/resources.json`)).json()
    const plan = planned(first.run)
    const room = new Map(made.store.rows(`SELECT entry_id AS id,
      sum(quantity * ${percent} / 100) AS room FROM entry_lines
      WHERE for_public = 1 GROUP BY entry_id`).map((row) =>
      [row.id, row.room]))
    const led = new Map()
    let pages = 0
    // The plan leads the residents of wards, and of towns without wards.
    for (const [code, offers] of plan) {
      const page = (await server.get(
        `/${name}/resources.json?region=${code}`)).json()
      assert.equal(page.widened, null, code)
      const shown = page.items.map((item) => item.id)
      assert.ok(shown.length <= FIRST_PAGE)
      const wanted = [...offers.values()].sort((a, b) =>
        b.points - a.points || b.units - a.units)
      const opening = shown.slice(0, wanted.length)
      // All of them, before anything else, the most points first.
      assert.deepEqual(opening.map((id) => offers.get(id)?.points),
        wanted.slice(0, FIRST_PAGE).map((row) => row.points), code)
      for (const id of opening) {
        led.set(id, (led.get(id) ?? 0) + offers.get(id).units)
      }
      pages++
    }
    assert.ok(pages > 20, `${pages} regions are led somewhere`)
    let full = 0
    for (const [id, people] of led) {
      assert.ok(people <= room.get(id), `${id}: ${people} > ${room.get(id)}`)
      full += people === room.get(id)
    }
    assert.ok(full > 0, 'some cap was reached, so that it had to hold')
  })
}

test('exposure__regions_without_a_plan_open_with_what_is_near', async () => {
  const first = (await server.get('/whole/resources.json')).json()
  const plan = planned(first.run)
  const below = (code) => regions.filter((r) => r.parent === code)
    .flatMap((r) => [r.code, ...below(r.code)])
  for (const { code } of regions) {
    const inside = new Set([code, ...below(code)])
    const led = new Set([...plan].filter(([region]) => inside.has(region))
      .flatMap(([, offers]) => [...offers.keys()]))
    const page = (await server.get(
      `/whole/resources.json?region=${code}`)).json()
    if (page.widened !== null) continue
    const from = page.items.findIndex((item) => !led.has(item.id))
    // Nothing of the plan stands behind what is not.
    assert.ok(from < 0 || page.items.slice(from).every((item) =>
      !led.has(item.id)), code)
  }
})

// Metres on the sphere, of floating point: good to tell 200 m.
function metres(a, b) {
  const rad = Math.PI / 180
  const x = (b.lon - a.lon) * rad * Math.cos((a.lat + b.lat) / 2 * rad)
  return 6371000 * Math.hypot(x, (b.lat - a.lat) * rad)
}

test('near__the_list_goes_outward_from_the_region', async () => {
  const places = new Map(regions.map((r) => [r.code, r]))
  let looked = 0
  for (const region of regions.filter((r) => r.lat !== null)) {
    const all = (await server.get(
      `/whole/resources.json?region=${region.code}`)).json()
    let last = -1
    const seen = new Set()
    for (let page = 1; page <= all.pages; page++) {
      const list = (await server.get(`/whole/resources.json?region=${
        region.code}&sort=near&page=${page}`)).json()
      assert.equal(list.total, all.total)
      for (const item of list.items) {
        const at = item.lat !== null ? item : places.get(item.region?.code)
        const far = at?.lat != null ? metres(region, at) : Infinity
        assert.ok(far >= last - 200, `${region.code}: ${item.id} at ${far
        } m stands behind ${last} m`)
        last = Math.max(far, last)
        seen.add(item.id)
        looked++
      }
    }
    assert.equal(seen.size, all.total, region.code)
  }
  assert.ok(looked > 1000, `${looked} places`)
  // Without a region there is nothing to be near to.
  const near = (await server.get('/whole/resources.json?sort=near')).json()
  const plain = (await server.get('/whole/resources.json')).json()
  assert.deepEqual(near.items, plain.items)
})

test('table__has_the_columns_and_every_need_once', async () => {
  const columns = ['番号', '分野', '講座名・名称', '講座概要・内容', '対象', '人数', '時間',
    '準備が必要なもの', '費用', '実施団体']
  const { total } = (await server.get('/whole/needs.json')).json()
  const numbers = []
  for (let page = 1; numbers.length < total; page++) {
    const { text } = await server.get(
      `/whole/needs?view=table&page=${page}`)
    assert.deepEqual([...text.matchAll(/<th scope="col">([^<]*)<\/th>/g)]
      .map(([, name]) => name), columns)
    const rows = [...text.matchAll(
      /<td class="number">.*?<div>(\d+)<\/div><\/td>/g)]
    assert.equal(rows.length, Math.min(100, total - numbers.length))
    numbers.push(...rows.map(([, number]) => Number(number)))
  }
  assert.equal(new Set(numbers).size, total)
  // JSON has no rows, nor have organisations: both stay as they are.
  assert.deepEqual(
    (await server.get('/whole/needs.json?view=table')).json().items.length,
    Math.min(20, total))
  assert.equal((await server.get('/whole/organizations?view=table')).text
    .includes('<table'), false)
})
