// Every page as people set their browser: narrow, enlarged, dark, with
// colours of their own, by keyboard alone, on paper.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { join } from 'node:path'

import { pictures, startBrowser, startSite } from './browser.mjs'
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
    locale: 'ja-JP', bypassCSP: true, ...options })
  const page = await context.newPage()
  return { page, close: () => context.close() }
}

// Pages whose content is wider than the window, in every language; each
// picture is there to be looked at.
async function tooWide(name, options, css = '') {
  const { page, close } = await visitor(options)
  const wide = []
  for (const lang of Object.keys(languages)) {
    for (const { name: kind, base } of await allPages(site)) {
      await page.goto(site.url + path(base, lang))
      const { all, seen } = await page.evaluate((rules) => {
        const style = document.createElement('style')
        style.textContent = rules
        document.head.append(style)
        return { all: document.documentElement.scrollWidth,
          seen: document.documentElement.clientWidth }
      }, css)
      if (all > seen) wide.push(`${kind} ${lang}: ${all} > ${seen}`)
      if (lang === 'ja') {
        await page.screenshot({ path: join(pictures, `${kind}-${name}.png`) })
      }
    }
  }
  await close()
  return wide
}

test('layout__nothing_is_cut_at_320_pixels', async () => {
  assert.deepEqual(await tooWide('320',
    { viewport: { width: 320, height: 640 } }), [])
})

// The browser's own zoom, on a window of 1280 pixels.
test('layout__nothing_is_cut_at_200_percent', async () => {
  assert.deepEqual(await tooWide('zoom', { deviceScaleFactor: 2,
    viewport: { width: 640, height: 480 } }), [])
})

test('layout__nothing_is_cut_with_letters_twice_as_large', async () => {
  const options = { viewport: { width: 1280, height: 900 } }
  assert.deepEqual(await tooWide('large', options,
    'html { font-size: 200% }'), [])
  // A page that is cut would be seen.
  assert.notDeepEqual(await tooWide('cut', options,
    'main { min-width: 1400px }'), [])
})

// Words in Latin letters that stand on two lines, but those of addresses.
function brokenWords() {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const broken = []
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const words = node.data.matchAll(/(?<=^|\s)[A-Za-z(]+[),.:]*(?=\s|$)/g)
    for (const { index, 0: word } of words) {
      const range = document.createRange()
      range.setStart(node, index)
      range.setEnd(node, index + word.length)
      const lines = new Set([...range.getClientRects()]
        .map(({ top }) => Math.round(top)))
      if (lines.size > 1) broken.push(word)
    }
  }
  return broken
}

test('layout__no_word_is_broken', async () => {
  for (const width of [320, 480, 640, 800, 1000, 1200]) {
    const { page, close } = await visitor({ viewport: { width, height: 800 } })
    for (const { name, base } of await allPages(site)) {
      await page.goto(site.url + path(base, 'en'))
      const broken = await page.evaluate(brokenWords)
      assert.deepEqual(broken, [], `${name} ${width}`)
    }
    await close()
  }
})

// What stands beside the facets but is none of them says what it is.
test('layout__places_nearby_have_a_heading_that_is_seen', async () => {
  const { page, close } = await visitor()
  for (const lang of Object.keys(languages)) {
    await page.goto(site.url +
      path(`/tsunagari/resources?region=${ZAMA}`, lang))
    const { label, seen, name } = await page.locator('nav.near').evaluate(
      (nav) => {
        const style = getComputedStyle(nav, '::before')
        return { label: nav.ariaLabel, seen: style.display === 'block',
          name: style.content }
      })
    assert.ok(seen && label.length > 0 && name.includes(label), name)
  }
  await close()
})

test('layout__dark_is_dark', async () => {
  for (const [scheme, dark] of [['dark', true], ['light', false]]) {
    const { page, close } = await visitor({ colorScheme: scheme })
    for (const { name, base } of await allPages(site)) {
      await page.goto(site.url + base)
      // Of the page, and of what may stand alone on a page of another site.
      for (const selector of ['.tsunagari-page', '.tsunagari']) {
        const light = await page.locator(selector).first().evaluate(
          (element) => {
            const sum = (colour) => colour.match(/\d+/g).slice(0, 3)
              .reduce((all, part) => all + Number(part), 0)
            const style = getComputedStyle(element)
            return sum(style.backgroundColor) > sum(style.color)
          })
        assert.equal(light, !dark, `${name} ${selector} ${scheme}`)
      }
      await page.screenshot({ path: join(pictures, `${name}-${scheme}.png`) })
    }
    await close()
  }
})

test('layout__controls_keep_a_border_in_colours_of_ones_own', async () => {
  const { page, close } = await visitor({ forcedColors: 'active' })
  await page.goto(`${site.url}/tsunagari/resources?region=${ZAMA}`)
  for (const selector of ['.card', '.kinds li', '.chips a', '.pager a']) {
    const border = await page.locator(selector).first().evaluate((element) =>
      getComputedStyle(element).borderTopStyle)
    assert.equal(border, 'solid', selector)
  }
  await page.screenshot({ path: join(pictures, 'results-forced.png') })
  await close()
})

// Every link and control is reached by Tab, in the order of the page, and
// where the focus is can be seen; the first one leads past the menu.
test('layout__every_control_is_reached_by_keyboard', async () => {
  const { page, close } = await visitor()
  for (const { name, base } of await allPages(site)) {
    await page.goto(site.url + base)
    const all = await page.evaluate(() => {
      const found = [...document.querySelectorAll(
        'a[href], button, input:not([type=hidden]), select, summary, ' +
        '[tabindex="0"]')].filter((element) => element.checkVisibility())
      found.forEach((element, i) => { element.dataset.at = i })
      return found.length
    })
    for (let i = 0; i < all; i++) {
      await page.keyboard.press('Tab')
      const { at, seen } = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement)
        return { at: document.activeElement.dataset.at,
          seen: style.outlineStyle !== 'none' &&
            parseFloat(style.outlineWidth) >= 2 }
      })
      assert.equal(at, String(i), `${name}: Tab ${i} of ${all}`)
      assert.ok(seen, `${name}: the focus on ${i} is seen`)
    }
  }
  await page.goto(`${site.url}/tsunagari/`)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL(/#/)
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() =>
    document.querySelector('main').contains(document.activeElement)), true)
  await close()
})

test('layout__landmarks_and_headings_tell_the_page', async () => {
  const { page, close } = await visitor()
  for (const lang of Object.keys(languages)) {
    for (const { name, base } of await allPages(site)) {
      await page.goto(site.url + path(base, lang))
      const { count, levels, named } = await page.evaluate(() => ({
        count: ['header', 'main', 'footer', 'h1'].map((tag) =>
          document.querySelectorAll(tag).length),
        levels: [...document.querySelectorAll('h1, h2, h3, h4')].map((h) =>
          Number(h.tagName[1])),
        named: [...document.querySelectorAll('nav, section, aside')].every(
          (part) => part.ariaLabel || document.getElementById(
            part.getAttribute('aria-labelledby'))) }))
      assert.deepEqual(count, [1, 1, 1, 1], name)
      assert.ok(named, `${name}: every landmark has a name`)
      levels.reduce((before, level) => {
        assert.ok(level <= before + 1, `${name}: h${before}, then h${level}`)
        return level
      }, 0)
    }
  }
  await close()
})

test('layout__paper_is_white_and_without_controls', async () => {
  const { page, close } = await visitor({ colorScheme: 'dark' })
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  for (const base of [`/tsunagari/resources?region=${ZAMA}`,
    `/tsunagari/resources/${await firstId(site)}`, '/tsunagari/needs',
    '/tsunagari/needs?view=table']) {
    await page.goto(site.url + base)
    const style = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.body)
      return [backgroundColor, color]
    })
    assert.deepEqual(style, ['rgb(255, 255, 255)', 'rgb(0, 0, 0)'])
    for (const selector of ['.menu', '.languages', '.find', '.pager', '.view',
      '.narrow', '.skip']) {
      for (const part of await page.locator(selector).all()) {
        assert.equal(await part.isVisible(), false, selector)
      }
    }
  }
  await close()
})
