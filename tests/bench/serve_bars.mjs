// serve_bars.mjs DIR DOCUMENTS: what serve.sh has measured of one size, and
// each bar: the figure, how sure it is, met or missed.
//
// A figure is a ratio's over the rounds (bars.mjs).  Both of its sides are
// measured in each round, one soon after the other, so that what else the
// machine does is in both.
//
// A virtual machine's host has the worker's processor near the client's or far
// from it, for some seconds to minutes.  Whatever one of them has written and
// the other needs comes from there: the sockets' state, buffers to copy to or
// to give back, the references to a file's pages.  Far adds some microseconds
// to any answer, and so changes what they are by one another.  CPU is
// therefore told for near and far, each where it was measured often enough;
// where it changed meanwhile counts if there is nothing else.
//
// Other work takes caches and memory from a worker even where it takes no
// processor, and from one that copies more than from one that does not: of
// CPU, the calmer half of such rounds counts, by the sum of both sides.
//
// Reads from DIR what is there of (NS: the distance before and after)
//   results   ROUND CASE NS NS CPU-US REQUESTS US BYTES P50 P99 P99.9
//   swaps     TURN idle|now NS NS RESULT ANSWERS P50 P99 P99.9 LEFT-OUT
//             TAKEN-OVER
//   dearest   RESULT LEAST MEDIAN MOST QUERY                 microseconds
//   sqlite    RESULT QUERIES WIDENED [THEIRS OURS]...        microseconds
//   groonga   [SEARCHES CPU-US]...
//   loadavg   the system's load average, by round
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { bar, head, median, sum, told } from './bars.mjs'

const [dir, documents] = process.argv.slice(2)
const size = Number(documents)
const bySize = (small, middle, large) =>
  size <= 1000 ? small : size <= 10000 ? middle : large
const read = (name) => existsSync(join(dir, name))
  ? readFileSync(join(dir, name), 'utf8').trim().split('\n')
    .map((line) => line.split(' '))
  : []

// Some 900 measurements of one day were 35 to 77 ns or 157 to 270: the bound
// is the geometric mean of what it lies between.  Half of as many rounds as
// are enough has a least and a most.
const NEAR_NS = 110
const ENOUGH = 4
const places = ['near', 'far']
const placeOf = (...distances) =>
  distances.every((ns) => ns < NEAR_NS) ? 'near'
    : distances.every((ns) => ns >= NEAR_NS) ? 'far' : 'changed'

// case -> round -> its fields by name
function rounds(rows, names) {
  const cases = new Map()
  for (const [round, name, ...fields] of rows) {
    if (!cases.has(name)) cases.set(name, new Map())
    cases.get(name).set(round, Object.fromEntries(
      names.map((field, i) => [field, Number(fields[i])])))
  }
  return cases
}

const cases = rounds(read('results'), ['before', 'after', 'worker',
  'requests', 'us', 'bytes', 'p50', 'p99', 'p999'])
for (const by of cases.values()) {
  for (const row of by.values()) {
    row.cpu = row.worker / row.requests
    row.place = placeOf(row.before, row.after)
  }
}
const turns = read('swaps').map(([, link, before, after, , ...fields]) => {
  const [answers, p50, p99, p999, left, taken] = fields.map(Number)
  return { link, place: placeOf(Number(before), Number(after)), answers, p50,
    p99, p999, left, taken }
})
const of = (from, name, field) =>
  [...from.get(name).values()].map((row) => row[field])
// By round: one case's field by another's.
const ratios = (from, one, two, field) => [...from.get(one)]
  .filter(([round]) => from.get(two).has(round))
  .map(([round, row]) => row[field] / from.get(two).get(round)[field])

// Of CPU, by round, the calmer half.
function cpu(rows) {
  const calm = [...rows].sort((a, b) => a[0].cpu + a[1].cpu -
    b[0].cpu - b[1].cpu)
  return calm.slice(0, Math.ceil(calm.length / 2))
    .map(([a, b]) => a.cpu / b.cpu)
}

function cpuBars(text, one, two, want) {
  const rows = [...cases.get(one)]
    .filter(([round]) => cases.get(two).has(round))
    .map(([round, row]) => [row, cases.get(two).get(round)])
  const told = places
    .map((place) => [place, rows.filter((pair) =>
      pair.every((row) => row.place === place))])
    .filter(([, of]) => of.length >= ENOUGH)
  for (const [place, of] of told) bar(`${text}, ${place}`, cpu(of), want)
  if (told.length === 0) bar(text, cpu(rows), want)
}

function distances() {
  const rows = [...cases.values()].flatMap((by) => [...by.values()])
  console.log('  from the worker\'s processor to the client\'s: ' +
    [...places, 'changed'].map((place) => {
      const ns = rows.filter((row) => row.place === place)
        .flatMap((row) => [row.before, row.after])
      return `${place} in ${ns.length / 2}` + (ns.length === 0 ? ''
        : ` (${Math.min(...ns)} to ${Math.max(...ns)} ns)`)
    }).join(', ') + ` of ${rows.length} measurements`)
}

function table() {
  const columns = [8, 8, 9, 8, 8, 8, 8]
  const line = (name, cells) => console.log(`  ${name.padEnd(14)} ` +
    cells.map((cell, i) => String(cell).padStart(columns[i])).join(' '))
  line('CPU us:', [...places, 'req/s', 'bytes', 'p50 us', 'p99', 'p99.9'])
  for (const name of cases.keys()) {
    const total = (field) => sum(of(cases, name, field))
    const used = places.map((place) => [...cases.get(name).values()]
      .filter((row) => row.place === place).map((row) => row.cpu))
    line(name, [
      ...used.map((us) => us.length === 0 ? '-' : median(us).toFixed(1)),
      Math.round(total('requests') * 1e6 / total('us')),
      Math.round(total('bytes') / total('requests')),
      ...['p50', 'p99', 'p999'].map((p) => median(of(cases, name, p)))])
  }
}

function caseBars() {
  const bytes = (name) => sum(of(cases, name, 'bytes')) /
    sum(of(cases, name, 'requests'))
  const cold = ['>=', bySize(0.85, 0.7, 0.25)]
  cpuBars('static file by a page asked before', 'static', 'hot',
    ['>=', 0.9])
  cpuBars('static file by the mix, cold', 'static', 'cold-mix', cold)
  cpuBars('file of the mix\'s mean size by the same', 'static-mean',
    'cold-mix', cold)
  cpuBars('return 200 by a page asked before', 'return200', 'hot', ['>=', 1])
  cpuBars('gzip_static by the same, gzip', 'gzip_static', 'hot-gzip',
    ['>=', 0.8])
  cpuBars('gzip filter, level 6, by the same', 'gzip-filter-6', 'hot-gzip',
    ['>=', 30])
  bar('its bytes by those of that filter',
    [bytes('hot-gzip') / bytes('gzip-filter-6')], ['<=', 1.2])
  bar('p99 of a page asked before by static, one client',
    ratios(cases, 'hot-c1', 'static-c1', 'p99'), ['<=', 2])
}

function worstBar() {
  for (const [, least, mid, most, query] of read('dearest')) {
    bar('dearest query found, ms',
      [least, mid, most].map((us) => us / 1000), ['<=', 5], least / 1000)
    console.log(`    ${query}`)
  }
}

// Turns without and with a change take turns, without one first and last.
// A turn is compared with those before and behind it, which do not do what it
// does: with the geometric mean of the two, for the mean of figures that have
// no bound above is too high too often; not where the processors' distance
// was another, if there is anything else.  Those without a change compared so
// with one another tell what chance does.
function swapBars() {
  if (turns.length === 0) return
  const by = (field, at, far) => turns[at][field] /
    Math.sqrt(turns[at - far][field] * turns[at + far][field])
  const steady = (at, far) => turns[at].place !== 'changed' &&
    [at - far, at + far].every((to) => turns[to].place === turns[at].place)
  const each = (field, first, far) => {
    const all = turns.map((_, at) => at).filter((at) =>
      at >= far && at + far < turns.length && at % 2 === first)
    const same = all.filter((at) => steady(at, far))
    return (same.length === 0 ? all : same).map((at) => by(field, at, far))
  }
  const kinds = [['without', 'idle'], ['while taking over', 'now']]
    .map(([name, link]) => [name, turns.filter((turn) => turn.link === link)])
  const all = (field) => sum(turns.map((turn) => turn[field]))
  console.log('  p50, p99, p99.9, us: ' + kinds.map(([name, of]) =>
    `${name} ` + ['p50', 'p99', 'p999'].map((p) =>
      median(of.map((turn) => turn[p])).toFixed(0)).join(' ')).join(', ') +
    '; taken over in a turn: ' +
    `${median(kinds[1][1].map((turn) => turn.taken))}; ` +
    `${(100 * all('left') / (all('left') + all('answers'))).toFixed(1)} % ` +
    'of answers left out: no processor was free')
  bar('p99.9 without a change by the same', each('p999', 0, 2))
  bar('p99 while generations take over by without', each('p99', 1, 1))
  bar('p99.9 while generations take over by without', each('p999', 1, 1),
    ['<=', 1.1])
}

function peerBars() {
  const pairs = (cells) => Array.from({ length: cells.length / 2 }, (_, i) =>
    [Number(cells[2 * i]), Number(cells[2 * i + 1])])
  const hot = median(of(cases, 'hot', 'cpu'))
  for (const [, , , ...cells] of read('sqlite')) {
    const each = pairs(cells)
    console.log('  SQLite and FTS5: ' +
      `${median(each.map(([theirs]) => theirs)).toFixed(0)} us a search, ` +
      `ours ${median(each.map(([, ours]) => ours)).toFixed(1)} us`)
    bar('SQLite by ours, sending added to both', each.map(([theirs, ours]) =>
      (theirs + hot) / (ours + hot)), ['>=', bySize(6, 30, 75)])
  }
  const json = median(of(cases, 'cold-mix-json', 'cpu'))
  const groonga = read('groonga').map(([n, us]) => us / n)
  if (groonga.length) {
    console.log(`  groonga-httpd: ${median(groonga).toFixed(0)} us a search, ` +
      `ours (JSON) ${json.toFixed(1)} us`)
    bar('groonga-httpd by ours', groonga.map((us) => us / json),
      ['>=', 50])
  }
}

const load = read('loadavg').map(([average]) => Number(average))
console.log(`${documents} documents; load ${Math.min(...load)} to ` +
  `${Math.max(...load)}, of which about 1.3 are the bench's own`)
distances()
table()
head()
caseBars()
worstBar()
swapBars()
peerBars()
told()
