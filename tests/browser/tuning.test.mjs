// The pages of the weights and of the report in Chromium: charts are drawn
// under the strict Content-Security-Policy, the tables stay, nothing is in
// anybody's way, with JavaScript and without.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { randomStore } from '../integration/random_store.mjs'
import { PASSWORD, startService } from '../integration/service.mjs'
import { DATE } from '../integration/tsunagari.mjs'
import { accessibility, lead, pictures, startBrowser } from './browser.mjs'

const pages = {
  overview: `/staff/report?to=${DATE}`,
  report: `/staff/report/all?to=${DATE}`,
  weights: '/staff/weights',
  wrong: '/staff/weights/try?w.fit_target=x',
  whatif: '/staff/weights/try?w.distance_price_per_km=100',
  history: '/staff/weights/history',
}

let site, browser

before(async () => {
  const { store } = randomStore(71, 160)
  store.must('match', '--date', DATE)
  site = await startService({ store })
  site.account('tuner', 'tuner')
  browser = await startBrowser()
})

after(async () => {
  await browser?.close()
  await site?.stop()
})

async function login(options) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  await page.goto(`${site.url}/staff/login`)
  await page.fill('#login', 'tuner')
  await page.fill('#password', PASSWORD)
  await lead(page, () => page.click('main form button'))
  return { context, page }
}

test('tuning__no_page_has_a_barrier', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { context } = await login({ colorScheme, bypassCSP: true })
    for (const [name, path] of Object.entries(pages)) {
      const found = await accessibility(context, site.url + path)
      assert.deepEqual(found.violations, [], `${name} ${colorScheme}`)
    }
    await context.close()
  }
})

// A finger's width, and letters as large as those of the text.
test('tuning__numbers_can_be_read_and_touched', async () => {
  const { context, page } = await login({})
  await page.goto(site.url + pages.weights)
  const { size, text, height } = await page.locator('input.figure').first()
    .evaluate((input) => ({ height: input.offsetHeight,
      size: getComputedStyle(input).fontSize,
      text: getComputedStyle(input.closest('table')).fontSize }))
  assert.equal(size, text)
  assert.ok(height >= 44, `${height} pixels`)
  await context.close()
})

test('tuning__charts_are_drawn_and_no_policy_is_broken', async () => {
  const { context, page } = await login({})
  const complaints = []
  page.on('console', (line) => complaints.push(line.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  for (const name of ['report', 'whatif']) {
    await page.goto(site.url + pages[name])
    await page.waitForSelector('.chart-frame canvas')
    const charts = await page.locator('.chart').count()
    assert.ok(charts > 3)
    assert.equal(await page.locator('.chart-frame[aria-hidden] canvas')
      .count(), charts)
    assert.equal(await page.locator('.chart table').count(), charts)
    // Something is painted, a frame later: not every pixel is the same.
    await page.waitForFunction(() => {
      const canvas = document.querySelector('canvas')
      return new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0,
        canvas.width, canvas.height).data.buffer)).size > 2
    })
    await page.screenshot({ path: join(pictures, `${name}.png`),
      fullPage: true })
  }
  assert.deepEqual(complaints, [])
  await context.close()
})

test('tuning__without_javascript_and_on_a_small_screen', async () => {
  const { context, page } = await login({ javaScriptEnabled: false,
    viewport: { width: 320, height: 640 } })
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(site.url + path)
    assert.equal(await page.locator('canvas').count(), 0)
    const wide = await page.locator('body').evaluate((body) =>
      body.ownerDocument.documentElement.scrollWidth)
    assert.ok(wide <= 320, `${name} is ${wide} wide`)
  }
  await page.goto(site.url + pages.weights)
  await page.fill('[id="w.fit_target"]', '300')
  await lead(page, () => page.click('text=くらべる >> nth=-1'))
  await page.fill('#reason', 'ためし')
  await lead(page, () => page.click('text=下書きとして残す'))
  assert.match(await page.textContent('main'), /公開はしていません/)
  await context.close()
})
