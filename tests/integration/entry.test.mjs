// The public entry sheet without JavaScript: from an empty page over the mail's
// link to an entry that waits for the staff, its correction, and what keeps
// it from being anything else.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'

import { request } from './nginx.mjs'
import { startService } from './service.mjs'
import { begin, body, confirmed as confirm, fill, linkOf, offer, sheetOf }
  from './sheet.mjs'

let site

before(async () => { site = await startService() })
after(() => site?.stop())

const confirmed = (client, fields) => confirm(site, client, fields)

test('sheet__is_kept_as_typed_and_read_back', async () => {
  const client = site.client()
  const page = await begin(client)
  const action = sheetOf(page.path)
  const saved = await client.submit(page, action, { ...offer, act: 'save' })
  assert.match(saved.text, /保存しました/)
  const fields = saved.form(action).fields
  for (const [name, value] of Object.entries(offer)) {
    assert.deepEqual(fields.filter(([n]) => n === name)
      .map(([, v]) => v).sort(), [value].flat(), name)
  }
  assert.equal(site.store.one('SELECT count(*) FROM entries'), 0)
})

test('sheet__its_titles_are_in_three_languages', async () => {
  const check = await fill(site.client())
  assert.match(check.text, /<title>内容の確認 \/ たしかめる \/ Check what/)
  assert.match(check.text, RegExp('<h1>内容の確認<span class="easy">たしかめる / ' +
    '<span lang="en">Check what you wrote</span></span></h1>'))
})

test('sheet__says_what_is_missing_next_to_the_field', async () => {
  const page = await fill(site.client(), { title: '', summary: 'x',
    reach: 'regions', line1_kind: 'people', line1_quantity: 'many',
    day1_date: '2027-02-30', url: 'javascript:alert(1)', email: 'a@b',
    date_start: '2027-01-02', date_end: '2027-01-01' })
  assert.equal(page.status, 422)
  for (const name of ['title', 'regions', 'line1_quantity', 'line1_unit',
    'day1_date', 'email', 'org_name']) {
    assert.match(page.text, new RegExp(`href="#${name}"`), name)
  }
  assert.match(page.text, /id="email-error"/)
  const kept = page.form(sheetOf(page.path)).fields
  assert.ok(kept.some(([n, v]) => n === 'line1_quantity' && v === 'many'))
})

test('sheet__what_the_import_refuses_comes_back_to_its_field', async () => {
  const page = await fill(site.client(), { ...offer,
    url: 'javascript:alert(1)', org_number: '1234567890123' })
  assert.equal(page.status, 422)
  assert.match(page.text, /href="#org_number"/)
  const next = await fill(site.client(), { ...offer,
    url: 'javascript:alert(1)', time_start: '25:00', budget: '7' })
  assert.equal(next.status, 422)
  assert.match(next.text, /href="#url"/)
  assert.match(next.text, /href="#time_start"/)
})

// 3 and 90分 put together would be 390分.
test('sheet__a_quantity_and_its_unit_stay_apart', async () => {
  const page = await fill(site.client(), { ...offer, line1_quantity: '3',
    line1_unit: '90分', line2_quantity: '1', line2_unit: '.5時間' })
  assert.equal(page.status, 422)
  assert.match(page.text, /href="#line1_unit"/)
  assert.match(page.text, /href="#line2_unit"/)
  const wide = await fill(site.client(), { ...offer, line1_quantity: '１２０' })
  assert.match(wide.path, /\/check$/, wide.text)
})

test('link__makes_an_entry_that_waits_and_shows_nothing', async () => {
  const { done, check } = await confirmed(site.client())
  assert.match(check.text, /おしゃべりサロン &lt;b&gt;/)
  assert.match(done.text, /受付番号 .*<\/dt><dd><strong>20\d\d-\d{6}/)
  const [entry] = site.store.rows('SELECT e.*, o.key AS org, o.email,' +
    ' o.publish AS org_publish FROM entries AS e JOIN organisations AS o' +
    ' ON o.id = e.organisation_id')
  assert.deepEqual([entry.state, entry.origin, entry.publish,
    entry.org_publish, entry.side], ['submitted', 'form', 0, 0, 'offer'])
  assert.equal(entry.title, offer.title)
  assert.equal(entry.summary, offer.summary)
  assert.deepEqual([entry.date_start, entry.date_end, entry.weekdays,
    entry.time_start], ['2027-01-06', '2027-01-13', 4, '13:30'])
  assert.match(entry.date_text, /2027-01-13 13:30～15:00、2027-01-06/)
  assert.deepEqual(site.store.rows('SELECT kind_id, quantity, unit, text,' +
    ' for_public, unit_cost_yen, min_lot, indivisible, per_day FROM entry_lines' +
    ' ORDER BY line_no').map((row) => Object.values(row)), [
    ['ibasho_exchange', 20, '人', '※一括でどうぞ どなたでも', 1, 0, 0, 0, 0],
    ['people_volunteer', 3, '人', '受付', 0, 500, 1, 0, 1]])
  assert.deepEqual(site.store.rows('SELECT region_code FROM entry_regions')
    .map((row) => row.region_code), ['142166', 'A14-03'])
  site.store.must('match', '--date', '2026-11-21')
  for (const audience of ['public', 'members']) {
    const file = site.store.file(`${audience}.snap`)
    site.store.must('publish', '--audience', audience, file)
    assert.ok(!readFileSync(file).includes('おしゃべりサロン'), audience)
  }
  assert.equal(site.store.one('SELECT offers_n FROM runs'), 0)
})

test('draft__is_over_when_the_link_was_used', async () => {
  const client = site.client()
  const { check } = await confirmed(client)
  const again = await client.get(sheetOf(check.path))
  assert.equal(again.status, 404)
  assert.match(again.text, /受けつけました/)
})

test('draft__alone_never_makes_an_entry', async () => {
  const before = site.store.one('SELECT count(*) FROM entries')
  const client = site.client()
  const check = await fill(client)
  const action = `${sheetOf(check.path)}/send`
  for (let n = 0; n < 5; n++) {
    const done = await client.submit(check, action)
    assert.equal(done.status, 200)
  }
  assert.equal((await client.submit(check, action)).status, 400)
  assert.equal(site.store.one('SELECT count(*) FROM entries'), before)
})

test('link__corrects_later_and_the_staff_looks_again', async () => {
  const { reader, done } = await confirmed(site.client())
  const id = site.store.one('SELECT max(id) FROM entries')
  const change = async (title) => {
    const form = await reader.get(sheetOf(done.path))
    const check = await reader.submit(form, sheetOf(done.path),
      { title, act: 'check' })
    return reader.submit(check, `${sheetOf(done.path)}/send`)
  }
  for (const [state, want] of [['approved', 'submitted'],
    ['returned', 'submitted'], ['rejected', 'rejected']]) {
    site.store.exec(`UPDATE entries SET state = '${state}', publish = 1` +
      ` WHERE id = ${id}`)
    const page = await change(`【例】${state} の後`)
    assert.match(page.text, /受付番号/)
    assert.deepEqual(site.store.rows('SELECT state, title FROM entries' +
      ` WHERE id = ${id}`), [{ state: want, title: `【例】${state} の後` }])
  }
  assert.equal(site.store.one('SELECT count(*) FROM entries WHERE title' +
    " LIKE '【例】%の後'"), 1)
})

test('link__keeps_the_organisation_that_staff_gave_the_entry', async () => {
  const { reader, done } = await confirmed(site.client())
  const id = site.store.one('SELECT max(id) FROM entries')
  site.store.exec('INSERT INTO organisations (key, origin, name, created_at,' +
    " updated_at) VALUES ('REAL', 'roster', '本当の会', '', '');" +
    'UPDATE entries SET organisation_id = last_insert_rowid() WHERE id = ' +
    id)
  const form = await reader.get(sheetOf(done.path))
  const check = await reader.submit(form, sheetOf(done.path),
    { summary: '直しました', org_name: 'ちがう会', act: 'check' })
  await reader.submit(check, `${sheetOf(done.path)}/send`)
  assert.deepEqual(site.store.rows('SELECT o.key, o.name, e.summary FROM' +
    ' entries AS e JOIN organisations AS o ON o.id = e.organisation_id' +
    ` WHERE e.id = ${id}`),
  [{ key: 'REAL', name: '本当の会', summary: '直しました' }])
  // What becomes of it is told to who wrote it, not to that one's address.
  site.store.exec("UPDATE organisations SET email = 'head@example.jp' WHERE" +
    " key = 'REAL'")
  const staff = await site.login('screener')
  const page = await staff.get(`/staff/entries/${id}`)
  assert.match(page.text, /承認・差し戻し・不承認の理由は、団体へのメールに載ります/)
  await staff.submit(page, `/staff/entries/${id}/step`,
    { step: 'return', reason: '何時からですか' })
  assert.match(site.mails().at(-1), /^To: <hanako@example\.jp>\r$/m)
})

// A need and a dearer offer besides what came by the link.
const others = ['need', 'offer'].map((side, i) => `
  INSERT INTO organisations (id, key, origin, name, publish, created_at,
    updated_at) VALUES (${900 + i}, 'other${i}', 'roster', '別の団体${i}', 1,
    '', '');
  INSERT INTO entries (id, key, side, origin, organisation_id, state, title,
    region_code, reach, confirmed_on, publish, created_at, updated_at) VALUES
    (${900 + i}, 'other${i}', '${side}', 'form', ${900 + i}, 'approved',
    '別の題${i}', '142166', 'prefecture', '2026-11-20', 1, '', '');
  INSERT INTO entry_lines (entry_id, line_no, kind_id, quantity, unit,
    unit_cost_yen) VALUES (${900 + i}, 1, 'people_volunteer', 1, '人',
    ${i * 2000});`).join('')

test('link__a_withdrawn_offer_gives_way_to_the_runner_up_at_once', async () => {
  const { reader, done } = await confirmed(site.client())
  const mine = site.store.one('SELECT max(id) FROM entries')
  site.store.exec(`UPDATE entries SET state = 'approved', publish = 1
    WHERE id = ${mine};${others}
    INSERT INTO screenings (entry_id, requirement_id, result, actor, at)
      SELECT e.id, r.id, 'pass', 't', 't'
      FROM entries AS e, requirements AS r WHERE e.id IN (${mine}, 900, 901)`)
  site.store.must('match', '--date', '2026-11-21')
  const partners = () => site.store.rows('SELECT offer_id FROM plan_lines' +
    ' WHERE need_id = 900 AND run_id = (SELECT max(id) FROM runs)')
  assert.deepEqual(partners(), [{ offer_id: mine }])
  await reader.submit(done, `${sheetOf(done.path)}/withdraw`)
  assert.deepEqual(partners(), [{ offer_id: 901 }])
  site.store.exec("UPDATE entries SET state = 'archived' WHERE id >= 900")
})

test('send__twice_is_one_entry_and_one_receipt', async () => {
  const client = site.client()
  const check = await fill(client)
  await client.submit(check, `${sheetOf(check.path)}/send`)
  const reader = site.client()
  const page = await reader.get(linkOf(site.mails().at(-1)))
  const own = sheetOf(page.path)
  const entries = site.store.one('SELECT count(*) FROM entries')
  const mails = site.mails().length
  const done = await Promise.all([1, 2].map(() =>
    reader.submit(page, `${own}/send`)))
  assert.deepEqual(done.map((one) => one.status), [200, 200])
  assert.equal(site.mails().length, mails + 1)
  assert.match(body(site.mails().at(-1)), /受けつけました/)
  assert.equal(site.store.one('SELECT count(*) FROM entries'), entries + 1)
})

test('correct__twice_or_with_nothing_changed_is_one_mail', async () => {
  const { reader, done } = await confirmed(site.client())
  const own = sheetOf(done.path)
  const mails = () => site.mails().length
  const corrected = async (fields, times = 1) => {
    const check = await reader.submit(await reader.get(own), own,
      { ...fields, act: 'check' })
    const was = mails()
    for (const page of await Promise.all(Array.from({ length: times }, () =>
      reader.submit(check, `${own}/send`)))) {
      assert.match(page.text, /直した内容を受けつけました/)
    }
    return mails() - was
  }
  assert.equal(await corrected({ summary: 'ちがう文' }, 2), 1)
  assert.match(body(site.mails().at(-1)), /内容を直しました/)
  const audits = site.store.one('SELECT max(id) FROM audit')
  assert.equal(await corrected({}), 0)
  assert.deepEqual(site.store.rows('SELECT action FROM audit WHERE id > ' +
    audits), [{ action: 'sheet.save' }]) // by the check, before the sending
  assert.equal(await corrected({ org_contact: '担当 太郎' }), 1)
})

test('send__what_another_page_changed_is_checked_again', async () => {
  const client = site.client()
  const check = await fill(client)
  const at = sheetOf(check.path)
  const mails = site.mails().length
  await client.submit(await client.get(at), at,
    { title: '【例】別の画面で', act: 'save' })
  const again = await client.submit(check, `${at}/send`)
  assert.match(again.path, /\/check/)
  assert.match(again.text, /内容が変わりました/)
  assert.match(again.text, /別の画面で/)
  assert.equal(site.mails().length, mails)
  assert.match((await client.submit(again, `${at}/send`)).path, /\/status$/)
  assert.equal(site.mails().length, mails + 1)
})

test('link__withdraws', async () => {
  const { reader, done } = await confirmed(site.client())
  const set = (state) => site.store.exec(`UPDATE entries SET state = '${state}'
    WHERE id = (SELECT max(id) FROM entries)`)
  set('rejected')
  assert.equal((await reader.submit(done,
    `${sheetOf(done.path)}/withdraw`)).status, 409)
  set('approved')
  const form = await reader.get(sheetOf(done.path))
  const page = await reader.submit(done, `${sheetOf(done.path)}/withdraw`)
  assert.match(page.text, /取り下げました/)
  assert.equal(site.store.one('SELECT state FROM entries ORDER BY id DESC' +
    ' LIMIT 1'), 'withdrawn')
  assert.deepEqual(site.store.rows('SELECT step, actor FROM entry_steps' +
    ' ORDER BY id DESC LIMIT 1'), [{ step: 'withdraw', actor: 'visitor' }])
  assert.match((await reader.get(sheetOf(done.path))).path, /status$/)
  const again = await reader.submit(form, sheetOf(done.path),
    { act: 'check' })
  assert.match(again.path, /status$/)
})

test('link__of_an_entry_sent_back_comes_by_mail_with_the_reason', async () => {
  const { reader, done } = await confirmed(site.client())
  const id = site.store.one('SELECT max(id) FROM entries')
  const staff = await site.login('screener')
  const page = await staff.get(`/staff/entries/${id}`)
  await staff.submit(page, `/staff/entries/${id}/step`,
    { step: 'return', reason: '何時からですか' })
  const status = await reader.get(`${sheetOf(done.path)}/status`)
  assert.match(status.text, /何時からですか/)
  const another = site.client()
  const form = await another.get(linkOf(site.mails().at(-1)))
  assert.match(form.text, /何時からですか/)
  const sheet = sheetOf(form.path)
  const check = await another.submit(await another.get(sheet), sheet,
    { time_text: '10時から', act: 'check' })
  await another.submit(check, `${sheet}/send`)
  assert.equal(site.store.one('SELECT state FROM entries WHERE id = ' + id),
    'submitted')
  // Staff read that it came back, and when.
  assert.match((await staff.get(`/staff/entries/${id}`)).text,
    RegExp('<td>提出</td><td>審査待ち</td><td class="text">内容が変わりました' +
      '</td><td>シートを書いた方</td>'))
})

test('sheet__another_window_is_not_written_over_unseen', async () => {
  const client = site.client()
  const old = await begin(client)
  const at = sheetOf(old.path)
  const auto = (page, title) => client.post(at, [...page.form(at).fields
    .filter(([name]) => name !== 'title'), ['title', title], ['act', 'auto']])
  const title = () => site.store.one('SELECT value FROM sheet_fields WHERE ' +
    `name = 'title' AND sheet_id = (SELECT max(id) FROM sheets)`)
  // One page may save as often as it likes, the submit overtaking or not.
  for (const text of ['一', '二', '三']) {
    assert.equal((await auto(old, text)).status, 200)
  }
  const other = await client.get(at)
  assert.equal((await auto(other, '別の窓')).status, 200)
  const refused = await auto(old, '古い窓')
  assert.deepEqual([refused.status, refused.json().saved], [409, false])
  assert.equal(title(), '別の窓')
  const asked = await client.submit(old, at, { title: '古い窓', act: 'save' })
  assert.equal(asked.status, 422)
  assert.match(asked.text, /role="alert">ほかの画面で内容が変わって/)
  assert.match(asked.text, /value="古い窓"/)
  assert.equal(title(), '別の窓')
  assert.equal((await client.submit(asked, at, { act: 'save' })).status, 200)
  assert.equal(title(), '古い窓')
  assert.equal((await auto(other, 'まだ別の窓')).status, 409)
})

test('rows__are_added_by_a_button_without_a_script', async () => {
  const client = site.client()
  const page = await begin(client)
  const more = await client.submit(page, sheetOf(page.path),
    { ...offer, line3_kind: 'people', act: 'more-line' })
  assert.match(more.text, /name="line4_kind"/)
  assert.doesNotMatch(more.text, /name="line5_kind"/)
})

test('abuse__a_filled_trap_a_long_value_an_unknown_token', async () => {
  const client = site.client()
  const start = await client.get('/entry/')
  assert.equal((await client.submit(start, '/entry/new',
    { homepage: 'x' })).status, 403)
  const page = await begin(client)
  const long = await client.submit(page, sheetOf(page.path),
    { title: 'あ'.repeat(201), act: 'save' })
  assert.equal(long.status, 422)
  assert.match(long.text, /id="title-error"/)
  assert.equal((await client.get(`/entry/sheet/${'A'.repeat(43)}`)).status,
    404)
  const big = await client.post(sheetOf(page.path),
    [['csrf', 'x'], ['title', 'x'.repeat(5e6)]])
  assert.equal(big.status, 413)
})

test('mail__has_one_recipient_whatever_was_typed', async () => {
  for (const email of ['a@example.jp\nBcc: b@example.jp', 'a@b@c.jp',
    'a@example.jp, b@example.jp', '<a@example.jp>', '-oQ/tmp@example.jp']) {
    const page = await fill(site.client(), { ...offer, email })
    assert.equal(page.status, 422, email)
    assert.match(page.text, /href="#email"/)
  }
  for (const mail of site.mails()) {
    assert.equal(mail.match(/^To: .*$/m)[0], 'To: <hanako@example.jp>')
    assert.equal(mail.split('\r\n\r\n').length, 2)
  }
  assert.equal(site.store.one('SELECT count(*) FROM mails WHERE' +
    " delivered_at IS NULL OR body <> ''"), 0)
})

test('script__saves_as_one_types_and_gets_json', async () => {
  const client = site.client()
  const page = await begin(client, 'need')
  const fields = page.form(sheetOf(page.path)).fields
    .filter(([name]) => name !== 'title')
  const done = await client.post(sheetOf(page.path), [...fields,
    ['title', '途中'], ['act', 'auto']])
  assert.equal(done.json().saved, true)
  assert.match((await client.get(sheetOf(page.path))).text,
    /value="途中"/)
  const asset = (await client.get(sheetOf(page.path))).text
    .match(/src="(\/entry\/entry\.js[^"]*)"/)[1]
  const script = await request(site.port, asset)
  assert.match(script.headers['content-type'], /javascript/)
  assert.match(script.headers['cache-control'], /immutable/)
})
