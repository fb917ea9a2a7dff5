// What is wrong on an entry sheet is told at the field that it is in, in words
// that say what to do; what is only written in another way is none.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { startService } from './service.mjs'
import { confirmed, offer, sheetOf } from './sheet.mjs'

let site

before(async () => { site = await startService() })
after(() => site?.stop())

const good = {
  title: '題', summary: '内容', line1_kind: 'venue', line1_quantity: '3',
  line1_unit: '室', reach: 'prefecture', targets: 'everyone',
  contact_name: '事務局', contact_phone: '046-000-0000', org_name: '会',
  org_sector: 'private', org_contact: '花子', email: 'a@example.jp',
}

// The page that answers, and its errors by field: { name: text }.
async function checked(fields) {
  const client = site.client(), start = await client.get('/entry/')
  const page = await client.submit(start, '/entry/new', { side: 'offer' })
  const action = page.path.match(/^\/entry\/sheet\/[\w-]{43}/)[0]
  const done = await client.submit(page, action,
    { ...good, ...fields, act: 'check' })
  const errors = Object.fromEntries([...done.text.matchAll(
    /<a href="#([a-z0-9_]+)">(.*?)<\/a>/gs)]
    .filter(([, name]) => name !== 'main').map(([, name, text]) =>
      [name, text.replace(/<[^>]+>/g, '')]))
  return { client, action, done, errors }
}

async function wrong(fields, name, text) {
  const { done, errors } = await checked(fields)
  assert.equal(done.status, 422)
  assert.deepEqual(Object.keys(errors), [name], JSON.stringify(fields))
  assert.match(errors[name], text)
  assert.match(done.text, new RegExp(`id="${name}-error"`))
}

test('errors__of_a_line_are_at_its_price_or_its_least', async () => {
  await wrong({ line1_cost: '無料' }, 'line1_cost', /無料は 0 か空欄/)
  await wrong({ line1_cost: '1,50円' }, 'line1_cost', /円の数字/)
  await wrong({ line1_min: '4' }, 'line1_min', /上の数より多く/)
  await wrong({ line1_min: '少し' }, 'line1_min', /数字で/)
  for (const line of [{ line1_cost: '１，５００円' }, { line1_cost: '0' },
    { line1_min: '0' }, { line1_min: '３' }]) {
    const { done, errors } = await checked(line)
    assert.match(done.path, /\/check$/, JSON.stringify(errors))
  }
})

test('errors__of_days_and_tags_are_at_them', async () => {
  await wrong({ date_start: '2027-01-02', date_end: '2027-01-01' },
    'date_end', /おわりははじめより/)
  await wrong({ tags: `将棋;${'あ'.repeat(41)}` }, 'tags', /40字まで/)
})

test('errors__of_a_phone_without_its_zero_are_at_it', async () => {
  await wrong({ contact_phone: '46-000-0000' }, 'contact_phone', /0 から始まる/)
  await wrong({ org_phone: '９０００００００００' }, 'org_phone', /0 から始まる/)
  for (const phone of ['０４６（０００）００００', '+81-46-000-0000', '#7119', '188',
    '046-000-0000（平日10時～17時）']) {
    const { done, errors } = await checked({ contact_phone: phone })
    assert.match(done.path, /\/check$/, JSON.stringify(errors))
  }
})

// What is sent is what was read here: prices, ticks, the day of the week.
test('check__shows_all_that_lines_and_days_say', async () => {
  const { client, done } = await checked({ line1_cost: '500', line1_min: '2',
    line1_whole: '1', line1_slots: '1', line1_text: '和室',
    day1_date: '2199-12-07', day1_start: '10:00', day1_end: '12:00' })
  assert.match(done.text, /施設・場所 3室、1つあたり 500円、少なくとも 2、1つの団体にまとめて、曜日ごとにある 和室\n/)
  assert.match(done.text, /2199-12-07（土） 10:00～12:00\n/)
  const open = await client.submit(await client.get(done.path
    .replace('/check', '')), done.path.replace('/check', ''),
  { line1_public: '1', line1_slots: null, line1_min: '', line1_whole: null,
    line1_cost: '', act: 'check' })
  assert.match(open.text, /施設・場所 3室、県民が参加できる 和室\n/)
  const { done: plain } = await checked({}) // no heading above nothing
  assert.doesNotMatch(plain.text, /決まっている日/)
  assert.doesNotMatch(plain.text, /<dd class="text"><\/dd>/)
})

// Most often the year: January's first sheets have last year's.
test('check__says_that_a_day_is_over', async () => {
  const over = /もう過ぎています.*このままでは載りません/
  for (const fields of [{ date_end: '2020-01-15' },
    { expires_on: '2020-01-15' }, { day1_date: '2020-01-15' }]) {
    const { done } = await checked(fields)
    assert.match(done.path, /\/check$/)
    assert.match(done.text, over, JSON.stringify(fields))
  }
  for (const fields of [{}, { date_start: '2020-01-15' },
    { date_end: '2199-01-15', expires_on: '2199-01-15' },
    { day1_date: '2020-01-15', day2_date: '2199-01-15' }]) {
    const { done } = await checked(fields)
    assert.match(done.path, /\/check$/)
    assert.doesNotMatch(done.text, over, JSON.stringify(fields))
  }
})

test('errors__a_corporate_number_may_be_written_with_hyphens_and_wide',
  async () => {
    for (const number of ['２０００020２０２０５３', '2-0000-2020-2053',
      '2000020202053', ' 2 0000 2020 2053 ']) {
      const { client, action, done, errors } = await checked(
        { org_number: number, org_name: `会${number}` })
      assert.match(done.path, /\/check$/, JSON.stringify(errors))
      await client.submit(done, `${action}/send`)
    }
    await wrong({ org_number: '2000020202054' }, 'org_number', /13桁/)
  })

// Neither on the page of the entry nor on that of the organisation.
test('sheet__a_contact_that_is_hidden_is_on_no_page', async () => {
  const phones = () => site.store.rows(`SELECT e.contact_phone AS entry,
    o.phone AS organisation FROM public_entries AS e
    JOIN public_organisations AS o ON o.id = e.organisation_id`)
  const { reader, done } = await confirmed(site, site.client(), { ...offer,
    org_phone: '090-1111-2222', hide_contact: '1' })
  site.store.exec("UPDATE entries SET state = 'approved', publish = 1;" +
    'UPDATE organisations SET publish = 1')
  assert.deepEqual(phones(), [{ entry: '', organisation: '' }])
  const sheet = sheetOf(done.path)
  const check = await reader.submit(await reader.get(sheet), sheet,
    { hide_contact: null, act: 'check' })
  await reader.submit(check, `${sheet}/send`)
  site.store.exec("UPDATE entries SET state = 'approved', publish = 1;" +
    'UPDATE organisations SET publish = 1')
  assert.deepEqual(phones(), [{ entry: '046-000-0000',
    organisation: '090-1111-2222' }])
})
