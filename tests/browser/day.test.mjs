// A day of everybody in Chromium, once with JavaScript and once without: a
// visitor hands in a need, the screener approves it, the night suggests, the
// offer's member declines, the runner-up is there at once, it is agreed and
// held, the tuner compares weights, and the viewer reads it in the report.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { PASSWORD, startService } from '../integration/service.mjs'
import { DATE } from '../integration/tsunagari.mjs'
import { lead, startBrowser } from './browser.mjs'

let site, browser

// Two rooms for the need to come, the first of them free of charge.
function fill(store) {
  for (const [id, cost] of [[1, 0], [2, 3000]]) {
    store.exec(`INSERT INTO organisations (id, key, origin, name, linked,
      publish, member, email, created_at, updated_at) VALUES (${id},
      'room${id}', 'roster', '【例】会場${id}の会', 1, 1, 1,
      'room${id}@example.jp', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
      INSERT INTO entries (id, key, side, origin, organisation_id, state,
      title, region_code, reach, confirmed_on, publish, created_at,
      updated_at) VALUES (${id}, 'room${id}', 'offer', 'sheet', ${id},
      'approved', '【例】会場${id}', '142166', 'prefecture', '${DATE}', 1,
      '2026-11-20T00:00:00Z', '2026-11-20T00:00:00Z');
      INSERT INTO entry_lines (entry_id, line_no, kind_id, quantity, unit,
      unit_cost_yen) VALUES (${id}, 1, 'venue', 1, '回', ${cost});
      INSERT INTO screenings SELECT ${id}, id, 'pass', '', 'test',
      '2026-11-20T00:00:00Z' FROM requirements`)
  }
}

before(async () => {
  browser = await startBrowser()
})

after(async () => {
  await browser?.close()
})

const linkOf = (mail) => Buffer.from(mail.split('\r\n\r\n')[1], 'base64')
  .toString('utf8').match(/http\S+\/status/)[0]

// Presses what leads to another page; below its name other languages stand.
const press = (page, name) => lead(page, () =>
  page.getByRole('button', { name: new RegExp(`^${name}( |$)`) }).click())

async function as(role, options, work) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const wrong = []
  page.on('console', (line) => {
    const at = line.location().url // the test's site has no icon
    if (line.type() === 'error' && !at.endsWith('/favicon.ico')) {
      wrong.push(`${line.text()} ${at}`)
    }
  })
  page.on('pageerror', (error) => wrong.push(error.message))
  if (role) {
    await page.goto(`${site.url}/staff/login`)
    await page.fill('#login', role)
    await page.fill('#password', PASSWORD)
    await press(page, 'ログイン')
  }
  await work(page)
  assert.deepEqual(wrong, [], role ?? 'visitor')
  await context.close()
}

async function handIn(page) {
  await page.goto(`${site.url}/entry/`)
  await press(page, 'ニーズを書く')
  await page.fill('#title', '【例】部屋を探しています')
  await page.fill('#summary', 'おしゃべりの会をひらきます。')
  await page.selectOption('#line1_kind', 'venue')
  await page.fill('#line1_quantity', '1')
  await page.fill('#line1_unit', '回')
  await page.check('input[name=reach][value=prefecture]')
  await page.fill('#org_name', '【例】おしゃべりの会')
  await page.fill('#email', 'talk@example.jp')
  await press(page, '確かめる')
  await press(page, '確認のメールを送る')
  await page.goto(linkOf(site.mails().at(-1)))
  await press(page, 'この内容で申しこむ')
  assert.match(await page.innerText('main'), /受付番号\s.*\s20\d\d-\d{6}/)
}

async function screen(page) {
  await page.goto(`${site.url}/staff/entries`)
  await lead(page, () =>
    page.getByRole('link', { name: /部屋を探しています/ }).first().click())
  assert.match(page.url(), /\/staff\/entries\/\d+/)
  for (const select of await page.locator('select[name^=result-]').all()) {
    await select.selectOption('pass')
  }
  await press(page, '要件を保存')
  await press(page, 'すべて確認済みにする')
  await page.getByLabel(/団体も公開する/).check()
  await lead(page, () => page.locator('button[value=approve]').click())
  assert.match(await page.innerText('main'), /承認済み/)
}

async function suggested(page, title) {
  await page.goto(`${site.url}/staff/suggestions`)
  const rows = page.getByRole('row').filter({ hasText: '部屋を探しています' })
  assert.match(await rows.innerText(), new RegExp(title))
}

async function agree(page) {
  await page.goto(`${site.url}/staff/suggestions`)
  await lead(page, () => page.getByRole('row')
    .filter({ hasText: '部屋を探しています' })
    .getByRole('link', { name: /進める/ }).click())
  await press(page, '打診する')
  for (const stage of ['agreed', 'held']) {
    await lead(page, () => page.locator(`button[value=${stage}]`).click())
  }
}

async function decline(page) {
  await page.goto(`${site.url}/member/suggestions`)
  assert.match(await page.innerText('main'), /部屋を探しています/)
  await page.locator('select').first()
    .selectOption({ label: 'いまは手がまわらない' })
  await lead(page, () =>
    page.locator('main button', { hasText: '辞退' }).first().click())
  assert.doesNotMatch(await page.locator('main').innerText(),
    /部屋を探しています」/)
}

async function compare(page) {
  await page.goto(`${site.url}/staff/weights`)
  await page.getByLabel('1km離れるごとに引く点').fill('20')
  await press(page, 'くらべる')
  assert.match(await page.innerText('main'), /何も変わっていません/)
  await page.fill('#reason', '近さを重く')
  await press(page, '下書きとして残す')
  assert.match(await page.innerText('main'), /公開はしていません/)
}

async function read(page) {
  await page.goto(`${site.url}/staff/report/all?from=2026-04-01&to=2099-12-31`)
  const figure = (name) => page.locator('#figures')
    .getByRole('rowheader', { name, exact: true }).locator('xpath=../td')
    .innerText()
  for (const name of ['打診', '合意', '実施']) {
    assert.equal(await figure(name), '1', name)
  }
  assert.match(await page.locator('#declined').innerText(),
    /いまは手がまわらない\s+1/)
}

for (const javaScriptEnabled of [true, false]) {
  test(`day__of_everybody_${javaScriptEnabled ? 'with' : 'without'}_javascript`,
    async () => {
      site = await startService({ fill })
      try {
        for (const role of ['viewer', 'screener', 'tuner']) {
          site.account(role, role)
        }
        site.account('room1', 'member', '--organisation', 'room1')
        const options = { javaScriptEnabled, locale: 'ja-JP' }
        await as(null, options, handIn)
        await as('screener', options, screen)
        site.store.must('match', '--date', DATE)
        await as('screener', options, (page) => suggested(page, '会場1'))
        await as('room1', options, decline)
        await as('screener', options, (page) => suggested(page, '会場2'))
        const certified = JSON.parse(
          site.store.must('certify', '--json').stdout)
        assert.equal(certified.verdict, 'holds')
        await as('screener', options, agree)
        await as('tuner', options, compare)
        await as('viewer', options, read)
      } finally {
        await site.stop()
      }
    })
}
