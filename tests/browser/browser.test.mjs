// A visitor with Chromium and no JavaScript searches, reads, switches the
// language, by mouse and by keyboard; and axe-core finds nothing to blame on any kind of page in any language.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { join } from 'node:path'

import { accessibility, lead, pictures, startBrowser, startSite }
  from './browser.mjs'
import { ZAMA, allPages, firstId, languages, path } from './pages.mjs'

let site, browser

before(async () => {
  site = await startSite()
  browser = await startBrowser()
})

after(async () => {
  await browser?.close()
  await site?.stop()
})

async function visitor(options = {}) {
  const context = await browser.newContext({ javaScriptEnabled: false,
    locale: 'ja-JP', viewport: { width: 1100, height: 900 }, ...options })
  const page = await context.newPage()
  return { page, context, close: () => context.close() }
}

describe('without JavaScript', () => {
  test('browser__a_visitor_finds_something_near_home', async () => {
    const { page, close } = await visitor()
    await page.goto(`${site.url}/tsunagari/`)
    await page.screenshot({ path: join(pictures, 'search.png') })
    await page.selectOption('select[name=region]', ZAMA)
    await page.click('main form button[type=submit]')
    await page.waitForURL(/\/tsunagari\/resources\?/)
    assert.match(page.url(), /region=142166/)
    const text = await page.innerText('main')
    assert.match(text, /座間市/)
    await page.screenshot({ path: join(pictures, 'results.png'),
      fullPage: true })

    const hit = page.locator('main a[href*="/resources/"]').first()
    const title = (await hit.innerText()).trim()
    await hit.click()
    await page.waitForURL(/\/tsunagari\/resources\/\d+/)
    assert.ok((await page.innerText('h1')).includes(title),
      `the page of "${title}"`)
    await page.screenshot({ path: join(pictures, 'detail.png'),
      fullPage: true })
    await close()
  })

  test('browser__other_words_keep_the_conditions', async () => {
    const { page, close } = await visitor()
    await page.goto(
      `${site.url}/tsunagari/resources?region=${ZAMA}&kind=ibasho&sort=near`)
    await page.fill('main form [name=q]', 'zzzzzzzz')
    await page.click('main form button[type=submit]')
    await page.waitForURL(/q=zzzzzzzz/)
    const asked = new URL(page.url()).searchParams
    assert.deepEqual([asked.get('region'), asked.get('kind'),
      asked.get('sort')], [ZAMA, 'ibasho', 'near'])
    // Nothing found: the whole form stands there, as it was filled in.
    assert.equal(await page.inputValue('[name=region]'), ZAMA)
    assert.equal(await page.inputValue('[name=kind]'), 'ibasho')
    await page.fill('main form [name=q]', '')
    await page.selectOption('[name=kind]', '')
    await page.click('main form button[type=submit]')
    await page.waitForURL(/q=&|q=$/)
    assert.ok(await page.locator('article.card').count() > 0)
    await close()
  })

  test('browser__filters_are_one_step_away_on_a_phone', async () => {
    const { page, close } = await visitor({
      viewport: { width: 360, height: 700 } })
    await page.goto(`${site.url}/tsunagari/resources`)
    await page.click('.to-filters a')
    await page.waitForURL(/#ts-filters$/)
    const box = await page.locator('#ts-filters').boundingBox()
    assert.ok(box.y > -2 && box.y < 350, `the filters stand at ${box.y}`)
    await page.setViewportSize({ width: 1100, height: 700 })
    assert.equal(await page.locator('.to-filters').isVisible(), false)
    await close()
  })

  // A bookmark of the last page, from when there were more.
  test('browser__behind_the_last_page_nothing_denies_what_was_found',
    async () => {
      const { page, close } = await visitor()
      await page.goto(`${site.url}/tsunagari/resources?page=500`)
      assert.ok(Number(await page.textContent('.summary strong')) > 20)
      assert.equal(await page.locator('.empty').count(), 0)
      await lead(page, () => page.click('.pager [rel=prev]'))
      assert.ok(await page.locator('article.card').count() > 0)
      await page.goto(`${site.url}/tsunagari/resources?q=zzzzzzzz`)
      assert.equal(await page.locator('.empty').count(), 1)
      await close()
    })

  test('browser__filters_are_offered_where_there_are_some', async () => {
    const { page, close } = await visitor({
      viewport: { width: 360, height: 700 } })
    for (const [args, some] of [['q=zzzzzzzz', false], ['kind=ibasho', true],
      [`region=${ZAMA}&q=zzzzzzzz`, true]]) {
      await page.goto(`${site.url}/tsunagari/resources?${args}`)
      for (const what of ['.to-filters', '#ts-filters']) {
        assert.equal(await page.locator(what).isVisible(), some,
          `${args} ${what}`)
      }
    }
    await close()
  })

  test('browser__the_language_changes_and_the_page_stays', async () => {
    const { page, close } = await visitor()
    const id = await firstId(site)
    await page.goto(`${site.url}/tsunagari/resources/${id}`)
    assert.equal(await page.getAttribute('html', 'lang'), 'ja')
    await page.click('a[hreflang=en]')
    await page.waitForURL(/lang=en/)
    assert.match(page.url(), new RegExp(`/resources/${id}\\?`))
    assert.equal(await page.getAttribute('html', 'lang'), 'en')
    await page.screenshot({ path: join(pictures, 'detail-en.png'),
      fullPage: true })
    await page.click('a[href*="lang=easy"]')
    await page.waitForURL(/lang=easy/)
    assert.equal(await page.getAttribute('html', 'lang'), 'ja')
    await close()
  })

  test('browser__words_are_searched_by_keyboard_alone', async () => {
    const { page, close } = await visitor()
    await page.goto(`${site.url}/tsunagari/`)
    const focused = () => page.locator(':focus')
    for (let i = 0; ; i++) {
      assert.ok(i < 40, 'Tab reaches the text field')
      await page.keyboard.press('Tab')
      if (await focused().getAttribute('name') === 'q') break
    }
    await page.keyboard.type('カフェ')
    await page.keyboard.press('Enter')
    await page.waitForURL(/[?&]q=/)
    let reached = null
    for (let i = 0; reached === null; i++) {
      assert.ok(i < 300, 'Tab reaches a hit')
      await page.keyboard.press('Tab')
      const href = await focused().getAttribute('href')
      if (href && /\/resources\/\d+/.test(href)) reached = href
    }
    // Where the focus is must be seen.
    const outline = await focused().evaluate((element) => {
      const style = getComputedStyle(element)
      return `${style.outlineStyle} ${style.boxShadow}`
    })
    assert.notEqual(outline, 'none none')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/resources\/\d+/)
    await close()
  })

  test('browser__no_script_and_nothing_from_elsewhere', async () => {
    const { page, close } = await visitor()
    const asked = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(`${site.url}/tsunagari/resources?region=${ZAMA}`)
    assert.equal(await page.locator('script').count(), 0)
    assert.deepEqual(asked.filter((url) => !url.startsWith(site.url)), [])
    await close()
  })
})

describe('with JavaScript', () => {
  test('browser__linked_data_is_read_and_the_policy_is_kept', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const said = []
    page.on('console', (message) => said.push(message.text()))
    page.on('pageerror', (error) => said.push(error.message))
    await page.addInitScript(() => {
      window.refused = []
      document.addEventListener('securitypolicyviolation', (event) =>
        window.refused.push(event.violatedDirective))
    })
    const { items } = (await site.get('/tsunagari/resources.json')).json()
    for (const { id, title } of items.slice(0, 5)) {
      await page.goto(`${site.url}/tsunagari/resources/${id}`)
      const data = JSON.parse(await page.textContent(
        'script[type="application/ld+json"]'))
      assert.equal(data.name, title)
      assert.deepEqual(await page.evaluate(() => window.refused), [])
    }
    // The same page refuses a script that runs, and this test sees it.
    assert.deepEqual(said, [])
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.ran = true'
      document.body.append(script)
    })
    await page.waitForFunction(() => window.refused.length > 0)
    assert.equal(await page.evaluate(() => window.ran), undefined)
    await context.close()
  })
})

describe('axe-core', () => {
  // The colours of the dark are the same in every language.
  for (const [lang, scheme] of [['ja', 'light'], ['easy', 'light'],
    ['en', 'light'], ['ja', 'dark']]) {
    test(`axe__finds_nothing_in_${lang}_and_${scheme}`, async () => {
      const context = await browser.newContext({ bypassCSP: true,
        colorScheme: scheme })
      for (const { name, base, status } of await allPages(site)) {
        const found = await accessibility(context,
          site.url + path(base, lang))
        assert.equal(found.status, status, name)
        assert.deepEqual(found.violations, [], name)
        assert.ok(found.rules > 5, 'axe-core looked at the page')
      }
      await context.close()
    })
  }
})
