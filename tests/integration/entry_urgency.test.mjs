// How urgent a need is, is chosen by words; a file may say it as a word or a
// number, in any width.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { startService } from './service.mjs'
import { begin, offer, sheetOf } from './sheet.mjs'
import { DATE } from './tsunagari.mjs'

let site

before(async () => { site = await startService() })
after(() => site?.stop())

test('urgency__is_chosen_by_words_in_three_languages', async () => {
  const client = site.client()
  const page = await begin(client, 'need')
  const at = sheetOf(page.path)
  const [select] = page.text.match(/<select id="urgency".*?<\/select>/s)
  // What is chosen, not typed, has no length: such HTML is none.
  assert.doesNotMatch(page.text,
    /<(select|input type="(date|time)")[^>]*maxlength/)
  assert.deepEqual([...select.matchAll(/value="(.?)"[^>]*>([^<]*)</g)]
    .map(([, value, words]) => `${value} ${words}`), [
    ' 選んでください / えらぶ / Choose',
    '0 急がない / いそがない / No hurry', '1 ふつう / ふつう / Normal',
    '2 急ぐ / いそぐ / Urgent', '3 とても急ぐ / とても いそぐ / Very urgent'])
  const check = await client.submit(page, at,
    { ...offer, urgency: '2', act: 'check' })
  assert.match(check.text, /急ぎの度合い.*<dd class="text">急ぐ<\/dd>/s)
  for (const typed of ['３', 'とても急ぐ']) { // of a file, or of before
    await client.submit(await client.get(at), at,
      { urgency: typed, act: 'save' })
    assert.match((await client.get(at)).text,
      /<option value="3" selected>とても急ぐ/, typed)
  }
  const wrong = await client.submit(await client.get(at), at,
    { urgency: '早く', act: 'check' })
  assert.match(wrong.text, /id="urgency-error"/)
  assert.match(wrong.text, /<option value="早く" selected>/)
})

test('urgency__of_a_csv_is_a_word_or_a_number', () => {
  const { store } = site, file = store.file('u.csv')
  const rows = ['急がない', 'ふつう', '急ぐ', 'とても急ぐ', '3', '２', '']
  store.exec("INSERT INTO organisations (key, origin, name, created_at, " +
    "updated_at) VALUES ('U', 'roster', '会', '', '')")
  writeFileSync(file, ['エントリーキー,種別,団体,題名,明細,緊急度',
    ...rows.map((urgency, i) => `u${i},need,U,題${i},venue 1室,${urgency}`), '']
    .join('\n'))
  store.must('import', 'entries', file, '--date', DATE)
  assert.deepEqual(store.rows('SELECT urgency FROM entries WHERE key LIKE ' +
    "'sheet:u%' ORDER BY key").map((row) => row.urgency), [0, 1, 2, 3, 3, 2, 1])
  writeFileSync(file, 'エントリーキー,種別,団体,題名,明細,緊急度\n' +
    'u9,need,U,題,venue 1室,早く\n')
  const bad = store.run('import', 'entries', file, '--date', DATE)
  assert.equal(bad.code, 3)
  assert.match(bad.stderr, /緊急度: /)
})
