// What members read of their own entries is what the public finds.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { startService } from './service.mjs'

let site

// Days from today in Japan.
const day = (n) => new Date(Date.now() + (9 * 3600 + n * 86400) * 1000)
  .toISOString().slice(0, 10)

before(async () => {
  site = await startService({ snapshots: true, fill: (store) => {
    const file = (name, lines) => {
      writeFileSync(store.file(name), lines.join('\n') + '\n')
      return store.file(name)
    }
    store.must('import', 'organisations', file('o.csv',
      ['団体キー,団体名,公開', 'A,甲の会,1', 'B,乙の会,0']))
    const entry = (key, org, last = '', expires = '', confirmed = day(0)) =>
      `${key},offer,${org},題${key},venue 1室,${last},${expires},${confirmed}`
    store.must('import', 'entries', '--approve', file('e.csv', [
      'エントリーキー,種別,団体,題名,明細,終了日,有効期限,確認日',
      entry('always', 'A'), entry('today', 'A', day(0), day(0)),
      entry('over', 'A', day(-1)), entry('expired', 'A', '', day(-1)),
      entry('stale', 'A', '', '', day(-400)), entry('hidden', 'B')]))
    store.must('match', '--quiet')
  } })
})
after(() => site?.stop())

test('member__is_led_to_the_public_page_where_there_is_one', async () => {
  const told = async (organisation) => {
    const member = await site.login('member', organisation)
    const { text } = await member.get('/member/entries')
    const rows = {}
    for (const [, title, rest] of text.matchAll(
      /<tr><th scope="row">題(\w+)<\/th>(.*?)<\/tr>/gs)) {
      const link = rest.match(/href="(\/tsunagari\/resources\/\d+)"/)?.[1]
      rows[title] = link ? (await site.client().send(link)).status
        : rest.match(/載っていません[^<]*/)[0]
    }
    return rows
  }
  assert.deepEqual(await told('A'), { always: 200, today: 200,
    over: '載っていません（終了日を過ぎました）',
    expired: '載っていません（有効期限を過ぎました）',
    stale: '載っていません（確認から日がたちました）' })
  assert.deepEqual(await told('B'), { hidden: '載っていません' })
})

test('member__is_asked_to_confirm_only_what_that_keeps_listed', async () => {
  const member = await site.login('member', 'A')
  const { text } = await member.get('/member/entries')
  const asked = {}
  for (const [, title, rest] of text.matchAll(
    /<tr><th scope="row">題(\w+)<\/th>(.*?)<\/tr>/gs)) {
    asked[title] = [/\/renew"/.test(rest), /href="\/entry\/"/.test(rest)]
  }
  assert.deepEqual(asked, { always: [true, false], today: [true, false],
    over: [false, true], expired: [false, true], stale: [true, false] })
})

// One person may speak for two, with an account for each.
test('member__reads_for_which_organisation_this_is', async () => {
  for (const [key, name] of [['A', '甲の会'], ['B', '乙の会']]) {
    const { text } = await (await site.login('member', key)).get('/member/')
    assert.ok(text.includes(`（構成員、${name}）`), text)
  }
  const staff = await site.login('viewer')
  assert.match((await staff.get('/staff/')).text, /（閲覧）</)
})
