// What search engines and other machines read in the head of a page.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { forMembers, startNginx } from './nginx.mjs'
import { randomStore } from './random_store.mjs'
import { DATE } from './tsunagari.mjs'

const origin = 'https://kanagawa.example:8443'
let made, server

before(async () => {
  made = randomStore(31, 120)
  const { store } = made
  store.must('match', '--date', DATE)
  for (const audience of ['public', 'members']) {
    store.must('publish', '--audience', audience, store.file(audience))
  }
  server = await startNginx({ locations: {
    '/t/': store.file('public'), '/m/': forMembers(store.file('members')),
    '/o/': { snapshot: store.file('public'),
      extra: `tsunagari_origin ${origin};` } } })
})

after(async () => {
  await server?.stop()
  made?.store.remove()
})

const unescape = (text) => text.replaceAll('&amp;', '&')

// The <link>s of a page: [{ rel, href, hreflang, type }].
const links = (html) => [...html.matchAll(/<link ([^>]*)>/g)].map((match) =>
  Object.fromEntries([...match[1].matchAll(/([a-z]+)="([^"]*)"/g)]
    .map(([, name, value]) => [name, unescape(value)])))

const title = (html) => html.match(/<title>([^<]*)<\/title>/)[1]

async function ids(prefix, name) {
  return (await server.get(`${prefix}/${name}.json`)).json().items
    .map((item) => item.id)
}

test('head__alternates_lead_to_the_page_in_its_languages', async () => {
  const [id] = await ids('/t', 'resources')
  for (const path of ['/t/', '/t/about-order', `/t/resources/${id}`,
    '/t/resources?region=142166&page=2&q=a', '/t/needs?lang=en']) {
    const page = await server.get(path)
    const found = links(page.text)
    const by = Object.fromEntries(found.filter((link) => link.hreflang)
      .map((link) => [link.hreflang, link.href]))
    assert.deepEqual(Object.keys(by),
      ['ja', 'ja-x-easy', 'en', 'x-default'], path)
    assert.equal(by.ja, by['x-default'])
    for (const [tag, href] of Object.entries(by)) {
      const other = await server.get(href)
      assert.equal(other.status, 200, href)
      assert.equal(other.text.match(/<html lang="([a-z]+)"/)[1],
        tag === 'en' ? 'en' : 'ja')
      assert.deepEqual(links(other.text).filter((link) => link.hreflang),
        found.filter((link) => link.hreflang), 'they name each other')
    }
    const canonical = found.filter((link) => link.rel === 'canonical')
    assert.equal(canonical.length, 1)
    assert.ok(Object.values(by).includes(canonical[0].href), path)
  }
})

test('head__json_is_the_same_list_or_document', async () => {
  for (const path of ['/t/resources?region=142166', '/t/needs?lang=en',
    `/t/resources/${(await ids('/t', 'resources'))[1]}`,
    `/m/suggestions?need=${(await ids('/m', 'needs'))[0]}`]) {
    const page = await server.get(path)
    const [link] = links(page.text).filter((one) => one.type)
    assert.equal(link.type, 'application/json')
    assert.equal(link.href, path.replace(/\?|$/, '.json$&'))
    assert.equal((await server.get(link.href)).status, 200)
  }
  for (const path of ['/t/', '/m/suggestions', '/t/about-order']) {
    const page = await server.get(path)
    assert.deepEqual(links(page.text).filter((one) => one.type), [], path)
  }
  for (const path of ['/t/nothing', '/t/resources?page=0']) {
    const found = links((await server.get(path)).text)
    assert.deepEqual(found.filter((link) => link.rel === 'alternate'), [])
  }
})

test('head__the_origin_stands_before_every_address_for_machines', async () => {
  const [id] = await ids('/o', 'resources')
  const page = await server.get(`/o/resources/${id}`)
  const plain = await server.get(`/t/resources/${id}`)
  for (const link of links(page.text)) {
    assert.equal(link.href.startsWith(origin),
      link.rel !== 'stylesheet', link.href)
  }
  assert.equal(page.text.replaceAll(`${origin}/o/`, '/t/')
    .replaceAll('/o/', '/t/'), plain.text)
})

test('head__linked_data_names_every_public_document', async () => {
  const types = {}
  for (const name of ['resources', 'needs']) {
    for (const id of await ids('/o', name)) {
      const item = (await server.get(`/o/${name}/${id}.json`)).json().item
      const { text } = await server.get(`/o/${name}/${id}?lang=en`)
      const blocks = [...text.matchAll(
        /<script type="application\/ld\+json">(.*?)<\/script>/gs)]
      assert.equal(blocks.length, 1)
      assert.equal(text.match(/<script/g).length, 1)
      const data = JSON.parse(blocks[0][1])
      assert.equal(data['@context'], 'https://schema.org')
      const thing = name === 'needs' ? data.seeks : data
      types[thing['@type']] = (types[thing['@type']] ?? 0) + 1
      assert.equal(thing.name, item.title)
      assert.equal(thing.url, `${origin}/o/${name}/${id}`)
      assert.equal(thing.description ?? '', item.summary)
      const owner = data.organizer ?? data.provider ?? data
      if (owner !== data || name === 'needs') {
        assert.equal(owner.name, item.organisation.name)
      }
      if (item.lat !== null && data['@type'] === 'Place') {
        assert.equal(data.geo.latitude, item.lat)
      }
    }
  }
  assert.deepEqual(Object.keys(types).sort(),
    ['Demand', 'Event', 'Place', 'Service'], JSON.stringify(types))
})

test('head__members_pages_are_not_for_engines', async () => {
  const [id] = await ids('/m', 'resources')
  for (const path of ['/', '/resources', `/resources/${id}`, '/suggestions']) {
    const page = await server.get(`/m${path}`)
    assert.ok(page.text.includes('<meta name="robots" content="noindex">'))
    assert.equal(page.headers['x-robots-tag'], 'noindex')
    assert.doesNotMatch(page.text, /ld\+json/)
    if (path === '/suggestions') continue
    assert.doesNotMatch((await server.get(`/t${path}`)).text, /noindex/)
  }
})

test('head__every_page_has_a_title_of_its_own', async () => {
  for (const lang of ['ja', 'easy', 'en']) {
    const seen = new Set()
    for (const path of ['/m/', '/m/resources', '/m/needs', '/m/about-order',
      '/m/suggestions', '/m/nothing']) {
      const page = await server.get(`${path}?lang=${lang}`)
      const [own, site] = title(page.text).split(' | ')
      assert.ok(own.length > 1 && own !== site, `${path}: ${own} | ${site}`)
      seen.add(own)
    }
    assert.equal(seen.size, 6)
  }
  assert.equal(title((await server.get('/t/')).text).split(' | ')[0],
    '場所と活動をさがす')
})

// A tab, a line of a screen reader's list and a hit of a search engine have
// nothing but the title to tell one list from another.
test('head__a_list_is_named_by_its_filters_and_page', async () => {
  const named = async (lang, args) => {
    const page = await server.get(`/t/resources?lang=${lang}${args}`)
    const [own, site] = title(page.text).split(' | ')
    assert.ok(site.length > 0)
    assert.equal(page.text.match(/<h1>([^<]*)<\/h1>/)[1], own)
    return own
  }
  for (const [lang, all, zama, venue, free, pages] of [
    ['ja', '場所・活動', '座間市', '施設・場所', '無料のみ',
      'ページ'],
    ['easy', 'ばしょ・かつどう', '座間市（ざまし）',
      'つかえる ばしょ', 'おかねが いらない もの', 'ページ'],
    ['en', 'Places and activities', 'Zama-shi', 'Venue',
      'Free of charge only', 'pages']]) {
    assert.equal(await named(lang, ''), all)
    assert.equal(await named(lang, '&region=142166'), `${zama} ${all}`)
    assert.equal(await named(lang, '&region=142166&kind=venue&free=1'),
      `${zama} ${all}: ${venue}, ${free}`)
    assert.match(await named(lang, '&page=2'),
      new RegExp(`^${all} \\(2/\\d+ ${pages}\\)$`))
    assert.equal(await named(lang, '&q=%3Cb%3E%26%22+x&kind=venue'),
      `${all}: &lt;b&gt;&amp;&quot; x, ${venue}`)
    // What the snapshot does not know is nobody's title; four are enough.
    assert.equal(await named(lang, '&kind=evil'), all)
    assert.match(await named(lang, '&kind=venue&kind=lecture&kind=ibasho' +
      '&kind=goods&kind=staff&free=1'), /: [^,]+, [^,]+, [^,]+, …$/)
    assert.match(await named(lang, '&region=142166&region=141500'),
      new RegExp(`^${all}: [^,]+, [^,]+$`))
  }
})

test('head__suggestions_are_named_by_their_need', async () => {
  const needs = (await server.get('/m/needs.json')).json().items.slice(0, 2)
  for (const lang of ['ja', 'easy', 'en']) {
    const bare = title((await server.get(`/m/suggestions?lang=${lang}`)).text)
    const [word, site] = bare.split(' | ')
    const named = []
    for (const { id } of needs) {
      const page = await server.get(`/m/suggestions?need=${id}&lang=${lang}`)
      const heading = page.text.match(/<h2 lang="ja"><a [^>]*>([^<]*)<\/a>/)[1]
      assert.equal(title(page.text), `${word}: ${heading} | ${site}`)
      named.push(title(page.text))
    }
    assert.notEqual(named[0], named[1])
  }
})

// What a message or a search engine shows of a link.
const plain = (text) => unescape(text.replaceAll('&lt;', '<')
  .replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'"))
const metas = (html) => Object.fromEntries([...html.matchAll(
  /<meta (?:name|property)="([a-z_:]+)" content="([^"]*)">/g)]
  .map(([, name, content]) => [name, plain(content)]))

const squeezed = (text) => text.replaceAll(/[\s\u3000]+/g, ' ').trim()

test('head__a_link_has_a_preview', async () => {
  const locale = { ja: 'ja_JP', easy: 'ja_JP', en: 'en_US' }
  let described = 0
  for (const name of ['resources', 'needs', 'organizations', 'cases']) {
    for (const id of (await ids('/o', name)).slice(0, 20)) {
      for (const lang of ['ja', 'easy', 'en']) {
        const path = `/o/${name}/${id}${lang === 'ja' ? '' : `?lang=${lang}`}`
        const page = await server.get(path)
        const seen = metas(page.text)
        assert.equal(seen['og:url'], `${origin}${path}`)
        assert.equal(seen['og:url'], links(page.text)
          .find((link) => link.rel === 'canonical').href)
        assert.equal(`${seen['og:title']} | ${seen['og:site_name']}`,
          plain(title(page.text)))
        assert.equal(seen['og:locale'], locale[lang])
        assert.equal(seen['og:type'], 'website')
        assert.equal(seen['og:description'], seen.description)
      }
      const { item } = (await server.get(`/o/${name}/${id}.json`)).json()
      const { description = '' } =
        metas((await server.get(`/o/${name}/${id}`)).text)
      const whole = squeezed(item.summary ?? item.activity ?? '')
      assert.ok([...description].length <= 120, description)
      assert.ok(whole.startsWith(description.replace(/…$/, '')),
        `${description}: ${whole}`)
      assert.equal(description === '', whole === '')
      described += description !== ''
    }
  }
  assert.ok(described > 5, `${described}`)
  for (const [lang, words] of [['ja', /^お住まいの地域で/],
    ['easy', /^ちかくの/], ['en', /^Find places/]]) {
    const page = await server.get(`/o/?lang=${lang}`)
    const seen = metas(page.text)
    assert.match(seen.description, words)
    assert.equal(seen['og:description'], seen.description)
    assert.equal(seen['og:url'],
      `${origin}/o/${lang === 'ja' ? '' : `?lang=${lang}`}`)
  }
  for (const path of ['/o/resources', '/o/about-order', '/o/nothing',
    '/o/resources/999999']) {
    assert.doesNotMatch((await server.get(path)).text,
      /og:|name="description"/)
  }
})

// What somebody typed is in the title: no page of ours for an engine.
test('head__a_search_for_words_is_not_for_engines', async () => {
  const noindex = '<meta name="robots" content="noindex">'
  for (const [path, own] of [['/t/resources?q=casino', true],
    ['/t/needs?q=casino&lang=en', true], ['/t/resources?kind=venue', false],
    ['/t/?q=casino', false]]) {
    const page = await server.get(path)
    assert.equal(page.text.includes(noindex), own, path)
  }
  assert.doesNotMatch((await server.get('/t/resources?q=casino&fragment=1'))
    .text, /noindex/)
})

test('head__the_chosen_need_is_a_heading', async () => {
  const [need] = (await server.get('/m/needs.json')).json().items
  const page = await server.get(`/m/suggestions?need=${need.id}&lang=en`)
  // and chosen in the form
  assert.deepEqual([...page.text.matchAll(/<option value="(\d+)" selected>/g)]
    .map(([, id]) => Number(id)), [need.id])
  const heading = page.text.match(/<h2 lang="ja"><a href="([^"]*)">(.*?)<\/a>/)
  assert.equal(heading[1], `/m/needs/${need.id}?lang=en`)
  const shown = (await server.get(heading[1])).text
  assert.ok(shown.includes(`<h1 lang="ja">${heading[2]}</h1>`))
  assert.doesNotMatch((await server.get('/m/suggestions')).text,
    /<h2 lang="ja">/)
})

test('suggestions__of_a_need_without_a_partner_say_so', async () => {
  const seen = { none: 0, some: 0 }
  for (const { id } of (await server.get('/m/needs.json')).json().items) {
    const { suggestions } =
      (await server.get(`/m/suggestions.json?need=${id}`)).json()
    const { text } = await server.get(`/m/suggestions?need=${id}`)
    assert.equal(text.includes('<div class="empty">'), suggestions.length === 0, id)
    seen[suggestions.length === 0 ? 'none' : 'some']++
  }
  assert.ok(seen.none > 0 && seen.some > 0, JSON.stringify(seen))
  // and before one is chosen nothing is missing
  assert.ok(!(await server.get('/m/suggestions')).text
    .includes('<div class="empty">'))
})
