// What the command line says of itself: the list of `help`, the usage of
// each command where somebody asks for it; and whether the README has them.
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync }
  from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

import { must, run } from './tsunagari.mjs'

const dir = mkdtempSync(join(tmpdir(), 'tsunagari-help-'))

after(() => rmSync(dir, { recursive: true, force: true }))

const list = must(['help']).stdout
const commands = [...list.matchAll(/^ {2}([a-z]+)( .*)?\n {6}(.+)$/mg)]

test('help__names_every_command_with_its_usage', () => {
  assert.ok(commands.length >= 27, list)
  for (const words of [['--help'], ['-h']]) {
    assert.equal(must(words).stdout, list)
  }
})

for (const [, name, usage, help] of commands) {
  test(`help__${name}_tells_its_usage_and_does_nothing`, () => {
    const env = { TSUNAGARI_STORE: join(dir, 'store.db') }
    const asked = [[name, '--help'], [name, '-h'], [name, 'list', '--help'],
      [name, '--dry-run', '--help'], ['help', name]]
    for (const words of asked) {
      const done = run(words, { env, cwd: dir })
      assert.deepEqual([words, done.code, done.stderr], [words, 0, ''])
      assert.ok(done.stdout.startsWith(`usage: tsunagari ${name}${usage}`),
        done.stdout)
      assert.ok(done.stdout.includes(help), done.stdout)
    }
    assert.ok(!existsSync(env.TSUNAGARI_STORE))
  })
}

// The options of a command stand in its file; that of one file may be
// of several commands (runs and diff): then one of them names each.
test('help__names_every_option_of_a_command', () => {
  const folder = new URL('../../optimizer/command/', import.meta.url)
  const read = (name) => readFileSync(new URL(name, folder), 'utf8')
  const optionsOf = (text) =>
    [...text.matchAll(/\{"([a-z-]+)", (?:required|no)_argument/g)]
      .map(([, option]) => option)
  const common = optionsOf(read('cli.h'))
  assert.ok(common.includes('dry-run'))
  let seen = 0
  for (const file of readdirSync(folder).filter((f) => /^cmd_.*c$/.test(f))) {
    const text = read(file)
    const own = [...text.matchAll(/^cmd_([a-z]+)\(/mg)].map(([, name]) =>
      commands.find(([, command]) => command === name)[2])
    for (const option of optionsOf(text)) {
      assert.ok(own.some((usage) => usage.includes(`--${option}`)),
        `${file}: --${option}`)
      seen++
    }
  }
  assert.ok(seen > 50, `${seen} options`)
  for (const option of common.filter((name) => name !== 'help')) {
    assert.ok(list.split('\n')[0].includes(`[--${option}`), option)
  }
})

test('help__is_no_word_where_an_option_wants_a_value', () => {
  const env = { TSUNAGARI_STORE: join(dir, 'none.db') }
  const done = run(['weights', 'use', '1', '--reason', '-h'], { env })
  assert.deepEqual([done.code, done.stdout], [4, ''], done.stderr)
})

test('help__of_no_command_is_usage', () => {
  for (const words of [['help', 'dance'], ['dance', '--help']]) {
    const done = run(words)
    assert.deepEqual([words, done.code, done.stdout], [words, 2, ''])
    assert.match(done.stderr, /no command "dance"/)
  }
})

test('readme__names_every_command_and_directive', () => {
  const readme = readFileSync(
    new URL('../../README.md', import.meta.url), 'utf8')
  const names = [...list.matchAll(/^ {2}([a-z]+) /gm)].map((m) => m[1])
  assert.ok(names.length >= 10, names.join(' '))
  for (const name of names) {
    assert.match(readme, new RegExp(`\`[^\`]*\\b${name}\\b`), name)
  }
  const source = (name) => readFileSync(
    new URL(`../../ngx_module/${name}`, import.meta.url), 'utf8')
  const directives = [...source('ngx_http_tsunagari_module.c')
    .matchAll(/\{ ngx_string\("(tsunagari[a-z_]*)"\),\n/g)].map((m) => m[1])
  assert.equal(directives.length, 8, directives.join(' '))
  for (const name of directives) {
    assert.match(readme, new RegExp(`^> Syntax: \\*\\*${name}\\*\\*`, 'm'), name)
  }
  const variables = [...source('ngx_http_tsunagari_variables.c')
    .matchAll(/_var\("(tsunagari_[a-z_]+)"/g)].map((m) => m[1])
  assert.equal(variables.length, 7, variables.join(' '))
  for (const name of variables) {
    assert.ok(readme.includes(`\`$${name}\``), name)
  }
})
