// What is sent twice, or not whole: a double click, a second tab, a reason
// that was forgotten.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { randomStore } from './random_store.mjs'
import { startService } from './service.mjs'
import { DATE } from './tsunagari.mjs'

let site, staff, path

before(async () => {
  const { store } = randomStore(41, 120)
  store.must('match', '--date', DATE)
  site = await startService({ store })
  staff = await site.login('screener')
  const pair = store.rows('SELECT need_id, offer_id FROM plan_lines WHERE ' +
    'need_id IS NOT NULL ORDER BY id LIMIT 1')[0]
  path = `/staff/pairs/${pair.need_id}/${pair.offer_id}`
})

after(() => site?.stop())

const decisions = () => site.store.rows('SELECT decision, revoked_at IS NULL ' +
  'AS holds FROM decisions ORDER BY id')

test('decide__twice_is_one_decision', async () => {
  const page = await staff.get(path)
  const audits = site.store.one('SELECT count(*) FROM audit')
  const done = await Promise.all([1, 2].map(() => staff.submit(page,
    `${path}/decide`, { kind: 'pin', reason: '会場の都合' })))
  assert.deepEqual(done.map((one) => one.status), [200, 200])
  assert.deepEqual(decisions(), [{ decision: 'pin', holds: 1 }])
  assert.equal(site.store.one('SELECT count(*) FROM audit'), audits + 1)
  // Another word on the pair is another decision.
  await staff.submit(page, `${path}/decide`, { kind: 'pin', reason: '再考' })
  await staff.submit(page, `${path}/decide`, { kind: 'forbid',
    reason: '会場の都合' })
  assert.equal(decisions().length, 3)
})

test('revoke__twice_takes_back_what_was_shown_and_no_more', async () => {
  const page = await staff.get(path)
  assert.match(page.text, /除外/)
  const done = await Promise.all([1, 2].map(() => staff.submit(page,
    `${path}/revoke`)))
  assert.deepEqual(done.map((one) => one.status).sort(), [200, 422])
  assert.match(done.find((one) => one.status === 422).text,
    /もう済んでいるか、ほかの人.*開き直して/)
  assert.deepEqual(decisions().map((one) => one.holds), [1, 1, 0])
  assert.match((await staff.get(path)).text, /固定/)
})

test('weights__saved_twice_are_one_version', async () => {
  const tuner = await site.login('tuner')
  const versions = () => site.store.rows('SELECT state, reason FROM' +
    ' weight_versions ORDER BY id')
  const want = []
  for (const [act, state, said, audits] of [
    ['draft', 'draft', /下書きとして残しました/, 2],
    ['publish', 'published', /公開しました/, 3]]) {
    const page = await tuner.get('/staff/weights/try?w.fit_target=210')
    const before = site.store.one('SELECT count(*) FROM audit')
    const save = (reason) => tuner.submit(page, '/staff/weights/save',
      { reason, act, name: `名前-${act}` })
    for (const done of await Promise.all([1, 2].map(() => save('見直し')))) {
      assert.equal(done.status, 200)
      assert.match(done.text, said)
    }
    want.push({ state, reason: '見直し' })
    assert.deepEqual(versions(), want)
    // The version, its name, its publication.
    assert.equal(site.store.one('SELECT count(*) FROM audit'), before + audits)
  }
  // The same values for another reason are another version.
  const page = await tuner.get('/staff/weights/try?w.fit_target=210')
  await tuner.submit(page, '/staff/weights/save', { reason: '別の理由',
    act: 'draft' })
  assert.equal(versions().length, 3)
})

test('weights__used_twice_is_written_once', async () => {
  const tuner = await site.login('tuner')
  const page = await tuner.get('/staff/weights/history')
  const rows = () => site.store.rows("SELECT actor, subject FROM audit WHERE " +
    "action = 'weights.use' ORDER BY id DESC LIMIT 9")
  const use = (version, reason) => tuner.submit(page, '/staff/weights/use',
    { version, reason })
  for (const version of ['1', '0']) { // one of ours, the defaults
    const before = rows().length
    for (const done of await Promise.all([1, 2].map(() =>
      use(version, '戻す')))) {
      assert.equal(done.status, 200)
      assert.match(done.text, /公開しました/)
    }
    assert.equal(rows().length, before + 1)
    assert.deepEqual(rows()[0], { actor: 'tuner',
      subject: `weight_versions/${version}` })
  }
  // Another reason is another word; so is the first one behind it.
  const before = rows().length
  await use('0', '別の理由')
  await use('1', '戻す')
  await use('0', '戻す')
  assert.equal(rows().length, before + 3)
  assert.equal(site.store.one("SELECT count(*) FROM weight_versions WHERE " +
    "state = 'published'"), 0)
})

test('member__a_decline_without_its_reason_keeps_the_note', async () => {
  const own = site.store.rows('SELECT o.key, p.id, p.need_id, p.offer_id ' +
    'FROM plan_lines AS p JOIN entries AS e ON e.id = p.offer_id JOIN ' +
    'organisations AS o ON o.id = e.organisation_id WHERE p.need_id IN ' +
    '(SELECT id FROM public_entries) ORDER BY p.id DESC LIMIT 1')[0]
  const member = await site.login('member', own.key)
  const form = `/member/pairs/${own.need_id}/${own.offer_id}/decline`
  const page = await member.get(`/member/suggestions?after=${own.id - 1}`)
  const [code, note] = [`code-${own.id}`, `note-${own.id}`]
  for (const [fields, wrong] of [[{ [note]: '来月は <休み>' }, code],
    [{ [code]: 'decline_other' }, note]]) {
    const bare = await member.submit(page, form, fields)
    assert.equal(bare.status, 422)
    assert.match(bare.text, new RegExp(`<a href="#${wrong}">`))
    const kept = Object.fromEntries(bare.form(form).fields)
    for (const [name, value] of Object.entries(fields)) {
      assert.equal(kept[name], value)
    }
  }
  const done = await member.submit(page, form,
    { [code]: 'decline_other', [note]: '来月は休み' })
  assert.equal(done.status, 200)
  assert.match(done.text, /辞退を受け付けました/)
})
