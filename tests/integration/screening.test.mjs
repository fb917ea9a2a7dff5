// Screening while others write: what changed under an open page, and what a
// screener typed, is neither passed over nor lost.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { startService } from './service.mjs'
import { DATE } from './tsunagari.mjs'

const REQUIRED = ['req_contributes', 'req_residents', 'req_not_political',
  'req_not_religious', 'req_not_for_profit', 'req_no_doubt_of_profit']
const passes = Object.fromEntries(REQUIRED.map((id) =>
  [`result-${id}`, 'pass']))

function fill(store) {
  store.exec(`INSERT INTO organisations (id, key, origin, name, created_at,
    updated_at) VALUES (1, 'org1', 'roster', '団体1', '2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z');`)
  for (const id of [1, 2, 3]) {
    store.exec(`INSERT INTO entries (id, key, side, origin, organisation_id,
      state, title, summary, reach, confirmed_on, created_at, updated_at)
      VALUES (${id}, 'e${id}', 'need', 'form', 1, 'submitted', '題${id}',
      '前の文', 'prefecture', '${DATE}', '2026-11-20T00:00:00Z',
      '2026-11-20T00:00:00Z'); INSERT INTO entry_lines (entry_id, line_no,
      kind_id, quantity, unit) VALUES (${id}, 1, 'goods', 2, '台');`)
  }
}

let site, staff

before(async () => {
  site = await startService({ fill })
  staff = await site.login('screener')
})

after(() => site?.stop())

const one = (sql) => site.store.one(sql)

// What the writer of a sheet corrects, or another screener marks, while the
// page is open is not approved unseen.
test('screening__what_changed_under_an_open_page_is_shown_first', async () => {
  const id = 1, path = `/staff/entries/${id}`
  const state = () => site.store.rows('SELECT state, (SELECT group_concat(' +
    'requirement_id || result || note) FROM screenings WHERE entry_id = e.id ' +
    `AND requirement_id = 'req_residents') AS marks FROM entries AS e WHERE id = ${id}`)[0]
  const [a, b] = [await site.login('screener'), await site.login('tuner')]
  let page = await a.submit(await a.get(path), `${path}/mark`, passes)
  assert.equal(page.status, 200)
  site.store.exec(`UPDATE entries SET summary = '別の文' WHERE id = ${id}`)
  for (const [part, fields] of [['step', { step: 'approve' }],
    ['mark', { 'result-req_residents': 'fail', 'note-req_residents': 'メモ' }],
    ['confirm', { condition: 'cond_cost', note: '電話で' }]]) {
    const refused = await a.submit(page, `${path}/${part}`, fields)
    assert.equal(refused.status, 422, part)
    assert.match(refused.text, /role="alert">[^<]*開いたあとで/, part)
    assert.match(refused.text, /別の文/)
    assert.equal(state().state, 'submitted')
    assert.equal(state().marks, 'req_residentspass')
    // What was typed is still there.
    for (const typed of [fields.note, fields['note-req_residents']]) {
      if (typed) assert.ok(refused.text.includes(`value="${typed}"`), part)
    }
  }
  // Two screeners, one entry: the second sees what the first one wrote.
  const pages = [await a.get(path), await b.get(path)]
  assert.equal((await b.submit(pages[1], `${path}/mark`,
    { 'result-req_residents': 'unclear', 'note-req_residents': '県外か' }))
    .status, 200)
  const late = await a.submit(pages[0], `${path}/mark`,
    { 'result-req_contributes': 'fail' })
  assert.equal(late.status, 422)
  assert.match(late.text, /県外か/)
  assert.equal(state().marks, 'req_residentsunclear県外か')
  page = await a.submit(late, `${path}/mark`, passes)
  page = await a.submit(page, `${path}/confirm`, { all: '1' })
  assert.equal(page.status, 200)
  assert.match((await a.submit(page, `${path}/step`, { step: 'approve' }))
    .text, /承認済み/)
})

// Corrected after it was approved: what was marked is about other words.
test('screening__marks_of_before_a_correction_are_told_apart', async () => {
  const path = '/staff/entries/3'
  let page = await staff.submit(await staff.get(path), `${path}/mark`, passes)
  page = await staff.submit(page, `${path}/confirm`, { all: '1' })
  page = await staff.submit(page, `${path}/step`, { step: 'approve' })
  page = await staff.submit(page, `${path}/step`, { step: 'reopen',
    reason: '見直し' })
  assert.match(page.text, /審査待ち/)
  assert.doesNotMatch(page.text, /前の内容について/)
  site.store.exec("UPDATE entries SET title = '直した題', updated_at = " +
    "'2099-01-02T00:00:00Z' WHERE id = 3")
  page = await staff.get(path)
  assert.match(page.text, /2099-01-02 に内容が変わりました/)
  assert.match(page.text, /要件 6 件と諸条件 9 件の記録は、前の内容について/)
  site.store.exec("UPDATE screenings SET at = '2099-01-03T00:00:00Z' WHERE " +
    "entry_id = 3; UPDATE confirmations SET at = '2099-01-03T00:00:00Z' " +
    "WHERE entry_id = 3")
  assert.doesNotMatch((await staff.get(path)).text, /前の内容について/)
})

test('screening__a_note_without_a_result_is_asked_for_and_kept', async () => {
  const id = 2, path = `/staff/entries/${id}`
  let page = await staff.get(path)
  const bare = await staff.submit(page, `${path}/mark`,
    { 'result-req_residents': '', 'note-req_residents': '電話で <確認>' })
  assert.equal(bare.status, 422)
  assert.match(bare.text, /href="#result-req_residents"/)
  assert.match(bare.text, /value="電話で &lt;確認&gt;"/)
  page = await staff.submit(bare, `${path}/mark`,
    { 'result-req_residents': 'unclear' })
  assert.equal(page.status, 200)
  assert.match(page.text, /value="電話で &lt;確認&gt;"/)
  // A result that stands is not taken for one that was cleared.
  const cleared = await staff.submit(page, `${path}/mark`,
    { 'result-req_residents': '', 'note-req_residents': '' })
  assert.equal(cleared.status, 422)
  assert.equal(one('SELECT count(*) FROM screenings WHERE entry_id = ' + id),
    1)
})

// Who approves sees all that goes onto the page, and whom to ask.
test('screening__shows_what_is_published_and_how_the_plan_reads_it',
  async () => {
    site.store.exec(`UPDATE entries SET date_text = '毎週水曜日', weekdays = 8,
      time_start = '10:00', time_end = '12:00', url = 'https://shop.example.jp/',
      access_text = '裏口から', contact_name = '窓口', contact_phone =
      '045-000-0000', contact_email = 'desk@example.jp', contact_person =
      '山田', publish_contact = 0, budget_yen = 5000 WHERE id = 3;
      INSERT INTO entry_tags VALUES (3, '将棋');
      INSERT INTO entry_targets VALUES (3, 'older_people')`)
    const said = [['ページと計画での日時', '曜日: 木 10:00～12:00'],
      ['明細', '物資 2台'], ['対応範囲', '県内全域'], ['タグ', '将棋'],
      ['対象の区分', '高齢者'], ['URL', 'https://shop.example.jp/'],
      ['行き方・バリアフリー', '裏口から'], ['予算', '5000円'],
      ['窓口', '窓口 045-000-0000 desk@example.jp（ページに載せない）'],
      ['担当の方（非公開）', '山田']]
    const { text } = await staff.get('/staff/entries/3')
    for (const [label, value] of said) {
      assert.ok(text.includes(`<dt>${label}</dt><dd>${value}</dd>`), label)
    }
    const shown = JSON.parse(site.store.must('screen', 'show', '3', '--json')
      .stdout).facts
    for (const [label, value] of said) {
      assert.deepEqual(shown.find((fact) => fact.label === label)?.value, value)
    }
    // What changes among them is seen before it is approved.
    const page = await staff.get('/staff/entries/3')
    site.store.exec("UPDATE entries SET url = 'https://other.example.jp/'" +
      ' WHERE id = 3')
    assert.equal((await staff.submit(page, '/staff/entries/3/mark', passes))
      .status, 422)
  })

test('screening__shows_in_words_how_urgent_a_need_is', () => {
  const id = one("SELECT min(id) FROM entries WHERE side = 'need'")
  const words = ['急がない', 'ふつう', '急ぐ', 'とても急ぐ']
  words.forEach((word, urgency) => {
    site.store.exec(`UPDATE entries SET urgency = ${urgency} WHERE id = ${id}`)
    const { facts } = JSON.parse(site.store.must('screen', 'show', String(id),
      '--json').stdout)
    assert.equal(facts.find(({ label }) => label === '急ぎの度合い').value,
      `${urgency}（${word}）`)
  })
})

test('screening__a_return_is_told_or_said_to_be_untold', async () => {
  const back = async (id) => staff.submit(await staff.get(
    `/staff/entries/${id}`), `/staff/entries/${id}/step`,
  { step: 'return', reason: '何時からですか' })
  site.store.exec("UPDATE entries SET state = 'submitted'")
  const before = site.mails().length
  const untold = await back(2)
  assert.match(untold.text, /宛先がないため、知らせは送っていません/)
  assert.equal(site.mails().length, before)
  const told = await back(3) // by the address of its own desk
  assert.match(told.text, /状態を変えました。</)
  assert.match(site.mails().at(-1), /^To: <desk@example\.jp>\r$/m)
  // It came by no sheet, so that there is no page to correct it on.
  const mail = Buffer.from(site.mails().at(-1).split('\r\n\r\n')[1],
    'base64').toString('utf8')
  assert.match(mail, /直した内容を、事務局へお知らせください/)
  assert.doesNotMatch(mail, /エントリーのページから|open the link/)
  // When it was, by the clock on the wall.
  site.store.exec("UPDATE entry_steps SET at = '2026-11-20T15:05:00Z'")
  assert.match((await staff.get('/staff/entries/3')).text,
    /<th scope="row">2026-11-21 00:05<\/th>/)
})

test('screening__says_whether_the_public_finds_it', async () => {
  const path = '/staff/entries/1'
  const told = async () => {
    const { text } = await staff.get(path)
    return [text.match(/<dt>公開<\/dt><dd>([^<]*)/)[1],
      /name="hold_back" value="1" checked/.test(text)]
  }
  const step = async (fields) => staff.submit(await staff.get(path),
    `${path}/step`, fields)
  site.store.exec("UPDATE entries SET state = 'submitted', publish = 0" +
    ' WHERE id = 1; DELETE FROM entry_steps WHERE entry_id = 1;' +
    'UPDATE organisations SET publish = 0;' +
    "INSERT OR REPLACE INTO screenings SELECT 1, id, 'pass', '', 'test', ''" +
    ' FROM requirements; INSERT OR REPLACE INTO confirmations' +
    " SELECT 1, id, '', 'test', '' FROM phrases WHERE list = 'conditions'")
  assert.deepEqual(await told(), ['団体が非公開のため、このままでは載らない', false])
  site.store.exec('UPDATE organisations SET publish = 1')
  assert.deepEqual(await told(), ['承認すると載せる', false])
  await step({ step: 'approve' })
  assert.deepEqual(await told(), ['載せる', false])
  await step({ step: 'reopen', reason: '見直し' })
  await step({ step: 'approve', hold_back: '1' })
  assert.deepEqual(await told(), ['載せない', false])
  assert.equal(site.store.one('SELECT count(*) FROM public_entries WHERE' +
    ' id = 1'), 0)
  // Corrected, it stays so unless somebody takes the tick away.
  await step({ step: 'reopen', reason: '直った' })
  assert.deepEqual(await told(), ['承認すると載せる', true])
  await step({ step: 'reject', reason: '要件' })
  assert.deepEqual(await told(), ['いまの状態では載らない', false])
})

test('screening__an_approval_names_the_page_where_it_will_stand', async () => {
  site.store.exec("DELETE FROM entry_steps; UPDATE entries SET state = 'submitted'," +
    " publish = 0, contact_email = 'desk@example.jp';" +
    "INSERT OR REPLACE INTO screenings SELECT e.id, r.id, 'pass', '', 'test'," +
    " '' FROM entries AS e, requirements AS r; INSERT OR REPLACE INTO" +
    " confirmations SELECT e.id, p.id, '', 'test', '' FROM entries AS e," +
    " phrases AS p WHERE p.list = 'conditions'")
  const told = async (id, fields) => {
    const path = `/staff/entries/${id}`
    await staff.submit(await staff.get(path), `${path}/step`,
      { step: 'approve', ...fields })
    return Buffer.from(site.mails().at(-1).split('\r\n\r\n')[1], 'base64')
      .toString('utf8')
  }
  assert.match(await told(1, {}), RegExp('次の夜の計算のあと、このページに' +
    `載ります。\n${site.url}/tsunagari/needs/1\n`))
  const held = await told(2, { hold_back: '1' })
  assert.doesNotMatch(held, /載ります/)
  assert.match(held, /これで いいと きまりました。\nYour entry was approved\./)
  site.store.exec("UPDATE entries SET expires_on = '2026-01-01' WHERE id = 3")
  assert.doesNotMatch(await told(3, {}), /載ります/)
})
