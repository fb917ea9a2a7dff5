// oracle.mjs: what a search must answer, asked in SQL on a copy of the store.
// It shares nothing with the publisher and the module but the store itself:
// no snapshot, no fold.c; the rules are those of the README and the headers.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

import { fold } from './fold.mjs'

export const facets = ['region', 'kind', 'target', 'theme', 'tag', 'sector',
  'free', 'reach']
export const PAGE_SIZE = 20

const quote = (value) => `'${String(value).replaceAll("'", "''")}'`

// Documents of the plan's date, their facet values (a value counts for all
// above it, too) and where a visitor can be to reach them.
const prepare = (date, staleDays) => `
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

CREATE TABLE doc_text (id, text);
`

// Texts that search looks into, one field per row: what a visitor can read
// of a document, and the names of its terms and regions in every language
// (optimizer/render.h).
const columns = ['title', 'title_kana', 'summary', 'place', 'address',
  'date_text', 'time_text', 'target_text', 'people_text', 'cost_text',
  'own_text', 'wanted_text', 'access_text']
const languages = ['label_ja', 'label_easy', 'label_en']
const fields = [
  ...columns.map((name) => `SELECT id, ${name} AS text FROM docs`),
  ...['name', 'name_kana', 'name_en'].map((name) => `SELECT d.id, o.${name}
    FROM docs AS d JOIN public_organisations AS o ON o.id = d.organisation_id`),
  'SELECT entry_id, tag FROM public_entry_tags',
  'SELECT entry_id, text FROM public_entry_lines',
  ...languages.flatMap((label) => [
    `SELECT l.entry_id, k.${label} FROM public_entry_lines AS l
       JOIN resource_kinds AS k ON k.id = l.kind_id AND k.staff_only = 0`,
    `SELECT t.entry_id, g.${label} FROM public_entry_targets AS t
       JOIN target_groups AS g ON g.id = t.target_id`,
    `SELECT t.entry_id, h.${label} FROM public_entry_themes AS t
       JOIN themes AS h ON h.id = t.theme_id`]),
  ...["CASE WHEN r.level = 'area' THEN r.name ELSE r.name_full END", 'r.kana',
    `r.name_en || CASE WHEN r.level = 'ward' AND p.name_en <> ''
       THEN ', ' || p.name_en ELSE '' END`].map((name) => `
    SELECT x.id, ${name} FROM (
      SELECT id, region_code FROM docs
      UNION SELECT entry_id, region_code FROM public_entry_regions) AS x
    JOIN regions AS r ON r.code = x.region_code
    LEFT JOIN regions AS p ON p.code = r.parent_code`),
].join('\nUNION ALL ')

export class Oracle {
  constructor(store, { date, staleDays = 365 }) {
    this.path = join(store.dir, 'oracle.db')
    this.date = date
    store.exec(`VACUUM INTO ${quote(this.path)};`)
    this.sql(prepare(date, staleDays))
    const rows = this.sql(fields)
    this.sql('BEGIN;' + rows.map(({ id, text }) =>
      `INSERT INTO doc_text VALUES (${id}, ${quote(fold(text))});`).join('\n') +
      'COMMIT; CREATE INDEX doc_text_id ON doc_text (id);')
  }

  sql(text) {
    const out = execFileSync('sqlite3', ['-json', '-bail', this.path],
      { encoding: 'utf8', input: text, maxBuffer: 1 << 28 })
    return out.trim() === '' ? [] : JSON.parse(out)
  }

  // Conditions of a query, by name; `values` maps facets to lists.
  conditions(side, { values = {}, q = '' }) {
    const all = { side: `d.side = '${side}'` }
    fold(q).split(/[ \n]+/).filter(Boolean).forEach((term, i) => {
      all[`term${i}`] = `EXISTS (SELECT 1 FROM doc_text AS t WHERE
        t.id = d.id AND instr(t.text, ${quote(term)}) > 0)`
    })
    for (const facet of facets) {
      if (!values[facet]?.length) continue
      all[facet] = `EXISTS (SELECT 1 FROM doc_values AS v WHERE v.id = d.id
        AND v.facet = '${facet}'
        AND v.code IN (${values[facet].map(quote).join(', ')}))`
    }
    return all
  }

  ids(side, query) {
    const all = Object.values(this.conditions(side, query))
    return this.sql(`SELECT d.id FROM docs AS d WHERE ${all.join(' AND ')}
      ORDER BY d.id`).map((row) => row.id)
  }

  // { facet: { code: count } }: for each value, the documents that match all
  // of the query but the value's own facet, and have it.
  counts(side, query) {
    const all = this.conditions(side, query)
    const answer = Object.fromEntries(facets.map((facet) => [facet, {}]))
    const parts = facets.map((facet) => {
      const others = Object.entries(all)
        .filter(([name]) => name !== facet).map(([, text]) => text)
      return `SELECT v.facet, v.code, count(*) AS n FROM docs AS d
        JOIN doc_values AS v ON v.id = d.id AND v.facet = '${facet}'
        WHERE ${others.join(' AND ')} GROUP BY v.code`
    })
    for (const row of this.sql(parts.join('\nUNION ALL '))) {
      answer[row.facet][row.code] = row.n
    }
    return answer
  }

  // The first wider place with a hit, when a region search has none.
  widen(side, query) {
    const codes = query.values.region.map(quote).join(', ')
    const level = (name) => `SELECT DISTINCT a.ancestor AS code
      FROM region_above AS a JOIN regions AS r ON r.code = a.ancestor
      WHERE a.code IN (${codes}) AND r.level = '${name}'`
    const steps = [
      ['neighbours', `SELECT DISTINCT neighbour AS code FROM
        region_neighbours WHERE code IN (${codes})`],
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
    const online = { ...query, values: { ...values, reach: ['online'] } }
    return this.ids(side, online).length > 0
      ? { to: 'online', regions: [], query: online } : null
  }
}
