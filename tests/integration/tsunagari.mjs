// tsunagari.mjs: the real command line and its store, for tests.
//
//   const store = newStore()                 // temporary, made by `init`
//   store.run('match', '--date', DATE)       // { code, stdout, stderr }
//   store.must('publish', ...)               // the same, throws unless 0
//   store.rows('SELECT ...')                 // sqlite3 -json
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { buildDir } from './nginx.mjs'

export const DATE = '2026-11-21'
export const binary = join(buildDir, 'tsunagari')

export function run(args, { env = {}, input = '', cwd } = {}) {
  const done = spawnSync(binary, args, {
    encoding: 'utf8', input, cwd, timeout: 120000, maxBuffer: 1 << 28,
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', ...env },
  })
  if (done.error) throw done.error
  return { code: done.status, signal: done.signal, stdout: done.stdout,
    stderr: done.stderr }
}

export function must(args, options) {
  const done = run(args, options)
  if (done.code !== 0) {
    throw new Error(`tsunagari ${args.join(' ')}: exit ${done.code ??
      done.signal}\n${done.stderr}${done.stdout}`)
  }
  return done
}

export class Store {
  constructor(dir) {
    this.dir = dir
    this.path = join(dir, 'store.db')
    this.env = { TSUNAGARI_STORE: this.path, TSUNAGARI_ACTOR: 'test' }
  }

  file(name) {
    return join(this.dir, name)
  }

  run(...args) {
    return run(args, { env: this.env })
  }

  must(...args) {
    return must(args, { env: this.env })
  }

  // Runs on its own; kill it by .pid.
  start(...args) {
    return spawn(binary, args, { stdio: 'ignore',
      env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', ...this.env } })
  }

  // Waits as the program does: after a kill whoever comes first rolls the
  // log forward, and holds all others out until that is done.
  sql(text, ...options) {
    return execFileSync('sqlite3', [...options, '-bail', '-cmd',
      '.timeout 10000', this.path], { encoding: 'utf8', input: text,
      maxBuffer: 1 << 28 })
  }

  rows(sql) {
    const text = this.sql(sql, '-json')
    return text.trim() === '' ? [] : JSON.parse(text)
  }

  one(sql) {
    return Object.values(this.rows(sql)[0])[0]
  }

  exec(sql) {
    this.sql(`PRAGMA foreign_keys = ON;\n${sql}`)
  }

  remove() {
    rmSync(this.dir, { recursive: true, force: true })
  }
}

export function newStore() {
  const store = new Store(mkdtempSync(join(tmpdir(), 'tsunagari-store-')))
  store.must('init')
  return store
}
