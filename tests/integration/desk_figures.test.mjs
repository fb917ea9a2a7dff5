// What the pages of staff and members say of a figure: the same to both.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { startService } from './service.mjs'
import { DATE } from './tsunagari.mjs'

// A need of three rooms; a venue that gives two, another dearer one.
function fill(store) {
  const rows = []
  for (const [id, quantity, yen] of [[1, 3, 0], [2, 2, 1500], [3, 1, 4000],
    [4, 1, 4100]]) {
    rows.push(`INSERT INTO organisations (id, key, origin, name, linked,
      publish, member, email, created_at, updated_at) VALUES (${id}, 'org${id}',
      'roster', '団体${id}', 1, 1, 1, 'org${id}@example.jp',
      '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
      INSERT INTO entries (id, key, side, origin, organisation_id, state,
      title, region_code, reach, confirmed_on, publish, created_at,
      updated_at) VALUES (${id}, 'e${id}', '${id === 1 ? 'need' : 'offer'}',
      'form', ${id}, 'approved', '題${id}', '142166', 'regions', '${DATE}',
      1, '2026-11-20T00:00:00Z', '2026-11-20T00:00:00Z');
      INSERT INTO entry_lines (entry_id, line_no, kind_id, quantity, unit,
      unit_cost_yen) VALUES (${id}, 1, 'venue', ${quantity}, '室', ${yen});`)
  }
  store.exec(`${rows.join('\n')}
    INSERT INTO screenings SELECT e.id, r.id, 'pass', '', 'test',
      '2026-11-20T00:00:00Z' FROM entries AS e, requirements AS r;`)
}

let site, staff

before(async () => {
  site = await startService({ fill })
  site.store.must('match', '--date', DATE)
  staff = await site.login('screener')
})

after(() => site?.stop())

const text = (page) => page.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

test('cost__is_per_unit_and_altogether_wherever_it_stands', async () => {
  const sum = '1500円 × 2室 = 3000円'
  const need = text(await staff.get('/staff/needs/1'))
  assert.ok(need.includes(sum), need)
  assert.match(need, /提案 1室 [^円]*4000円/)
  assert.match(need, /次の候補 1 [^円]*1室につき4100円/)
  const list = text(await staff.get('/staff/suggestions'))
  assert.ok(list.includes(sum), list)
  assert.match(list, / 4000円/)
  for (const key of ['org1', 'org2']) {
    const member = await site.login('member', key)
    const own = text(await member.get('/member/suggestions'))
    assert.ok(own.includes(`費用 ${sum}`), own)
  }
  assert.match(site.store.must('explain', '1').stdout, / 単価 1500円/)
})

// By a title alone nobody can say whether day and place suit.
test('suggestion__leads_a_member_to_what_the_other_side_offers', async () => {
  for (const [key, path] of [['org1', '/tsunagari/resources/2'],
    ['org2', '/tsunagari/needs/1']]) {
    const member = await site.login('member', key)
    const page = await member.get('/member/suggestions')
    assert.ok(page.text.includes(`<a href="${path}">日時・場所`), page.text)
  }
})

test('home__says_that_the_last_night_made_no_plan', async () => {
  const home = async () => text(await staff.get('/staff/'))
  const shown = Number((await home()).match(/(\d+) 番の計画/)[1])
  assert.doesNotMatch(await home(), /計画ができませんでした/)
  site.store.exec("INSERT INTO runs (id, plan_date, state, actor, started_at)" +
    ` VALUES (${shown + 7}, '${DATE}', 'failed', 'x', '2026-11-20T17:00:00Z')`)
  const after = await home()
  assert.equal(Number(after.match(/(\d+) 番の計画/)[1]), shown)
  assert.match(after, new RegExp(`${DATE} の計算（${shown + 7} 番）では計画ができません`))
})
