// <tsunagari-search> on a page of another site, under that site's own
// Content-Security-Policy; and the same list taken in by SSI.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { accessibility, pictures, startBrowser, startSite }
  from './browser.mjs'
import { ZAMA, languages } from './pages.mjs'

let site, browser, other, dir

const ssi = `<!DOCTYPE html>
<html lang="ja"><head><meta charset="utf-8"><title>市のページ</title>
<link rel="stylesheet" href="/tsunagari/tsunagari.css"></head>
<body><main><p>市のページの本文</p>
<!--# include virtual="/tsunagari/resources?region=${ZAMA}&fragment=1" -->
</main></body></html>`

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'tsunagari-ssi-'))
  writeFileSync(join(dir, 'city.html'), ssi)
  site = await startSite({ serverLines: `location = /city.html {
    root ${dir}; ssi on; charset utf-8; default_type text/html; }` })
  browser = await startBrowser()
  // Another origin: another port. The page is what ?html= says.
  other = http.createServer((request, answer) => {
    const url = new URL(request.url, 'http://x')
    answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; base-uri 'none';` +
        ['script', 'style', 'connect'].map((kind) =>
          ` ${kind}-src ${site.url};`).join('') })
    answer.end(`<!DOCTYPE html><html lang="${
      url.searchParams.get('lang') ?? 'ja'}"><head><meta charset="utf-8">
      <title>他のサイト</title><script src="${
  site.url}/tsunagari/tsunagari-search.js" defer></script></head>
      <body><main><h1>他のサイト</h1>${url.searchParams.get('html')}
      </main></body></html>`)
  })
  await new Promise((done) => other.listen(0, '127.0.0.1', done))
})

after(async () => {
  other?.close()
  await browser?.close()
  await site?.stop()
  if (dir) rmSync(dir, { recursive: true, force: true })
})

const address = (element, lang = 'ja') =>
  `http://127.0.0.1:${other.address().port}/?lang=${lang}&html=${
    encodeURIComponent(element)}`

// A page with that element; what the browser refused is in page.refused().
async function open(element, { lang, ...options } = {}) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const said = []
  page.on('pageerror', (error) => said.push(error.message))
  await page.addInitScript(() => {
    window.refused = []
    document.addEventListener('securitypolicyviolation', (event) =>
      window.refused.push(event.violatedDirective))
  })
  await page.goto(address(element, lang))
  return { page, said, close: () => context.close(),
    refused: () => page.evaluate(() => window.refused) }
}

const shown = (page) => page.locator('tsunagari-search .card').first()
  .waitFor()

test('element__is_smaller_than_10_kB', async () => {
  const answer = await site.get('/tsunagari/tsunagari-search.js')
  assert.equal(answer.status, 200)
  assert.ok(answer.bytes.length < 10000, `${answer.bytes.length} bytes`)
  assert.match(answer.headers['content-type'], /^text\/javascript/)
})

for (const [lang, attributes, word] of [['ja', '', '地域'],
  ['easy', ' language="easy"', 'まち'], ['en', '', 'Region']]) {
  test(`element__shows_the_region_on_another_site_in_${lang}`, async () => {
    const { page, said, refused, close } = await open(
      `<tsunagari-search region="${ZAMA}"${attributes}></tsunagari-search>`,
      { lang: lang === 'en' ? 'en' : 'ja' })
    await shown(page)
    const answer = await site.get(`/tsunagari/resources.json?region=${
      ZAMA}&lang=${lang}`)
    const list = answer.json()
    assert.equal(await page.locator('tsunagari-search .card').count(),
      list.items.length)
    assert.match(await page.locator('tsunagari-search .summary').innerText(),
      new RegExp(`^${list.total} `))
    assert.equal(await page.locator('tsunagari-search select[name=region]')
      .inputValue(), ZAMA)
    const link = page.locator('tsunagari-search .card h2 a').first()
    assert.equal(await link.getAttribute('href'), `${site.url}${
      list.items[0].url}${lang === 'ja' ? '' : `?lang=${lang}`}`)
    // The server's own words, in the language asked for, in its own style.
    assert.equal(await page.locator('tsunagari-search label').first()
      .innerText(), word)
    const border = await page.locator('tsunagari-search .card').first()
      .evaluate((card) => getComputedStyle(card).borderTopStyle)
    assert.equal(border, 'solid')
    assert.deepEqual(said, [])
    assert.deepEqual(await refused(), [])
    await page.screenshot({ path: join(pictures, `element-${lang}.png`) })
    await close()
  })
}

test('element__searches_and_turns_pages_where_it_stands', async () => {
  const { page, said, close } = await open('<tsunagari-search>' +
    '</tsunagari-search>')
  await shown(page)
  const here = page.url()
  await page.locator('tsunagari-search input[name=q]').fill('カフェ')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.querySelector('tsunagari-search')
    .shadowRoot.activeElement?.classList.contains('summary'))
  const { total } = (await site.get(
    '/tsunagari/resources.json?q=%E3%82%AB%E3%83%95%E3%82%A7')).json()
  const summary = page.locator('tsunagari-search .summary')
  assert.ok((await summary.innerText()).startsWith(`${total} `))
  // The word is taken away again, then the next page is asked for.
  await page.locator('tsunagari-search .chips a').click()
  await page.locator('tsunagari-search .chips').waitFor({ state: 'detached' })
  await page.locator('tsunagari-search .pager a[rel=next]').click()
  await page.locator('tsunagari-search .pager [aria-current=page]',
    { hasText: '2' }).waitFor()
  assert.equal(page.url(), here)
  assert.deepEqual(said, [])
  // An attribute that changes is another search.
  await page.evaluate(() => document.querySelector('tsunagari-search')
    .setAttribute('q', 'zzzzzz'))
  await page.locator('tsunagari-search .empty').waitFor()
  // A link to one of them leaves for it.
  await page.evaluate(() => document.querySelector('tsunagari-search')
    .removeAttribute('q'))
  await shown(page)
  await page.locator('tsunagari-search .card h2 a').first().click()
  await page.waitForURL(/\/tsunagari\/resources\/\d+/)
  await close()
})

test('element__a_wrong_attribute_says_so', async () => {
  const { page, close } = await open(
    '<tsunagari-search region="999999">x</tsunagari-search>')
  await page.locator('tsunagari-search .message', { hasText: 'region' })
    .waitFor()
  await close()
})

test('element__what_stands_inside_shows_when_nothing_else_can', async () => {
  const inside = '<a href="https://example.jp/">さがすページ</a>'
  for (const [attributes, options] of [
    ['base="http://127.0.0.1:1"', {}],
    // Members' answers are for their own site alone.
    [`base="${site.url}/members"`, {}],
    ['', { javaScriptEnabled: false }],
  ]) {
    const { page, close } = await open(`<tsunagari-search ${attributes}>${
      inside}</tsunagari-search>`, options)
    await page.waitForLoadState('networkidle')
    const link = page.locator('tsunagari-search a')
    assert.ok(await link.first().isVisible(), attributes)
    assert.equal(await link.count(), 1, attributes)
    await close()
  }
})

test('element__only_what_is_public_is_shared', async () => {
  for (const path of ['resources.json', 'resources?fragment=1',
    'tsunagari-search.js', 'tsunagari.css', 'resources?page=0']) {
    const { headers } = await site.get(`/tsunagari/${path}`)
    assert.equal(headers['access-control-allow-origin'], '*', path)
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin')
    const members = (await site.get(`/members/${path}`)).headers
    assert.equal(members['access-control-allow-origin'], undefined, path)
    assert.equal(members['cross-origin-resource-policy'], 'same-origin')
  }
})

test('axe__finds_nothing_on_a_page_with_the_element', async () => {
  for (const lang of Object.keys(languages)) {
    const context = await browser.newContext({ bypassCSP: true })
    const found = await accessibility(context, address(`<tsunagari-search
      language="${lang}" region="${ZAMA}"></tsunagari-search>`,
    lang === 'en' ? 'en' : 'ja'), shown)
    await context.close()
    assert.deepEqual(found.violations, [], lang)
  }
})

test('ssi__the_list_stands_in_the_page_of_a_site', async () => {
  const context = await browser.newContext({ bypassCSP: true })
  const url = `${site.url}/city.html`
  const found = await accessibility(context, url, async (page) => {
    assert.ok(await page.locator('.card').count() > 10)
    assert.match(await page.innerText('main'), /^市のページの本文/)
    assert.match(await page.innerText('h1'), /座間市/)
  })
  await context.close()
  assert.deepEqual(found.violations, [])
  assert.equal(found.status, 200)
})
