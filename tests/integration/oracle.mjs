// oracle.mjs: what a search must answer, asked in SQL on a copy of the store.
// It shares nothing with the publisher and the module but the store itself:
// no snapshot, no fold.c; the rules are those of the README and the headers.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { fold } from './fold.mjs'

export const facets = ['region', 'kind', 'target', 'theme', 'tag', 'sector',
  'free', 'reach']
export const PAGE_SIZE = 20

const quote = (value) => `'${String(value).replaceAll("'", "''")}'`

// Documents of the plan's date, their facet values (a value counts for all
// above it, too) and where a visitor can be to reach them: what serves the
// region, and what the plan leads its residents to.
const prepare = (date, staleDays, run) => `
CREATE TABLE docs AS
  SELECT e.*, o.sector_id FROM public_entries AS e
    JOIN public_organisations AS o ON o.id = e.organisation_id
   WHERE (e.expires_on IS NULL OR e.expires_on >= '${date}')
     AND (e.date_end IS NULL OR e.date_end >= '${date}')
     AND julianday('${date}') - julianday(e.confirmed_on) <= ${staleDays};

CREATE TABLE above (vocabulary, id, ancestor);
${['resource_kinds', 'target_groups', 'themes', 'sectors'].map((table) => `
INSERT INTO above
  WITH RECURSIVE up (id, ancestor) AS (
    SELECT id, id FROM ${table}
    UNION SELECT up.id, t.parent_id FROM up JOIN ${table} AS t
      ON t.id = up.ancestor WHERE t.parent_id IS NOT NULL)
  SELECT '${table}', up.id, up.ancestor FROM up
    JOIN ${table} AS t ON t.id = up.ancestor WHERE t.staff_only = 0;`).join('')}

CREATE TABLE region_above AS
  WITH RECURSIVE up (code, ancestor) AS (
    SELECT code, code FROM regions
    UNION SELECT up.code, r.parent_code FROM up JOIN regions AS r
      ON r.code = up.ancestor WHERE r.parent_code IS NOT NULL)
  SELECT code, ancestor FROM up;
CREATE INDEX region_above_ancestor ON region_above (ancestor);

CREATE TABLE coverage AS
  SELECT d.id, r.region_code AS code FROM docs AS d
    JOIN public_entry_regions AS r ON r.entry_id = d.id
   WHERE d.reach = 'regions'
  UNION
  SELECT d.id, d.region_code FROM docs AS d
   WHERE d.reach = 'regions' AND d.region_code IS NOT NULL AND NOT EXISTS
     (SELECT 1 FROM public_entry_regions AS r WHERE r.entry_id = d.id)
  UNION
  SELECT d.id, r.code FROM docs AS d, regions AS r
   WHERE d.reach = 'prefecture' AND r.level = 'prefecture' AND r.home = 1;

CREATE TABLE doc_values (id, facet, code);
INSERT INTO doc_values
  SELECT c.id, 'region', a.ancestor FROM coverage AS c
    JOIN region_above AS a ON a.code = c.code
  UNION SELECT c.id, 'region', a.code FROM coverage AS c
    JOIN region_above AS a ON a.ancestor = c.code
  UNION SELECT p.offer_id, 'region', a.ancestor FROM public_plan_lines AS p
    JOIN region_above AS a ON a.code = p.region_code
   WHERE p.run_id = ${run} AND p.units > 0
  UNION SELECT l.entry_id, 'kind', a.ancestor FROM public_entry_lines AS l
    JOIN above AS a ON a.vocabulary = 'resource_kinds' AND a.id = l.kind_id
  UNION SELECT t.entry_id, 'target', a.ancestor FROM public_entry_targets AS t
    JOIN above AS a ON a.vocabulary = 'target_groups' AND a.id = t.target_id
  UNION SELECT t.entry_id, 'theme', a.ancestor FROM public_entry_themes AS t
    JOIN above AS a ON a.vocabulary = 'themes' AND a.id = t.theme_id
  UNION SELECT entry_id, 'tag', tag FROM public_entry_tags
  UNION SELECT d.id, 'sector', a.ancestor FROM docs AS d
    JOIN above AS a ON a.vocabulary = 'sectors' AND a.id = d.sector_id
  UNION SELECT id, 'free', '1' FROM docs WHERE cost_max_yen = 0
  UNION SELECT id, 'reach', reach FROM docs
   WHERE reach IN ('prefecture', 'online');
DELETE FROM doc_values WHERE id NOT IN (SELECT id FROM docs);
CREATE INDEX doc_values_facet ON doc_values (facet, code, id);
CREATE INDEX doc_values_doc ON doc_values (id, facet, code);
CREATE UNIQUE INDEX docs_id ON docs (id);

CREATE TABLE doc_text (id, text);
`

// Texts that search looks into, one field per row: what a visitor can read,
// and the words of its vocabularies and regions in every language.
const columns = ['title', 'title_kana', 'summary', 'place', 'address',
  'date_text', 'time_text', 'target_text', 'people_text', 'cost_text',
  'own_text', 'wanted_text', 'access_text']
const labels = (table, from, column) =>
  ['label_ja', 'label_easy', 'label_en'].map((label) => `
  SELECT f.entry_id AS id, t.${label} AS text FROM ${from} AS f
    JOIN ${table} AS t ON t.id = f.${column} AND t.staff_only = 0`)
const fields = [
  ...columns.map((column) => `SELECT id, ${column} AS text FROM docs`),
  ...['name', 'name_kana', 'name_en'].map((column) => `
  SELECT d.id, o.${column} FROM docs AS d
    JOIN public_organisations AS o ON o.id = d.organisation_id`),
  'SELECT entry_id, tag FROM public_entry_tags',
  'SELECT entry_id, text FROM public_entry_lines',
  ...labels('resource_kinds', 'public_entry_lines', 'kind_id'),
  ...labels('target_groups', 'public_entry_targets', 'target_id'),
  ...labels('themes', 'public_entry_themes', 'theme_id'),
  // What a card says by itself.
  ...[['無料', 'おかねは いりません', 'Free of charge'],
    ['オンライン', 'インターネット', 'Online'],
    ['県内全域', 'けんの ぜんぶの まち', 'The whole prefecture']]
    .flatMap((texts, i) => texts.map((text) => `
  SELECT id, '${text}' FROM docs WHERE ${['cost_max_yen = 0',
    "reach = 'online'", "reach = 'prefecture'"][i]}`)),
  ...[...'月火水木金土日'].flatMap((ja, i) => [`${ja}曜日`,
    'げつようび かようび すいようび もくようび きんようび どようび にちようび'
      .split(' ')[i], 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'
      .split(' ')[i]].map((text) => `
  SELECT id, '${text}' FROM docs WHERE weekdays <> 127
    AND weekdays >> ${i} & 1 AND NOT (ifnull(julianday(date_end) -
    julianday(date_start) < 7, 0))`)),
  // A region as one says it: 横浜市鶴見区, Tsurumi-ku, Yokohama-shi.
  ...["CASE r.level WHEN 'area' THEN r.name ELSE r.name_full END",
    "iif(r.level IN ('municipality', 'ward') AND r.code LIKE '14%'," +
    " '神奈川県' || r.name_full, '')", 'r.kana',
    "r.name_en || CASE r.level WHEN 'ward' THEN ', ' || above.name_en " +
    "ELSE '' END"].map((column) => `
  SELECT p.id, ${column} FROM
    (SELECT id, region_code FROM docs
      UNION SELECT entry_id, region_code FROM public_entry_regions) AS p
    JOIN regions AS r ON r.code = p.region_code
    LEFT JOIN regions AS above ON above.code = r.parent_code`),
].join('\n  UNION ALL ')

// schema/data/search_words.csv: [words, also] by row, folded.
const otherWords = readFileSync(new URL('../../schema/data/search_words.csv',
  import.meta.url), 'utf8').trim().split('\n').slice(1)
  .map((line) => line.split(',').map((cell) => cell.split(';').map(fold)))

// The rows, folded, and below them what else a document is found by.
function withOtherWords(rows) {
  const docs = new Map()
  const all = rows.map(({ id, text }) => ({ id, text: fold(text) }))
  for (const { id, text } of all) {
    docs.set(id, `${docs.get(id) ?? ''}\n${text}`)
  }
  for (const [id, text] of docs) {
    for (const [words, also] of otherWords) {
      if (!words.some((word) => text.includes(word))) continue
      all.push(...[...words, ...also].map((one) => ({ id, text: one })))
    }
  }
  return all
}

export class Oracle {
  constructor(store, { date, staleDays = 365, run = 1 }) {
    this.path = join(store.dir, 'oracle.db')
    this.date = date
    store.exec(`VACUUM INTO ${quote(this.path)};`)
    this.sql(prepare(date, staleDays, run))
    const rows = this.sql(`SELECT DISTINCT id, text FROM (${fields})
      WHERE text <> '' AND id IN (SELECT id FROM docs) ORDER BY 1, 2`)
    this.sql('BEGIN;' + withOtherWords(rows).map(({ id, text }) =>
      `INSERT INTO doc_text VALUES (${id}, ${quote(text)});`).join('\n') +
      'COMMIT; CREATE INDEX doc_text_id ON doc_text (id);')
  }

  sql(text) {
    const out = execFileSync('sqlite3', ['-json', '-bail', this.path],
      { encoding: 'utf8', input: text, maxBuffer: 1 << 28 })
    return out.trim() === '' ? [] : JSON.parse(out)
  }

  // Conditions of a query, by name, each as the documents that meet it;
  // `values` maps facets to lists.
  conditions(side, { values = {}, q = '', online = false }) {
    const all = { side: `SELECT id FROM docs WHERE side = '${side}'` }
    if (online) all.region = "SELECT id FROM docs WHERE reach = 'online'"
    fold(q).split(/[ \n]+/).filter(Boolean).forEach((term, i) => {
      all[`term${i}`] =
        `SELECT id FROM doc_text WHERE instr(text, ${quote(term)}) > 0`
    })
    for (const facet of facets) {
      if (!values[facet]?.length) continue
      all[facet] = `SELECT id FROM doc_values WHERE facet = '${facet}'
        AND code IN (${values[facet].map(quote).join(', ')})`
    }
    return all
  }

  // WITH those conditions as tables named c_*.
  static with(all) {
    return 'WITH ' + Object.entries(all).map(([name, text]) =>
      `c_${name} (id) AS MATERIALIZED (${text})`).join(',\n')
  }

  static where(names) {
    return names.map((name) => `d.id IN (SELECT id FROM c_${name})`)
      .join(' AND ')
  }

  ids(side, query) {
    const all = this.conditions(side, query)
    return this.sql(`${Oracle.with(all)} SELECT d.id FROM docs AS d
      WHERE ${Oracle.where(Object.keys(all))} ORDER BY d.id`)
      .map((row) => row.id)
  }

  // { facet: { code: count } }: for each value, the documents that match all
  // of the query but the value's own facet, and have it.
  counts(side, query) {
    const all = this.conditions(side, query)
    const answer = Object.fromEntries(facets.map((facet) => [facet, {}]))
    const parts = facets.map((facet) => {
      const others = Object.keys(all).filter((name) => name !== facet)
      return `SELECT v.facet, v.code, count(*) AS n FROM docs AS d
        JOIN doc_values AS v ON v.id = d.id AND v.facet = '${facet}'
        WHERE ${Oracle.where(others)} GROUP BY v.code`
    })
    const sql = `${Oracle.with(all)}\n${parts.join('\nUNION ALL ')}`
    for (const row of this.sql(sql)) answer[row.facet][row.code] = row.n
    return answer
  }

  // The first wider place with a hit, when a region search has none.
  widen(side, query) {
    const codes = query.values.region.map(quote).join(', ')
    const level = (name) => `SELECT DISTINCT a.ancestor AS code
      FROM region_above AS a JOIN regions AS r ON r.code = a.ancestor
      WHERE a.code IN (${codes}) AND r.level = '${name}'`
    const steps = [
      ['neighbours', `SELECT DISTINCT n.neighbour AS code
        FROM region_neighbours AS n JOIN regions AS r ON r.code = n.code
        WHERE n.code IN (${codes}) AND n.level = CASE
          WHEN r.level = 'area' THEN 'area'
          WHEN EXISTS (SELECT 1 FROM regions AS w
            WHERE w.parent_code = r.code) THEN 'municipality'
          ELSE 'unit' END`],
      ['area', level('area')],
      ['prefecture', level('prefecture')],
    ]
    for (const [to, sql] of steps) {
      const region = this.sql(sql).map((row) => row.code).sort()
      const wider = { ...query, values: { ...query.values, region } }
      if (region.length > 0 && this.ids(side, wider).length > 0) {
        return { to, regions: region, query: wider }
      }
    }
    const { region, ...values } = query.values
    const online = { ...query, values, online: true }
    return this.ids(side, online).length > 0
      ? { to: 'online', regions: [], query: online } : null
  }

  // The documents best first: a region's page, or all of them.  A distance
  // is taken from the offices on the sphere, in hundreds of metres.
  ranked(side, run, region) {
    const below = region ? `AND p.region_code IN (SELECT code FROM
      region_above WHERE ancestor = ${quote(region)})` : ''
    return this.sql(`
      WITH here AS (SELECT offer_id, sum(units) AS units,
             sum(units * score) AS points FROM public_plan_lines AS p
            WHERE run_id = ${run} ${below} GROUP BY 1),
      everywhere AS (SELECT offer_id, sum(units) AS units,
             sum(units * score) AS points FROM public_plan_lines
            WHERE run_id = ${run} GROUP BY 1)
      SELECT d.id, h.units IS NOT NULL AS planned,
             ifnull(h.points, 0) AS points, ifnull(h.units, 0) AS units,
             coalesce(d.lat_e6, r.lat_e6) AS lat,
             coalesce(d.lon_e6, r.lon_e6) AS lon,
             ifnull(a.points, 0) AS allPoints, ifnull(a.units, 0) AS allUnits,
             d.confirmed_on AS confirmed
        FROM docs AS d LEFT JOIN here AS h ON h.offer_id = d.id
        LEFT JOIN everywhere AS a ON a.offer_id = d.id
        LEFT JOIN regions AS r ON r.code = d.region_code
       WHERE d.side = '${side}'
       ORDER BY allUnits DESC, allPoints DESC, confirmed DESC, d.id`)
  }
}
