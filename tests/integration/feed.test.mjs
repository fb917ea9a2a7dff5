// The whole directory as files: sitemap.xml, and lists of open data that the
// importer reads back.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { forMembers, startNginx } from './nginx.mjs'
import { randomStore } from './random_store.mjs'
import { DATE, newStore } from './tsunagari.mjs'

const origin = 'https://kanagawa.example'
let made, server, items

// RFC 4180, strictly: every row with its end, every quote in its place.
function parseCsv(text) {
  const rows = [[]]
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex
    const match = cell.exec(text)
    assert.ok(match, `row ${rows.length}: ${text.slice(at, at + 80)}`)
    rows.at(-1).push(match[1]?.replaceAll('""', '"') ?? match[2])
    if (match[3] === '\r\n') rows.push([])
  }
  assert.equal(rows.pop().length, 0, 'the last row ends')
  return rows
}

// Rows as objects by column.
async function list(path) {
  const answer = await server.get(path)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers['content-type'], 'text/csv; charset=utf-8')
  assert.deepEqual([...answer.bytes.subarray(0, 3)], [0xEF, 0xBB, 0xBF])
  const [head, ...rows] = parseCsv(answer.text.slice(1))
  for (const row of rows) assert.equal(row.length, head.length)
  return { head, bytes: answer.bytes, rows: rows.map((row) =>
    Object.fromEntries(head.map((name, i) => [name, row[i]]))) }
}

const isEvent = (item) => item.date.start !== null &&
  item.lines.some((line) => line.for_public) &&
  (item.weekdays.length === 0 || item.weekdays.length === 7)
const isPlace = (item) => !isEvent(item) && item.reach !== 'online' &&
  /^venue/.test(item.lines[0]?.kind)

// What stands for an address that is not known.
function area(region) {
  const town = /^[0-9]{6}$/.test(region?.code) && region.code !== '140007'
  return !town ? '神奈川県'
    : (region.code.startsWith('14') ? '神奈川県' : '') + region.name
}

before(async () => {
  made = randomStore(47, 200)
  const { store } = made
  store.exec(`UPDATE entries SET title = '=1+1' || title WHERE id % 5 = 0;
    UPDATE entries SET title = '＝1＋1' || title WHERE id % 5 = 1;
    UPDATE entries SET place = '-駅前' || place WHERE id % 7 = 0;
    UPDATE entries SET summary = '一行目' || char(13, 10) || '"二",行目' ||
      char(1) || summary WHERE id % 3 = 0`)
  store.must('match', '--date', DATE)
  for (const audience of ['public', 'members']) {
    store.must('publish', '--audience', audience, store.file(audience))
  }
  server = await startNginx({ locations: {
    '/t/': store.file('public'),
    '/m/': forMembers(store.file('members'), `tsunagari_origin ${origin};`),
    '/o/': { snapshot: store.file('public'),
      extra: `tsunagari_origin ${origin};` } } })
  items = {}
  for (const name of ['resources', 'needs', 'organizations', 'cases']) {
    items[name] = []
    for (let page = 1, pages = 1; page <= pages; page++) {
      const found = (await server.get(`/t/${name}.json?page=${page}`)).json()
      pages = found.pages
      for (const { id } of found.items) {
        items[name].push((await server.get(`/t/${name}/${id}.json`)).json()
          .item)
      }
    }
  }
})

after(async () => {
  await server?.stop()
  made?.store.remove()
})

test('sitemap__names_every_public_page_and_nothing_else', async () => {
  const answer = await server.get('/o/sitemap.xml')
  assert.equal(answer.status, 200)
  assert.equal(answer.headers['content-type'],
    'application/xml; charset=utf-8')
  assert.match(answer.text, /^<\?xml version="1.0" encoding="UTF-8"\?>\n<urlset xmlns="http:\/\/www.sitemaps.org\/schemas\/sitemap\/0.9">\n/)
  assert.match(answer.text, /<\/urlset>\n$/)
  const urls = [...answer.text.matchAll(
    /<url><loc>([^<&]*)<\/loc>(?:<lastmod>([-0-9]{10})<\/lastmod>)?<\/url>\n/g)]
  assert.equal(urls.length, answer.text.match(/<url>/g).length)
  const wanted = ['', 'resources', 'needs', 'organizations', 'cases',
    'about-order']
  const days = {}
  for (const [name, all] of Object.entries(items)) {
    for (const item of all) {
      wanted.push(`${name}/${item.id}`)
      days[`${origin}/o/${name}/${item.id}`] = item.confirmed_on ?? undefined
    }
  }
  assert.ok(wanted.length > 60, `${wanted.length} pages`)
  assert.deepEqual(urls.map(([, loc]) => loc),
    wanted.map((path) => `${origin}/o/${path}`))
  for (const [, loc, day] of urls) {
    assert.equal(day, days[loc])
    assert.equal((await server.get(loc.slice(origin.length))).status, 200)
  }
})

test('feed__is_public_and_a_sitemap_wants_an_origin', async () => {
  for (const path of ['/t/sitemap.xml', '/m/sitemap.xml',
    '/m/open-data/events.csv', '/m/open-data/facilities.csv',
    '/t/open-data/', '/t/open-data/needs.csv']) {
    assert.equal((await server.get(path)).status, 404, path)
  }
  const { headers: { etag } } = await server.get('/t/open-data/events.csv')
  assert.equal((await server.get('/t/open-data/events.csv',
    { headers: { 'if-none-match': etag } })).status, 304)
})

test('open_data__every_event_and_every_place_has_its_row', async () => {
  const events = await list('/t/open-data/events.csv')
  const places = await list('/t/open-data/facilities.csv')
  assert.equal(events.head.length, 32)
  assert.equal(places.head.length, 24)
  const ids = (all) => all.map((item) => String(item.id))
  assert.deepEqual(events.rows.map((row) => row.NO),
    ids(items.resources.filter(isEvent)))
  assert.deepEqual(places.rows.map((row) => row.NO),
    ids(items.resources.filter(isPlace)))
  assert.ok(events.rows.length > 5 && places.rows.length > 3)
  const clean = (text) => text.replace(/^ (?=[=+\-@＝＋－＠])/, '')
  for (const row of [...events.rows, ...places.rows]) {
    const item = items.resources.find(({ id }) => id === Number(row.NO))
    assert.equal(clean(row['イベント名'] ?? row['名称']), item.title)
    assert.equal(clean(row['説明']), item.summary)
    assert.equal(row['緯度'], item.lat === null ? '' : item.lat.toFixed(6))
    assert.equal(clean(row['住所']), item.address || area(item.region))
    for (const cell of Object.values(row)) {
      assert.doesNotMatch(cell, /^[=+\-@＝＋－＠]|[\x00-\x09\x0b-\x1f]/)
    }
  }
})

test('open_data__the_importer_reads_it_back', async () => {
  const copy = newStore()
  try {
    for (const name of ['events', 'facilities']) {
      const { bytes, rows } = await list(`/t/open-data/${name}.csv`)
      writeFileSync(copy.file(`${name}.csv`), bytes)
      copy.must('import', name, copy.file(`${name}.csv`), '--approve',
        '--confirmed-on', DATE)
      const read = copy.rows(`SELECT * FROM entries WHERE origin =
        '${name === 'events' ? 'event' : 'facility'}' ORDER BY id`)
      assert.equal(read.length, rows.length)
      read.forEach((entry, i) => {
        const item = items.resources.find(({ id }) =>
          id === Number(rows[i].NO))
        const said = `${name} ${rows[i].NO}`
        assert.equal(entry.key.split(':')[2], rows[i].NO)
        assert.equal(entry.title, item.title.trim(), said)
        assert.equal(entry.title_kana, item.title_kana.trim(), said)
        assert.equal(entry.lat_e6,
          item.lat === null ? null : Math.round(item.lat * 1e6), said)
        assert.equal(entry.lon_e6,
          item.lon === null ? null : Math.round(item.lon * 1e6), said)
        assert.equal(entry.time_start ?? null, item.time.start, said)
        assert.equal(entry.time_end ?? null, item.time.end, said)
        assert.equal(entry.url, item.contact.url ?? '', said)
        assert.equal(entry.contact_phone, item.contact.phone, said)
        assert.ok(entry.summary.startsWith(item.summary.trim()), said)
        if (name === 'events') {
          assert.equal(entry.date_start, item.date.start, said)
          assert.equal(entry.date_end, item.date.end ?? item.date.start, said)
          assert.equal(entry.place, item.place.trim(), said)
        } else {
          assert.equal(entry.people_max, null)
        }
      })
    }
    // As another reader has it: sqlite's own.
    const { rows } = await list('/t/open-data/events.csv')
    const done = spawnSync('sqlite3', [':memory:', '-cmd', '.mode csv', '-cmd',
      `.import ${copy.file('events.csv')} e`, 'SELECT count(*) FROM e'],
    { encoding: 'utf8' })
    assert.equal(done.stdout.trim(), String(rows.length), done.stderr)
  } finally {
    copy.remove()
  }
})
