// The secretariat's day on the real service behind the real nginx: screening,
// approval, the night, suggestions, a decline and its runner-up; members'
// own pages; and eight of them writing while a match runs.
import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { after, before, test } from 'node:test'

import { startService } from './service.mjs'
import { sheetOf } from './sheet.mjs'
import { DATE } from './tsunagari.mjs'

const REQUIRED = ['req_contributes', 'req_residents', 'req_not_political',
  'req_not_religious', 'req_not_for_profit', 'req_no_doubt_of_profit']
const passes = Object.fromEntries(REQUIRED.map((id) =>
  [`result-${id}`, 'pass']))

// One need and three venues of four organisations, as handed in.
function fill(store) {
  const rows = []
  for (let id = 1; id <= 4; id++) {
    rows.push(`INSERT INTO organisations (id, key, origin, name, linked,
      publish, member, email, created_at, updated_at) VALUES (${id}, 'org${id}',
      'roster', '団体${id}', ${id === 3 ? 0 : 1}, 1, 1,
      'org${id}@example.jp', '2026-01-01T00:00:00Z',
      '2026-01-01T00:00:00Z');
      INSERT INTO entries (id, key, side, origin, organisation_id, state,
      title, region_code, reach, confirmed_on, publish, created_at,
      updated_at) VALUES (${id}, 'e${id}', '${id === 1 ? 'need' : 'offer'}',
      'form', ${id}, 'submitted', '題${id}', '142166', 'regions', '${DATE}',
      1, '2026-11-20T00:00:00Z', '2026-11-20T00:00:00Z');
      INSERT INTO entry_lines (entry_id, line_no, kind_id, quantity, unit,
      unit_cost_yen) VALUES (${id}, 1, 'venue', 1, '回', ${id * 1000});`)
  }
  store.exec(rows.join('\n'))
}

let site, staff

before(async () => {
  site = await startService({ fill })
  staff = await site.login('screener')
})

after(() => site?.stop())

const one = (sql) => site.store.one(sql)

async function approve(client, id) {
  const path = `/staff/entries/${id}`
  let page = await client.get(path)
  page = await client.submit(page, `${path}/mark`, passes)
  assert.equal(page.status, 200)
  page = await client.submit(page, `${path}/confirm`, { all: '1' })
  return client.submit(page, `${path}/step`, { step: 'approve' })
}

test('screening__the_inbox_shows_who_waits', async () => {
  const page = await staff.get('/staff/entries')
  for (let id = 1; id <= 4; id++) assert.match(page.text, new RegExp(`題${id}`))
  assert.match(page.text, /<th scope="row">/)
  assert.match(page.text, /<caption>審査待ちのエントリー<\/caption>/)
  const needs = await staff.get('/staff/entries?side=need&text=' +
    encodeURIComponent('題1'))
  assert.doesNotMatch(needs.text, /題2/)
})

test('screening__nothing_is_approved_before_all_passed', async () => {
  let page = await staff.get('/staff/entries/1')
  const early = await staff.submit(page, '/staff/entries/1/step',
    { step: 'approve' })
  assert.equal(early.status, 422)
  page = await staff.submit(page, '/staff/entries/1/mark',
    { ...passes, 'result-req_residents': 'unclear', 'note-req_residents':
      '<b>県外?</b>' })
  assert.match(page.text, /&lt;b&gt;県外\?&lt;\/b&gt;/)
  page = await staff.submit(page, '/staff/entries/1/confirm', { all: '1' })
  assert.equal((await staff.submit(page, '/staff/entries/1/step',
    { step: 'approve' })).status, 422)
  assert.equal(one("SELECT count(*) FROM entries WHERE state = 'approved'"),
    0)
})

test('screening__a_return_wants_its_reason_and_the_member_reads_it',
  async () => {
    let page = await staff.get('/staff/entries/2')
    const bare = await staff.submit(page, '/staff/entries/2/step',
      { step: 'return' })
    assert.equal(bare.status, 422)
    assert.match(bare.text, /href="#reason"/)
    page = await staff.submit(page, '/staff/entries/2/step',
      { step: 'return', reason: '日時を書いてください' })
    assert.match(page.text, /差し戻し/)
    const member = await site.login('member', 'org2')
    assert.match((await member.get('/member/entries')).text,
      /日時を書いてください/)
    await staff.submit(page, '/staff/entries/2/step',
      { step: 'reopen', reason: '直った' })
  })

test('screening__all_passed_is_approved_with_its_actor', async () => {
  for (let id = 1; id <= 4; id++) {
    assert.match((await approve(staff, id)).text, /承認済み/)
  }
  assert.equal(one("SELECT count(*) FROM audit WHERE actor = 'screener' AND " +
    "action = 'entry.approve'"), 4)
})

test('suggestions__are_declined_and_the_runner_up_is_there_at_once',
  async () => {
    const empty = await staff.get('/staff/suggestions')
    assert.match(empty.text, /まだ計画がありません/)
    site.store.must('match', '--date', DATE)
    let page = await staff.get('/staff/suggestions')
    assert.match(page.text, /題1.*題2/s)
    assert.doesNotMatch(page.text, /題3/)
    page = await staff.get('/staff/needs/1')
    assert.match(page.text, /次の候補 1/)
    assert.match(page.text, /替えると計画全体で/)
    page = await staff.get('/staff/pairs/1/2')
    const bare = await staff.submit(page, '/staff/pairs/1/2/decline', {})
    assert.equal(bare.status, 422)
    assert.match(bare.text, /aria-invalid="true"/)
    page = await staff.submit(page, '/staff/pairs/1/2/decline',
      { side: 'offer', code: 'decline_date' })
    assert.match(page.text, /次の候補を計画に繰り上げました/)
    page = await staff.get('/staff/suggestions')
    assert.match(page.text, /題3/)
    assert.match(page.text, /改めたもの/)
    const run = JSON.parse(site.store.must('certify', '--json').stdout)
    assert.equal(run.verdict, 'holds')
    assert.equal(run.run, one('SELECT max(id) FROM runs'))
    site.store.must('match', '--date', '2026-11-22')
    assert.doesNotMatch((await staff.get('/staff/suggestions')).text, /題2/)
  })

test('introduction__is_for_linked_partners_alone', async () => {
  let page = await staff.get('/staff/pairs/1/3')
  assert.match(page.text, /県がつながりがある相手にのみ/)
  assert.throws(() => page.form('/staff/pairs/1/3/introduce'))
  page = await staff.get('/staff/pairs/1/4')
  page = await staff.submit(page, '/staff/pairs/1/4/introduce')
  assert.match(page.text, /打診のメールを送りました/)
  assert.ok(site.mails().some((mail) => /To: <?org4@example\.jp/.test(mail)))
  assert.match((await staff.get('/staff/outcomes?stage=introduced')).text,
    /題1 ← 題4/)
})

test('decisions__pin_forbid_and_defer_are_taken_back', async () => {
  let page = await staff.get('/staff/pairs/1/4')
  const bad = await staff.submit(page, '/staff/pairs/1/4/decide',
    { kind: 'defer', reason: ' ' })
  assert.equal(bad.status, 422)
  assert.match(bad.text, /href="#until"/)
  page = await staff.submit(page, '/staff/pairs/1/4/decide',
    { kind: 'defer', until: '2099-12-24', reason: '年末に' })
  assert.match(page.text, /見合わせ 期日 2099-12-24: 年末に/)
  page = await staff.submit(page, '/staff/pairs/1/4/revoke')
  assert.doesNotMatch(page.text, /見合わせ 期日/)
})

test('decisions__a_day_that_is_over_is_refused_and_no_longer_shown', async () => {
  let page = await staff.get('/staff/pairs/1/4')
  for (const kind of ['pin', 'forbid', 'defer']) {
    const bad = await staff.submit(page, '/staff/pairs/1/4/decide',
      { kind, until: '2025-12-24', reason: '去年の日' })
    assert.equal(bad.status, 422, kind)
    assert.match(bad.text, /<a href="#until">もう過ぎた期日です/)
  }
  assert.equal(one('SELECT count(*) FROM decisions WHERE reason = ' +
    "'去年の日'"), 0)
  for (const [reason, until] of [['ずっと', '2099-01-01'],
    ['すぐ', '2099-01-02']]) {
    page = await staff.submit(page, '/staff/pairs/1/4/decide',
      { kind: 'forbid', until, reason })
  }
  assert.match(page.text, /除外 期日 2099-01-02: すぐ/)
  site.store.exec("UPDATE decisions SET until = '2026-01-02' " +
    "WHERE reason = 'すぐ'") // time goes by
  page = await staff.get('/staff/pairs/1/4')
  assert.match(page.text, /除外 期日 2099-01-01: ずっと/)
  page = await staff.submit(page, '/staff/pairs/1/4/revoke')
  assert.doesNotMatch(page.text, /決めたこと|指示を取り消す/)
})

test('member__renews_accepts_and_pauses_in_one_step_each', async () => {
  site.store.exec("UPDATE entries SET confirmed_on = '2026-01-01' " +
    'WHERE id = 3')
  const member = await site.login('member', 'org3')
  let page = await member.get('/member/entries')
  assert.match(page.text, /確認が必要な登録が 1 件/)
  assert.match(page.text, /\/tsunagari\/resources\/3/)
  page = await member.submit(page, '/member/entries/3/renew')
  assert.match(page.text, /確認日を今日にしました/)
  page = await member.get('/member/suggestions')
  assert.match(page.text, /題1/)
  page = await member.submit(page, '/member/pairs/1/3/accept')
  assert.match(page.text, /受けると返事をしました/)
  page = await member.submit(page, '/member/entries/3/pause')
  assert.match(page.text, /休止中/)
  assert.match((await staff.get('/staff/suggestions')).text, /題4/)
})

test('member__declines_its_own_and_nobody_elses', async () => {
  const member = await site.login('member', 'org4')
  const page = await member.get('/member/suggestions')
  const at = page.text.match(/name="row" value="(\d+)"/)[1]
  const other = await site.login('member', 'org2')
  const csrf = Object.fromEntries((await other.get('/member/entries'))
    .form('/member/entries/2/renew').fields)
  assert.equal((await other.post('/member/pairs/1/4/decline',
    { ...csrf, row: at, [`code-${at}`]: 'decline_place' })).status, 422)
  assert.equal((await other.post('/member/entries/4/pause', csrf)).status,
    422)
  assert.equal((await other.get('/staff/entries')).status, 403)
  const done = await member.submit(page, '/member/pairs/1/4/decline',
    { [`code-${at}`]: 'decline_place' })
  assert.match(done.text, /辞退を受け付けました/)
  assert.equal(one("SELECT actor FROM outcomes WHERE stage = 'declined' " +
    'ORDER BY id DESC LIMIT 1'), 'member-org4')
})

// Handed in by anybody: the sheet, its check, the mail's link, the sending.
async function handIn(side, title, org, cost) {
  const anyone = site.client()
  let page = await anyone.get('/entry/')
  page = await anyone.submit(page, '/entry/new', { side })
  page = await anyone.submit(page, sheetOf(page.path), { title,
    summary: 'あらまし', line1_kind: 'lecture', line1_quantity: '1',
    line1_unit: '回', line1_cost: cost, reach: 'regions',
    regions: ['142069'], region: '142069', targets: ['everyone'],
    contact_name: '事務局', org_name: org, org_sector: 'private',
    org_contact: '担当', email: 'desk@example.jp', act: 'check' })
  assert.match(page.path, /\/check$/, page.text)
  await anyone.submit(page, `${sheetOf(page.path)}/send`)
  const mail = Buffer.from(site.mails().at(-1).split('\r\n\r\n')[1],
    'base64').toString('utf8')
  page = await anyone.get(mail.match(/\/entry\/sheet\/[\w-]{43}\/status/)[0])
  page = await anyone.submit(page, `${sheetOf(page.path)}/send`)
  return { anyone, page,
    id: one(`SELECT id FROM entries WHERE title = '${title}'`) }
}

test('day__from_a_form_to_the_runner_up', async () => {
  const need = await handIn('need', '講座を探しています', '【例】朝の会', '')
  const near = await handIn('offer', '無料の講座', '【例】昼の会', '0')
  const next = await handIn('offer', '有料の講座', '【例】夜の会', '3000')
  const path = `/staff/entries/${near.id}`
  await staff.submit(await staff.get(path), `${path}/step`,
    { step: 'return', reason: '何時からですか' })
  const told = site.mails().at(-1)
  assert.match(told, /To: <?desk@example\.jp/)
  assert.match(Buffer.from(told.split('\r\n\r\n')[1], 'base64')
    .toString('utf8'), /「無料の講座」.*差し戻し.*何時からですか/s)
  assert.match((await near.anyone.get(near.page.path)).text,
    /何時からですか/)
  await staff.submit(await staff.get(path), `${path}/step`,
    { step: 'reopen', reason: '電話で聞いた' })
  site.store.must('match', '--date', DATE)
  assert.doesNotMatch((await staff.get('/staff/suggestions')).text, /の講座/)
  for (const { id } of [need, near, next]) {
    assert.match((await approve(staff, id)).text, /承認済み/)
  }
  site.store.must('match', '--date', DATE)
  const page = await staff.get('/staff/suggestions')
  assert.match(page.text, /講座を探しています.*無料の講座/s)
  assert.doesNotMatch(page.text, /有料の講座/)
  const pair = `/staff/pairs/${need.id}/${near.id}`
  await staff.submit(await staff.get(pair), `${pair}/decline`,
    { side: 'offer', code: 'decline_capacity' })
  assert.match((await staff.get('/staff/suggestions')).text, /有料の講座/)
  const certified = JSON.parse(site.store.must('certify', '--json').stdout)
  assert.equal(certified.verdict, 'holds')
})

test('organisations__that_are_one_are_merged', async () => {
  site.store.exec("INSERT INTO organisations (id, key, origin, name, " +
    "created_at, updated_at) VALUES (9, 'twin', 'entry', " +
    "'NPO法人 団体4', 't', 't')")
  let page = await staff.get('/staff/duplicates')
  page = await staff.submit(page, '/staff/duplicates')
  assert.match(page.text, /NPO法人 団体4/)
  page = await staff.get('/staff/organisations/4?with=9')
  page = await staff.submit(page, '/staff/organisations/4/merge',
    { act: 'into', reason: '同じ団体' })
  assert.match(page.text, /いまはありません/)
  assert.equal(one('SELECT merged_into FROM organisations WHERE id = 9'), 4)
})

test('pages__every_one_answers_and_a_viewer_changes_nothing', async () => {
  const viewer = await site.login('viewer')
  for (const path of ['/staff/', '/staff/entries', '/staff/entries/1',
    '/staff/suggestions', '/staff/unmatched', '/staff/recruit',
    '/staff/unused', '/staff/no-venue', '/staff/needs/1',
    '/staff/needs/1?count=1', '/staff/pairs/1/2', '/staff/outcomes',
    '/staff/organisations', '/staff/organisations/1', '/staff/duplicates']) {
    const page = await viewer.get(path)
    assert.equal(page.status, 200, path)
    assert.equal(page.text.match(/<h1>/g).length, 1, path)
    const forms = [...page.text.matchAll(/<form method="post" action="([^"]*)"/g)]
      .map(([, action]) => action)
    assert.deepEqual(forms, ['/staff/logout'], path)
  }
  for (const path of ['/staff/entries/99', '/staff/needs/2',
    '/staff/pairs/2/1', '/staff/pairs/1/99', '/staff/organisations/99',
    '/staff/entries/x', '/staff/entries/99999999999999999999']) {
    assert.equal((await viewer.get(path)).status, 404, path)
  }
})

test('desk__eight_write_while_a_match_runs_and_nothing_is_lost',
  async () => {
    const rows = []
    for (let id = 100; id < 180; id++) {
      rows.push(`INSERT INTO entries (id, key, side, origin, organisation_id,
        state, title, reach, confirmed_on, created_at, updated_at) VALUES
        (${id}, 'c${id}', '${id % 2 ? 'need' : 'offer'}', 'form',
        ${1 + id % 4}, 'submitted', '並行${id}', 'prefecture', '${DATE}',
        't', 't'); INSERT INTO entry_lines (entry_id, line_no, kind_id,
        quantity, unit) VALUES (${id}, 1, 'goods', 2, '台');`)
    }
    site.store.exec(rows.join('\n'))
    const before = one('SELECT count(*) FROM audit')
    const nights = new EventEmitter().setMaxListeners(8)
    let writing = true, matches = 0
    const matching = (async () => { // one night after the other
      while (writing) {
        const match = site.store.start('match', '--date', DATE)
        assert.equal((await once(match, 'exit'))[0], 0)
        matches++
        nights.emit('over')
      }
    })()
    const clients = await Promise.all(Array.from({ length: 8 },
      () => site.login('screener')))
    const clerks = Promise.all(clients.map(async (client, n) => {
      for (let id = 100 + n; id < 180; id += 8) {
        while (4 * matches < (id - 100) / 8 - 1) { // three nights at least
          await once(nights, 'over')
        }
        const page = await approve(client, id)
        assert.equal(page.status, 200, `${id}: ${page.text}`)
      }
    }))
    await Promise.all([matching, clerks.then(() => { writing = false })])
    assert.ok(matches > 2, `${matches} matches`)
    assert.equal(one("SELECT count(*) FROM entries WHERE state = 'approved' " +
      "AND title LIKE '並行%'"), 80)
    assert.equal(one('SELECT count(*) FROM screenings WHERE entry_id >= 100'),
      480)
    // a mark per 要件, a confirmation, a step: each with its audit row
    assert.equal(one('SELECT count(*) FROM audit WHERE actor = ' +
      `'screener' AND id > ${before} AND action IN ('screening.mark', ` +
      "'screening.confirm', 'entry.approve')"), 80 * 8)
    site.store.must('match', '--date', DATE)
    assert.equal(site.store.run('check').code, 0)
  })

// An entry has two pages: what it is, and what the plan has for it.
test('desk__an_entry_and_its_need_have_titles_of_their_own', async () => {
  const viewer = await site.login('viewer')
  const title = one('SELECT title FROM entries WHERE id = 1')
  for (const [path, wanted] of [['/staff/entries/1', `審査：「${title}」`],
    ['/staff/needs/1', `募集：「${title}」`]]) {
    const { text } = await viewer.get(path)
    assert.equal(text.match(/<title>(.*) \| [^|]*<\/title>/)[1], wanted)
    assert.equal(text.match(/<h1>(.*)<\/h1>/)[1], wanted)
  }
})

test('desk__two_screeners_take_one_step_once', async () => {
  site.store.exec("UPDATE entries SET state = 'submitted' WHERE id = 100")
  const [a, b] = await Promise.all([site.login('screener'),
    site.login('screener')])
  const path = '/staff/entries/100'
  const pages = await Promise.all([a.get(path), b.get(path)])
  const done = await Promise.all([
    a.submit(pages[0], `${path}/step`, { step: 'approve' }),
    b.submit(pages[1], `${path}/step`, { step: 'reject', reason: '否' })])
  assert.deepEqual(done.map((page) => page.status).sort(), [200, 422])
})
