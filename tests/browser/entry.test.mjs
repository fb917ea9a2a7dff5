// The entry sheet and the login in Chromium: with and without JavaScript, by
// keyboard, on a small screen, and without a barrier that axe-core knows.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { PASSWORD, startService } from '../integration/service.mjs'
import { accessibility, lead, pictures, startBrowser } from './browser.mjs'

let site, browser

before(async () => {
  site = await startService()
  site.account('boss', 'admin')
  browser = await startBrowser()
})

after(async () => {
  await browser?.close()
  await site?.stop()
})

async function visitor(options = {}) {
  const context = await browser.newContext({ locale: 'ja-JP',
    viewport: { width: 1000, height: 900 }, ...options })
  const page = await context.newPage()
  const wrong = []
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text())
  })
  page.on('pageerror', (error) => wrong.push(error.message))
  return { context, page, wrong }
}

const press = (page, name) => lead(page, () =>
  page.getByRole('button', { name }).click())

async function begin(page, side = 'シーズを書く') {
  await page.goto(`${site.url}/entry/`)
  await press(page, side)
  assert.match(page.url(), /\/entry\/sheet\//)
}

async function fill(page) {
  await page.fill('#title', '【例】手芸の会')
  await page.fill('#summary', '編み物をします。')
  await page.selectOption('#line1_kind', 'ibasho_exchange')
  await page.fill('#line1_quantity', '10')
  await page.fill('#line1_unit', '人')
  await page.check('input[name=reach][value=regions]')
  await page.locator('summary', { hasText: '県央' }).click()
  await page.check('input[name=regions][value="142166"]')
  await page.fill('#org_name', '【例】手芸の会')
  await page.fill('#email', 'shugei@example.jp')
}

const linkOf = (mail) => Buffer.from(mail.split('\r\n\r\n')[1], 'base64')
  .toString('utf8').match(/http\S+\/status/)[0]

test('entry__a_visitor_without_javascript_gets_a_receipt', async () => {
  const { context, page } = await visitor({ javaScriptEnabled: false })
  await begin(page)
  await press(page, '確かめる')
  assert.ok(await page.locator('.error').count() >= 5)
  await page.locator('.alert a').first().click() // to the field itself
  await page.waitForURL(/#title$/)
  await fill(page)
  await press(page, '行を増やす')
  assert.match(page.url(), /more=line/)
  assert.equal(await page.inputValue('#title'), '【例】手芸の会')
  assert.equal(await page.locator('#line3_kind').count(), 0)
  await page.screenshot({ path: join(pictures, 'entry.png'),
    fullPage: true })
  await press(page, '確かめる')
  assert.match(page.url(), /\/check$/)
  await press(page, '確認のメールを送る')
  assert.match(page.url(), /\/status$/)
  assert.match(await page.innerText('main'), /shugei@example\.jp/)
  await page.goto(linkOf(site.mails().at(-1)))
  await press(page, 'この内容で申しこむ')
  assert.match(page.url(), /notice=received/)
  assert.match(await page.innerText('main'), /受付番号\s.*\s20\d\d-\d{6}/)
  await page.screenshot({ path: join(pictures, 'receipt.png') })
  await context.close()
  assert.deepEqual(site.store.rows('SELECT e.state, e.publish, r.region_code' +
    ' FROM entries AS e JOIN entry_regions AS r ON r.entry_id = e.id'),
  [{ state: 'submitted', publish: 0, region_code: '142166' }])
})

test('entry__with_javascript_it_is_saved_as_one_types', async () => {
  const { context, page, wrong } = await visitor()
  await begin(page, 'ニーズを書く')
  const saved = page.waitForResponse((answer) =>
    answer.request().method() === 'POST')
  await page.fill('#title', '自動で残る')
  assert.equal((await saved).status(), 200)
  await page.locator('#saved', { hasText: '保存しました' }).waitFor()
  await page.reload()
  assert.equal(await page.inputValue('#title'), '自動で残る')
  // one more row in place: an own number, empty, with the focus on it
  await page.fill('#line2_quantity', '7')
  await page.locator('button[value=more-line]').click()
  assert.equal(await page.inputValue('#line3_quantity'), '')
  assert.equal(await page.evaluate(() => document.activeElement.id),
    'line3_kind')
  for (let n = 4; n <= 12; n++) {
    await page.locator('button[value=more-line]').click()
  }
  assert.ok(await page.locator('button[value=more-line]').isHidden())
  // a whole area includes what is in it
  await page.check('input[name=reach][value=regions]')
  await page.locator('summary', { hasText: '県央' }).click()
  await page.check('input[name=regions][value="142166"]')
  await page.check('input[name=regions][value="A14-03"]')
  assert.ok(await page.isDisabled('input[name=regions][value="142166"]'))
  await page.check('input[name=reach][value=online]')
  assert.ok(await page.locator('#regions').isHidden())
  assert.deepEqual(wrong, [])
  await context.close()
})

test('entry__enter_in_a_field_saves_and_adds_nothing', async () => {
  const { context, page } = await visitor()
  await begin(page)
  await page.fill('#title', '題')
  await lead(page, () => page.press('#title', 'Enter'))
  assert.match(page.url(), /notice=saved/)
  assert.equal(await page.locator('[data-row="3"]').count(), 0)
  await context.close()
})

test('pages__have_no_barrier_and_fit_a_small_screen', async () => {
  const all = ['', '/check'] // of the sheet
  for (const [colorScheme, sheets, paths] of [['light', all, ['/entry/',
    '/staff/login', '/staff/accounts', '/staff/password', '/staff/nothing']],
  ['dark', ['/check'], ['/entry/', '/staff/accounts']]]) {
    const { context, page } = await visitor({ colorScheme, bypassCSP: true })
    await begin(page)
    const sheet = page.url()
    await fill(page)
    await page.fill('#email', 'wrong')
    await press(page, '確かめる')
    assert.ok(await page.locator('.alert').isVisible())
    await page.goto(`${site.url}/staff/login`)
    await page.fill('#login', 'boss')
    await page.fill('#password', PASSWORD)
    await lead(page, () => page.locator('main form button').click())
    assert.match(page.url(), /\/staff\/$/)
    for (const path of [...paths, ...sheets.map((rest) =>
      new URL(sheet).pathname + rest)]) {
      const found = await accessibility(context, site.url + path)
      assert.deepEqual(found.violations, [], `${path} ${colorScheme}`)
      assert.ok(found.rules > 10, path)
      await page.setViewportSize({ width: 320, height: 640 })
      await page.goto(site.url + path)
      assert.ok(await page.evaluate(() =>
        document.documentElement.scrollWidth <= innerWidth), path)
    }
    await context.close()
  }
})

test('sheet__speaks_yasashii_nihongo_and_english_besides', async () => {
  const { context, page } = await visitor()
  for (const side of ['ニーズを書く', 'シーズを書く']) {
    await begin(page, side)
    await press(page, '確かめる')
    assert.ok(await page.locator('.alert').isVisible())
    // labels, groups, choices to tick, hints, errors, buttons: each with a
    // part that a screen reader speaks in English
    const silent = await page.evaluate(() => [...document.querySelectorAll(
      'main :is(h2, label, legend:not(:has(.number)), summary, .hint, ' +
      '.error, .alert li, .intro, button:not(.quiet))')]
      .filter((node) => node.textContent.trim() &&
        !node.querySelector('.easy [lang=en]'))
      .map((node) => node.outerHTML))
    assert.deepEqual(silent, [])
    const options = await page.locator('main option').allTextContents()
    assert.ok(options.length > 150)
    assert.deepEqual(options.filter((text) =>
      !/^.+ \/ .+ \/ [\x20-\x7e]+$/s.test(text)), [])
  }
  await context.close()
})

test('error_page__has_no_barrier_where_fields_are_wrong', async () => {
  const { context, page } = await visitor({ bypassCSP: true,
    javaScriptEnabled: true })
  await begin(page)
  await press(page, '確かめる')
  assert.ok(await page.locator('.alert').isVisible())
  const described = await page.getAttribute('#title', 'aria-describedby')
  assert.match(described, /title-error/)
  assert.equal(await page.getAttribute('#title', 'aria-invalid'), 'true')
  await page.screenshot({ path: join(pictures, 'entry-errors.png'),
    fullPage: true })
  await context.close()
})

test('errors__what_nginx_says_has_no_barrier', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ locale: 'ja-JP', colorScheme })
    for (const code of [413, 414, 429, 500, 503]) {
      const found = await accessibility(context, new URL(
        `../../optimizer/demo/errors/${code}.html`, import.meta.url).href)
      assert.deepEqual(found.violations, [], `${code} ${colorScheme}`)
      assert.ok(found.rules > 5, 'axe-core looked at the page')
    }
    await context.close()
  }
})
