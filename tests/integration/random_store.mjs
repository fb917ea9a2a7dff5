// random_store.mjs: a store full of random but valid entries, the same ones
// for the same seed.  Made by `tsunagari init`, filled by SQL, so that every
// state, date and publish flag occurs, also those no import would write.
import { newStore, DATE } from './tsunagari.mjs'

// mulberry32: small, seeded, good enough to draw test data.
export class Random {
  constructor(seed) {
    this.state = seed >>> 0
  }

  next() {
    this.state = (this.state + 0x6D2B79F5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  below(n) {
    return Math.floor(this.next() * n)
  }

  chance(share) {
    return this.next() < share
  }

  pick(list) {
    return list[this.below(list.length)]
  }

  // Up to n of list, each once.
  some(list, n) {
    const chosen = new Set()
    for (let i = this.below(n + 1); i > 0; i--) chosen.add(this.pick(list))
    return [...chosen]
  }
}

// Words that meet every rule of folding: width, kana, case, dashes, marks
// that combine, characters outside the BMP, and what HTML and JSON escape.
const words = ['こども食堂', 'コドモ', 'ｺﾄﾞﾓ', '居場所', 'カフェ', 'かふぇ', 'ＡＢＣ', 'abc',
  'サロン', '体操', '健康－体操', 'データ', 'でーた', 'ボランティア', '(要予約)', '（要予約）',
  '１０名', '10名', 'R&D', '<b>太字</b>', '"引用"', "it's", '\\n', '😀の会', '𠮷野家', 'が', 'が',
  '㈱つながり', '①', '朝市', '農園', 'バザー', 'はざー', '図書館', '〜自由〜', 'Straße', 'STRASSE',
  '傾聴', 'スマホ', '相談', '学習支援', '夕　涼み', 'オンライン', '座間', '一', '人']
const tags = ['囲碁', '手芸', '散歩', 'カフェ', 'ＤＩＹ', 'diy', 'a&b', '<tag>', '子ども', '音楽',
  '料理', '園芸', '"q"', '100%']

const quote = (value) => value === null || value === undefined ? 'NULL'
  : typeof value === 'number' ? String(value)
    : `'${String(value).replaceAll("'", "''")}'`

function insert(table, row) {
  return `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (` +
    `${Object.values(row).map(quote).join(', ')});`
}

function day(offset) {
  const date = new Date(`${DATE}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + offset)
  return date.toISOString().slice(0, 10)
}

export function text(random, most) {
  const parts = []
  for (let i = random.below(most) + 1; i > 0; i--) parts.push(random.pick(words))
  return parts.join(random.pick(['', '', ' ', '・']))
}

const now = '2026-11-01T00:00:00Z'

function organisation(random, known, id) {
  return insert('organisations', {
    id, key: `o${id}`, origin: 'example', name: `${text(random, 2)}${id}`,
    name_kana: random.chance(0.3) ? text(random, 1) : '',
    sector_id: random.chance(0.8) ? random.pick(known.sectors) : null,
    region_code: random.chance(0.5) ? random.pick(known.regions) : null,
    url: random.chance(0.5) ? `https://example.org/?a=${id}&b=1` : '',
    phone: '045-000-0000', email: `private-${id}@example.org`,
    note: `private-note-${id}`, member: Number(random.chance(0.5)),
    publish: Number(random.chance(0.9)), created_at: now, updated_at: now,
  })
}

function entryRow(random, known, id, orgs) {
  const start = random.chance(0.4) ? random.below(120) - 60 : null
  const cost = random.pick([null, null, 0, 0, 500, 10450])
  const place = random.chance(0.6)
  return {
    id, key: `e${id}`, side: random.chance(0.7) ? 'offer' : 'need',
    origin: id % 4 === 0 ? 'case' : 'example', organisation_id: 1 + random.below(orgs),
    state: random.chance(0.9) ? 'approved'
      : random.pick(['draft', 'submitted', 'paused', 'withdrawn']),
    title: text(random, 3), summary: random.chance(0.7) ? text(random, 8) : '',
    date_start: start === null ? null : day(start),
    date_end: start === null || random.chance(0.5) ? null
      : day(start + random.below(90)),
    people_text: random.pick(['', '5～20名', '何名でも可能']),
    cost_text: cost === null ? '' : cost === 0 ? '無料' : `${cost}円`,
    cost_min_yen: cost, cost_max_yen: cost,
    cost_unit: cost === null ? null : 'per_person',
    place: place ? text(random, 2) : '',
    region_code: place ? random.pick(known.regions) : null,
    reach: random.pick(['regions', 'regions', 'regions', 'prefecture',
      'online']),
    reach_hard: Number(random.chance(0.2)), urgency: random.below(4),
    budget_yen: random.chance(0.5) ? random.below(40) * 1000 : null,
    contact_phone: '0463-11-1111', contact_person: `private-person-${id}`,
    publish_contact: Number(random.chance(0.7)), note: `private-note-${id}`,
    confirmed_on: day(-random.below(420)),
    expires_on: random.chance(0.2) ? day(random.below(200) - 50) : null,
    publish: Number(random.chance(0.92)),
    source: random.chance(0.1) ? '「焼津市オープンデータ」CC BY 4.0' : '',
    created_at: now, updated_at: now,
  }
}

function entry(random, known, id, orgs) {
  const row = entryRow(random, known, id, orgs)
  const out = [insert('entries', row)]
  const codes = row.reach === 'regions'
    ? random.some(known.regions, 3) : []
  if (row.reach === 'regions' && codes.length === 0 && !row.region_code) {
    codes.push(random.pick(known.regions))
  }
  for (const code of codes) {
    out.push(insert('entry_regions', { entry_id: id, region_code: code }))
  }
  for (let line = 1 + random.below(2); line > 0; line--) {
    out.push(insert('entry_lines', { entry_id: id, line_no: line,
      kind_id: random.pick(known.kinds), quantity: 1 + random.below(30),
      unit: '人', unit_cost_yen: random.pick([0, 0, 500, 3000]),
      for_public: row.side === 'offer' ? Number(random.chance(0.5)) : 0 }))
  }
  for (const tag of random.some(tags, 3)) {
    out.push(insert('entry_tags', { entry_id: id, tag }))
  }
  for (const target of random.some(known.targets, 2)) {
    out.push(insert('entry_targets', { entry_id: id, target_id: target }))
  }
  for (const theme of random.some(known.themes, 2)) {
    out.push(insert('entry_themes', { entry_id: id, theme_id: theme }))
  }
  for (const requirement of known.requirements) {
    if (random.chance(0.995)) {
      out.push(insert('screenings', { entry_id: id,
        requirement_id: requirement, actor: 'test', at: now,
        result: random.chance(0.995) ? 'pass' : 'unclear' }))
    }
  }
  return out.join('\n')
}

// A store of `entries` random entries; nothing matched or published yet.
export function randomStore(seed, entries) {
  const random = new Random(seed)
  const store = newStore()
  const column = (sql) => store.rows(sql).map((row) => row.v)
  const known = {
    regions: column('SELECT code AS v FROM regions WHERE home = 1 ' +
      'ORDER BY code'),
    kinds: column('SELECT id AS v FROM resource_kinds ORDER BY id'),
    targets: column('SELECT id AS v FROM target_groups ORDER BY id'),
    themes: column('SELECT id AS v FROM themes ORDER BY id'),
    sectors: column('SELECT id AS v FROM sectors ORDER BY id'),
    requirements: column('SELECT id AS v FROM requirements ORDER BY id'),
  }
  const orgs = 12 + Math.floor(entries / 12)
  const sql = ['BEGIN;']
  for (let id = 1; id <= orgs; id++) sql.push(organisation(random, known, id))
  for (let id = 1; id <= entries; id++) {
    sql.push(entry(random, known, id, orgs))
  }
  sql.push('COMMIT;')
  store.exec(sql.join('\n'))
  return { store, random, known, words, tags }
}

// A run whose plan is drawn, not computed: residents of some regions are sent
// to some of the offers that are open to them.
export function randomPlan({ store, random, known }) {
  const lines = store.rows(`SELECT l.id, l.entry_id, l.line_no, l.kind_id,
    l.quantity FROM entry_lines AS l JOIN entries AS e ON e.id = l.entry_id
    WHERE e.side = 'offer' AND l.for_public = 1 ORDER BY l.id`)
  const interests = store.rows('SELECT id FROM interests ORDER BY id')
  const sql = ['BEGIN;', insert('runs', { id: 1, plan_date: DATE,
    state: 'optimal', objective: 0, bound: 0, gap_ppm: 0, actor: 'test',
    started_at: now, finished_at: now })]
  for (const line of lines) {
    for (const code of random.some(known.regions, 3)) {
      sql.push(insert('plan_lines', { run_id: 1, region_code: code,
        interest_id: random.pick(interests).id, offer_id: line.entry_id,
        offer_line_id: line.id, offer_line_no: line.line_no,
        kind_id: line.kind_id, units: 1 + random.below(3),
        score: 1000 * random.below(4), cost_yen: 0, terms: '{}' }))
    }
  }
  sql.push('COMMIT;')
  store.exec(sql.join('\n'))
}
