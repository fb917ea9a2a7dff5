// The number that who hands in a sheet is told: staff find the entry by it,
// on the desk and on the command line, in whatever state it is.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { startService } from './service.mjs'
import { body, confirmed, sheetOf } from './sheet.mjs'

let site, staff, reader, at, id

before(async () => {
  site = await startService()
  staff = await site.login('screener')
  const entry = await confirmed(site, site.client())
  reader = entry.reader
  at = sheetOf(entry.done.path)
  id = site.store.one('SELECT max(id) FROM entries')
})

after(() => site?.stop())

const find = (text) =>
  staff.get(`/staff/entries?text=${encodeURIComponent(text)}`)

test('receipt__has_the_year_of_japan', async () => {
  site.store.exec("UPDATE sheets SET created_at = '2026-12-31T15:00:00Z'")
  assert.match((await reader.get(`${at}/status`)).text,
    /<strong>2027-000001<\/strong>/)
  site.store.exec("UPDATE sheets SET created_at = '2026-12-31T14:59:59Z'")
  assert.match((await reader.get(`${at}/status`)).text,
    /<strong>2026-000001<\/strong>/)
})

test('receipt__finds_the_entry_in_any_state_and_width', async () => {
  const told = body(site.mails().at(-1)).match(/受付番号 {2}(\S+)/)[1]
  site.store.exec("UPDATE entries SET state = 'rejected'")
  for (const text of [told, '２０２６－０００００１', '2026ー000001', ` ${told} `,
    String(id)]) {
    const page = await find(text)
    assert.match(page.text, RegExp(`番号が「.*」のエントリー: ` +
      `<a href="/staff/entries/${id}">.*不承認）`), text)
  }
  for (const text of ['', '2026-000099', '2026-00001', '99999', 'おしゃべり',
    '20260-000001', '2026000001', 'x'.repeat(90)]) {
    assert.doesNotMatch((await find(text)).text, /番号が「/, text)
  }
  const page = await staff.get(`/staff/entries/${id}`)
  assert.match(page.text, RegExp(`<dt>受付番号</dt><dd>${told}</dd>`))
  assert.match(page.text, RegExp(`<dt>エントリー番号</dt><dd>${id}</dd>`))
  const shown = JSON.parse(site.store.must('screen', 'show', told, '--json')
    .stdout)
  assert.ok(shown.facts.some(({ value }) => value === told))
})

test('screening__hours_of_each_day_stand_there_once', async () => {
  const { text } = await staff.get(`/staff/entries/${id}`)
  assert.match(text, /<td>2027-01-13 13:30～15:00、2027-01-06 13:30～15:00<\/td>/)
})

// A correction is a step of its own; the marks are of before all the same.
test('screening__marks_are_of_before_a_correction_by_the_link', async () => {
  site.store.exec("UPDATE entries SET state = 'returned', title_kana = 'よみ'," +
    " note = '連絡です'; INSERT INTO entry_pillars VALUES (" + id +
    ", 'pillar1'); INSERT INTO screenings SELECT " + id + ", id, 'pass', ''," +
    " 'test', '2026-01-01T00:00:00Z' FROM requirements")
  const check = await reader.submit(await reader.get(at), at,
    { summary: '直しました', title_kana: 'よみ', note: '連絡です',
      pillars: 'pillar1', act: 'check' })
  await reader.submit(check, `${at}/send`)
  const { text } = await staff.get(`/staff/entries/${id}`)
  assert.match(text, /<td>提出<\/td><td>審査待ち<\/td>/)
  assert.match(text, /要件 \d 件と諸条件 0 件の記録は、前の内容についての/)
  assert.match(text, /<dt>題名のふりがな<\/dt><dd>よみ<\/dd>/)
  assert.match(text, /<dt>柱<\/dt><dd>声をあげやすい・かけやすい社会づくり<\/dd>/)
  assert.match(text, /<dt>事務局への連絡・メモ（非公開）<\/dt><dd>連絡です<\/dd>/)
})
