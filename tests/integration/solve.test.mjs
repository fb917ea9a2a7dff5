// `tsunagari solve` as people and scripts meet it: files, limits, signals,
// and what it says about instances that are wrong.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync }
  from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'

import { spent } from './processes.mjs'
import { binary, run } from './tsunagari.mjs'
import { until } from './until.mjs'

let dir

const good = {
  'needs.csv': 'need,budget_yen,max_partners\n会場,,1\n"講師, 急ぎ",5000,\n',
  'lines.csv': 'line,need,quantity,uncovered_price,indivisible\n' +
    '部屋,会場,1,500,1\n話す人,"講師, 急ぎ",3,,\n',
  'offers.csv': 'offer,capacity,max_needs,min_lot,org\n' +
    '公民館,1,,,市\n講師会,2,,1,会\n個人,,1,,\n',
  'pairs.csv': 'line,offer,score,cost_yen,use\n部屋,公民館,1000,,\n' +
    '話す人,講師会,700,2000,1\n話す人,個人,600,500,\n',
  'params.csv': 'name,value\nprogramme_budget_yen,\ntime_limit_s,10\ngap,0\n',
  'floors.csv': 'floor,line,share,price\n県央,部屋,0.5,100\n' +
    '県央,話す人,0.5,100\n',
}

function put(files) {
  for (const [name, text] of Object.entries({ ...good, ...files })) {
    if (text !== null) writeFileSync(join(dir, name), text)
  }
}

const read = name => readFileSync(join(dir, name), 'utf8')
const result = () => JSON.parse(read('result.json'))

beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'solve-')) })
afterEach(() => rmSync(dir, { recursive: true }))

test('solve__writes_plan_and_result', () => {
  put({})
  const { code, stdout } = run(['solve', dir])
  assert.equal(code, 0)
  assert.match(stdout, /^optimal: objective 3000\.000000, bound 3000/)
  assert.equal(read('plan.csv'),
    'line,offer,units\n部屋,公民館,1\n話す人,講師会,2\n話す人,個人,1\n')
  const { status, objective, bound, gap, message } = result()
  assert.deepEqual({ status, objective, bound, gap, message },
    { status: 'optimal', objective: 3000, bound: 3000, gap: 0, message: '' })
})

test('solve__an_empty_instance_has_an_empty_plan', () => {
  const empty = Object.fromEntries(Object.entries(good)
    .map(([name, text]) => [name, text.split('\n')[0] + '\n']))
  put(empty)
  assert.equal(run(['solve', dir]).code, 0)
  assert.equal(read('plan.csv'), 'line,offer,units\n')
  assert.equal(result().objective, 0)
})

test('solve__pins_that_cannot_hold_are_named_and_leave_no_plan', () => {
  put({ 'pins.csv': 'line,offer,units\n話す人,講師会,3\n' })
  writeFileSync(join(dir, 'plan.csv'), 'old')
  const { code, stderr } = run(['solve', dir])
  assert.equal(code, 1)
  assert.match(stderr, /infeasible: pins ask for 3 of the capacity of offer "講師会", which allows 2/)
  assert.equal(existsSync(join(dir, 'plan.csv')), false)
  const { status, objective, bound } = result()
  assert.deepEqual({ status, objective, bound },
    { status: 'infeasible', objective: null, bound: null })
})

// file, text, what must be said with its line and column
const flaws = {
  'duplicate need': ['needs.csv', 'need,budget_yen,max_partners\na,,\na,,\n',
    /needs\.csv:3:1: need: is there already: "a"/],
  'dangling need': ['lines.csv',
    'line,need,quantity,uncovered_price,indivisible\nx,無い,1,,\n',
    /lines\.csv:2:3: need: not in needs\.csv: "無い"/],
  'no quantity': ['lines.csv',
    'line,need,quantity,uncovered_price,indivisible\nx,会場,0,,\n',
    /lines\.csv:2:6: quantity: not a whole number from 1 to 1000000000: "0"/],
  'overflow': ['offers.csv',
    'offer,capacity,max_needs,min_lot,org\nx,99999999999999999999,,,\n',
    /offers\.csv:2:3: capacity: not a whole number/],
  'full-width digits': ['offers.csv',
    'offer,capacity,max_needs,min_lot,org\nx,１０,,,\n',
    /offers\.csv:2:3: capacity: not a whole number.*１０/],
  'missing column': ['pairs.csv', 'line,offer,score,cost_yen\n',
    /pairs\.csv:1:1: header: no column "use"/],
  'unknown column': ['pairs.csv', 'line,offer,score,cost_yen,use,x\n',
    /pairs\.csv:1:31: header: no such column: "x"/],
  'column twice': ['needs.csv', 'need,need,budget_yen,max_partners\n',
    /needs\.csv:1:6: header: column twice: "need"/],
  'duplicate pair': ['pairs.csv', 'line,offer,score,cost_yen,use\n' +
    '部屋,公民館,1,,\n部屋,公民館,2,,\n',
    /pairs\.csv:3:1: line: this line and offer are there already, in line 2/],
  'dangling offer': ['pairs.csv', 'line,offer,score,cost_yen,use\n部屋,x,1,,\n',
    /pairs\.csv:2:4: offer: not in offers\.csv: "x"/],
  'negative cost': ['pairs.csv',
    'line,offer,score,cost_yen,use\n部屋,公民館,1,-5,\n',
    /pairs\.csv:2:10: cost_yen: not a whole number from 0/],
  'short row': ['needs.csv', 'need,budget_yen,max_partners\na\n',
    /needs\.csv:2:1: row: 1 fields, not 3/],
  'NUL': ['needs.csv', 'need,budget_yen,max_partners\na\0b,,\n',
    /needs\.csv:2:2: .*NUL/],
  'broken UTF-8': ['needs.csv', Buffer.from([0x6e, 0xff, 0xfe, 0x0a]),
    /needs\.csv:1:/],
  'open quote': ['needs.csv', 'need,budget_yen,max_partners\n"a,,\n',
    /needs\.csv:\d+:\d+: .*quote/],
  'empty file': ['needs.csv', '', /needs\.csv:1:1: header: the file is empty/],
  'unknown parameter': ['params.csv', 'name,value\nspeed,1\n',
    /params\.csv:2:1: name: no such parameter: "speed"/],
  'bad gap': ['params.csv', 'name,value\ngap,1.5\n',
    /params\.csv:2:5: value: not a share from 0 to 1: "1\.5"/],
  'bad share': ['floors.csv', 'floor,line,share,price\na,部屋,0.1234567,1\n',
    /floors\.csv:2:6: share: not a share/],
  'share differs': ['floors.csv',
    'floor,line,share,price\na,部屋,0.5,1\na,話す人,0.6,1\n',
    /floors\.csv:3:7: share: share or price differs/],
  'line twice in a floor': ['floors.csv',
    'floor,line,share,price\na,部屋,0.5,1\na,部屋,0.5,1\n',
    /floors\.csv:3:1: line: is in this floor already, in line 2/],
  'pin of no pair': ['pins.csv', 'line,offer,units\n部屋,個人,1\n',
    /pins\.csv:2:4: offer: pins\.csv names a pair that pairs\.csv does not/],
  'too much value': ['lines.csv',
    'line,need,quantity,uncovered_price,indivisible\n' +
    '部屋,会場,1000000000,1000000000,\n話す人,会場,1,,\n',
    /add up to more than 4000000000000 milli-points at line "部屋"/],
}

for (const [name, [file, text, message]] of Object.entries(flaws)) {
  test(`solve__refuses_${name.replaceAll(' ', '_')}`, () => {
    put({ [file]: text })
    const { code, stderr } = run(['solve', dir])
    assert.equal(code, 3, stderr)
    assert.match(stderr, message)
    assert.equal(existsSync(join(dir, 'plan.csv')), false)
  })
}

// What spreadsheets and editors do to a file is not in the plan.
test('solve__reads_the_same_whoever_saved_it', () => {
  put({})
  run(['solve', dir])
  const plan = read('plan.csv')
  for (const change of [text => text.replaceAll('\n', '\r\n'),
    text => text.replace(/\n$/, ''), text => '\ufeff' + text,
    text => text.replaceAll('\n', '\r\n').replace(/\r\n$/, ''),
    text => text.replaceAll(/^([^,"]+),/gm, '"$1",')]) {
    put(Object.fromEntries(Object.entries(good)
      .map(([name, text]) => [name, change(text)])))
    const { code, stderr } = run(['solve', dir])
    assert.equal(code, 0, stderr)
    assert.equal(read('plan.csv'), plan)
  }
})

test('solve__names_of_any_letters_come_back_as_they_were', () => {
  const names = ['𠮷野家', 'が', 'か\u3099', 'a"b', 'x\ny', '٣', '👩‍👩‍👧', ' a ']
  const quote = name => `"${name.replaceAll('"', '""')}"`
  put({
    'needs.csv': 'need,budget_yen,max_partners\n' +
      names.map(name => `${quote(name)},,\n`).join(''),
    'lines.csv': good['lines.csv'].split('\n')[0] + '\n' +
      names.map(name => `${quote(name)},${quote(name)},1,,\n`).join(''),
    'offers.csv': good['offers.csv'].split('\n')[0] + '\no,99,,,\n',
    'pairs.csv': good['pairs.csv'].split('\n')[0] + '\n' +
      names.map(name => `${quote(name)},o,5,,\n`).join(''),
    'floors.csv': null,
  })
  rmSync(join(dir, 'floors.csv'), { force: true })
  const { code, stderr } = run(['solve', dir])
  assert.equal(code, 0, stderr)
  assert.equal(result().objective, 40)
  const plan = read('plan.csv')
  for (const name of names) {
    assert.ok(plan.includes(`${name},o,1\n`) ||
      plan.includes(`${quote(name)},o,1\n`), name)
  }
})

// Every file, cut off at every byte: a plan, or an error with its place.
test('solve__a_file_cut_off_anywhere_is_no_crash', () => {
  for (const name of ['pairs.csv', 'floors.csv']) {
    const whole = Buffer.from(good[name])
    for (let end = 0; end < whole.length; end++) {
      put({ [name]: whole.subarray(0, end) })
      const { code, signal, stderr } = run(['solve', dir, '--quiet'])
      assert.ok(signal === null && (code === 0 || code === 3),
        `${name} ${end}: ${code} ${signal} ${stderr}`)
      if (code === 3) assert.match(stderr, /\.csv:\d+:\d+: /)
    }
  }
})

test('solve__a_zero_byte_is_found_in_every_file', () => {
  for (const [name, text] of Object.entries(good)) {
    put({ [name]: text.replace(/\n(.)/, '\n\0$1') })
    const { code, stderr } = run(['solve', dir])
    assert.equal(code, 3)
    assert.match(stderr, new RegExp(`${name.replace('.', '\\.')}:2:1: .*NUL`))
  }
})

test('solve__names_every_bad_row', () => {
  put({ 'pairs.csv': 'line,offer,score,cost_yen,use\na,公民館,1,,\n' +
    '部屋,公民館,x,,\n話す人,b,1,,\n' })
  const { stderr } = run(['solve', dir])
  for (const place of ['2:1: line', '3:8: score', '4:5: offer']) {
    assert.ok(stderr.includes(`pairs.csv:${place}`), stderr)
  }
  assert.match(stderr, /3 errors in/)
})

test('solve__refuses_a_missing_file', () => {
  put({ 'pairs.csv': null })
  const { code, stderr } = run(['solve', dir])
  assert.equal(code, 3)
  assert.match(stderr, /pairs\.csv/)
})

test('solve__usage_errors_are_2', () => {
  put({})
  assert.equal(run(['solve']).code, 2)
  assert.equal(run(['solve', dir, dir]).code, 2)
  assert.equal(run(['solve', dir, '--gap', '-1']).code, 2)
  assert.equal(run(['solve', dir, '--time-limit', 'x']).code, 2)
})

// Hard knapsacks: equal scores, uses that do not fill the capacities.
function hard(lines, offers) {
  const row = n => Array.from({ length: n }, (_, k) => k)
  put({
    'needs.csv': 'need,budget_yen,max_partners\n' +
      row(lines).map(l => `n${l},,\n`).join(''),
    'lines.csv': good['lines.csv'].split('\n')[0] + '\n' +
      row(lines).map(l => `l${l},n${l},1,,1\n`).join(''),
    'offers.csv': good['offers.csv'].split('\n')[0] + '\n' +
      row(offers).map(j => `o${j},${1009 + 2 * j},,,\n`).join(''),
    'pairs.csv': good['pairs.csv'].split('\n')[0] + '\n' +
      row(lines).flatMap(l => row(offers).map(j =>
        `l${l},o${j},${1000000 + (l * 7919 + j * 104729) % 1000},,` +
        `${100 + (l * 31 + j * 17) % 67}\n`)).join(''),
    'floors.csv': null,
  })
}

test('solve__a_time_limit_gives_a_plan_with_an_honest_gap', () => {
  hard(120, 9)
  const begin = Date.now()
  const { code } = run(['solve', dir, '--time-limit', '1'])
  assert.equal(code, 0)
  assert.ok(Date.now() - begin < 8000)
  const { status, objective, bound } = result()
  assert.ok(objective > 0 && bound >= objective)
  assert.equal(status, bound === objective ? 'optimal' : 'feasible')
})

// A terminal of its own, by script(1); elsewhere there is none.
test('solve__a_terminal_shows_value_bound_and_gap', () => {
  hard(120, 9)
  const words = ['solve', dir, '--time-limit', '1']
  const shown = execFileSync('script', ['-qec', `${binary} ${words.join(' ')}`,
    '/dev/null'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  const drawn = [...shown.matchAll(
    /value ([\d.]+), bound ([\d.]+), gap (\d+) ppm/g)]
    .map((words) => words.slice(1).map(Number))
  assert.ok(drawn.length > 1, shown)
  drawn.forEach(([value, bound, gap], i) => {
    assert.ok(bound >= value && value >= (drawn[i - 1]?.[0] ?? 0), shown)
    assert.equal(gap, Math.ceil((bound - value) / value * 1e6), shown)
  })
  assert.doesNotMatch(run(words).stderr, /bound/)
})

test('solve__SIGTERM_gives_the_best_plan_so_far', async () => {
  hard(120, 9)
  const child = spawn(binary, ['solve', dir, '--time-limit', '60'])
  const ended = new Promise(resolve => child.on('close', resolve))
  // it has begun, however busy the machine is
  await until(() => spent(child.pid) > 500, 'it does not compute')
  child.kill('SIGTERM')
  const begin = Date.now()
  assert.equal(await ended, 0)
  assert.ok(Date.now() - begin < 7300)
  assert.ok(result().objective > 0)
})
