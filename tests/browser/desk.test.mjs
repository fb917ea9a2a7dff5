// The secretariat's and the members' pages in Chromium: nothing is in
// anybody's way, nothing is wider than a small screen, and a keyboard gets
// an entry approved.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { randomStore } from '../integration/random_store.mjs'
import { PASSWORD, startService } from '../integration/service.mjs'
import { DATE } from '../integration/tsunagari.mjs'
import { accessibility, lead, pictures, startBrowser } from './browser.mjs'

let site, browser, staff, member

before(async () => {
  const { store } = randomStore(71, 160)
  store.must('match', '--date', DATE)
  site = await startService({ store })
  const pair = store.rows('SELECT need_id, offer_id FROM plan_lines WHERE ' +
    'need_id IS NOT NULL ORDER BY id LIMIT 1')[0]
  const uncovered = store.one('SELECT min(need_id) FROM uncovered_lines')
  const waits = store.one("SELECT min(id) FROM entries WHERE state = " +
    "'submitted'")
  const org = store.rows(`SELECT o.id, o.key FROM organisations AS o JOIN
    entries AS e ON e.organisation_id = o.id
    WHERE e.id = ${pair.offer_id}`)[0]
  store.exec("INSERT INTO organisations (key, origin, name, created_at, " +
    "updated_at) SELECT 'twin', 'entry', 'NPO法人' || name, 't', 't' FROM " +
    `organisations WHERE id = ${org.id};` +
    `UPDATE organisations SET key = 'desk' WHERE id = ${org.id};` +
    `UPDATE entries SET confirmed_on = '2026-01-01' WHERE id = ` +
    `${pair.offer_id}`)
  store.must('organisations', 'duplicates')
  const twin = store.one("SELECT id FROM organisations WHERE key = 'twin'")
  staff = ['/staff/', '/staff/entries', `/staff/entries/${waits}`,
    '/staff/suggestions', '/staff/unmatched', '/staff/recruit',
    '/staff/unused', '/staff/no-venue', `/staff/needs/${pair.need_id}`,
    `/staff/needs/${uncovered}?count=1`,
    `/staff/pairs/${pair.need_id}/${pair.offer_id}`, '/staff/outcomes',
    '/staff/organisations', `/staff/organisations/${org.id}?with=${twin}`,
    '/staff/duplicates']
  member = ['/member/', '/member/entries', '/member/suggestions']
  site.account('screener', 'screener')
  site.account('member', 'member', '--organisation', 'desk')
  browser = await startBrowser()
})

after(async () => {
  await browser?.close()
  await site?.stop()
})

async function login(who, options = {}) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  await page.goto(`${site.url}/staff/login`)
  await page.fill('#login', who)
  await page.fill('#password', PASSWORD)
  await lead(page, () => page.click('main form button'))
  return { context, page }
}

test('desk__no_page_has_a_barrier', async () => {
  const kinds = [staff[2], staff[3], staff[10]] // every sort of control
  for (const [who, light, dark] of [['screener', staff, kinds],
    ['member', member, member.slice(1)]]) {
    for (const [colorScheme, paths] of Object.entries({ light, dark })) {
      const { context } = await login(who, { colorScheme, bypassCSP: true })
      for (const path of paths) {
        const found = await accessibility(context, site.url + path)
        assert.equal(found.status, 200, path)
        assert.deepEqual(found.violations, [], `${path} ${colorScheme}`)
      }
      await context.close()
    }
  }
})

test('desk__fits_a_small_screen_without_javascript', async () => {
  for (const [who, paths] of [['screener', staff], ['member', member]]) {
    const { context, page } = await login(who, { javaScriptEnabled: false,
      viewport: { width: 320, height: 640 } })
    for (const path of paths) {
      await page.goto(site.url + path)
      const wide = await page.locator('body').evaluate((body) =>
        body.ownerDocument.documentElement.scrollWidth)
      assert.ok(wide <= 320, `${path} is ${wide} wide`)
    }
    await context.close()
  }
})

test('member__a_row_with_buttons_is_no_screen_high', async () => {
  const { context, page } = await login('member', {
    viewport: { width: 390, height: 800 } })
  await page.goto(`${site.url}/member/entries`)
  const rows = await page.locator('tbody tr').evaluateAll((all) =>
    all.map((row) => row.getBoundingClientRect().height))
  assert.ok(rows.length > 0)
  assert.ok(Math.max(...rows) < 300, `${rows}`)
  await context.close()
})

test('desk__an_entry_is_approved_by_keyboard', async () => {
  const { context, page } = await login('screener')
  await page.goto(site.url + staff[2])
  await page.screenshot({ path: join(pictures, 'desk-entry.png'),
    fullPage: true })
  for (const select of await page.locator('select[name^=result-]').all()) {
    await select.focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    assert.equal(await select.inputValue(), 'pass')
  }
  await page.locator('text=要件を保存').focus()
  await lead(page, () => page.keyboard.press('Enter'))
  const all = page.locator('text=すべて確認済みにする')
  if (await all.count() > 0) {
    await all.focus()
    await lead(page, () => page.keyboard.press('Enter'))
  }
  await page.locator('button[value=approve]').focus()
  await lead(page, () => page.keyboard.press('Enter'))
  assert.match(await page.textContent('main'), /承認済み/)
  await page.goto(site.url + staff[3])
  await page.screenshot({ path: join(pictures, 'desk-suggestions.png'),
    fullPage: true })
  await page.goto(site.url + staff[10])
  await page.screenshot({ path: join(pictures, 'desk-pair.png'),
    fullPage: true })
  await context.close()
})
