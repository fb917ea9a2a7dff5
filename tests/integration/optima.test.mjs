// Problems of others, converted to explicit instances, must reach their
// known optima (tests/instances/README.md), with a proof, and always the same
// plan.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

import { must } from './tsunagari.mjs'

const tests = new URL('..', import.meta.url).pathname

function convert(script, file, max, dir) {
  execFileSync('awk', ['-v', `dir=${dir}`, '-v', `max=${max}`,
    '-f', `${tests}convert/${script}.awk`, `${tests}instances/${file}`])
}

function solved(script, file, max, ...options) {
  const dir = mkdtempSync(join(tmpdir(), 'optima-'))
  try {
    convert(script, file, max, dir)
    must(['solve', dir, '--quiet', ...options])
    return {
      result: JSON.parse(readFileSync(join(dir, 'result.json'), 'utf8')),
      plan: readFileSync(join(dir, 'plan.csv'), 'utf8'),
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

const optima = [
  ['assign', 'assign/assign100.txt', 0, -769],
  ['assign', 'assign/assign200.txt', 0, -4204],
  ['assign', 'assign/assign400.txt', 0, -20576],
  ['dimacs', 'transport/transport_2x3.min', 0, -85],
  ['dimacs', 'transport/transport_40x30.min', 0, -42667],
  ['gap', 'gap/gap1-0', 1, 336], ['gap', 'gap/gap1-1', 1, 327],
  ['gap', 'gap/gap3-0', 1, 580], ['gap', 'gap/gap3-1', 1, 564],
  ['gap', 'gap/gap5-0', 1, 563], ['gap', 'gap/gap5-1', 1, 558],
  ['gap', 'gap/gap7-0', 1, 942], ['gap', 'gap/gap7-1', 1, 949],
  ['gap', 'gap/gap9-0', 1, 709], ['gap', 'gap/gap9-1', 1, 717],
  ['gap', 'gap/gap11-0', 1, 1139], ['gap', 'gap/gap11-1', 1, 1178],
  ['gap', 'gap/a05100', 0, -1698], ['gap', 'gap/a10100', 0, -1360],
  ['gap', 'gap/b05100', 0, -1843], ['gap', 'gap/c05100', 0, -1931],
]

for (const [script, file, max, optimum] of optima) {
  test(`solve__reaches_the_known_optimum_of ${file}`, () => {
    const { result } = solved(script, file, max)
    assert.equal(result.status, 'optimal')
    assert.equal(result.objective, optimum)
    assert.equal(result.bound, optimum)
    assert.equal(result.gap, 0)
  })
}

test('solve__plan_is_the_same_for_any_number_of_processes', () => {
  const one = solved('gap', 'gap/gap9-0', 1, '--processes', '1')
  for (const n of ['2', '3']) {
    assert.equal(solved('gap', 'gap/gap9-0', 1, '--processes', n).plan,
      one.plan)
  }
})
