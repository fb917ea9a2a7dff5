// service.mjs: `tsunagari serve` behind a real nginx, with a store of its own,
// and clients that behave as a browser without JavaScript: cookies, Origin,
// the hidden fields of the form they send.
//
//   const site = await startService()            // { store, fill, args, ... }
//   const staff = await site.login('screener')   // viewer tuner admin member
//   const page = await staff.get('/staff/entries')
//   const done = await staff.submit(page, '/staff/entries/1/approve',
//     { reason: '...' })                          // follows the 303
//   done.status, done.text, done.path, page.form('/staff/...')
//   await site.stop()       // throws if nginx or a worker had trouble
import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync }
  from 'node:fs'
import { join } from 'node:path'

import { freePort, request, startNginx } from './nginx.mjs'
import { childrenOf } from './processes.mjs'
import { binary, must, newStore } from './tsunagari.mjs'
import { until } from './until.mjs'

const demo = new URL('../../optimizer/demo/', import.meta.url)
export const read = (name) => readFileSync(new URL(name, demo), 'utf8')
export const PASSWORD = 'correct horse battery'

const unescape = (text) => text.replaceAll('&lt;', '<')
  .replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'")
  .replaceAll('&amp;', '&')

// A tag's attributes as an object.
function attributes(tag) {
  const found = {}
  for (const [, name, value] of
    tag.matchAll(/\s([a-z-]+)(?:="([^"]*)")?/g)) {
    found[name] = value === undefined ? '' : unescape(value)
  }
  return found
}

// The form of a page that goes to this action, and what it would send
// untouched: { action, method, fields: [[name, value], ...] }.
export function formOf(text, action) {
  for (const [, head, inside] of
    text.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)) {
    const at = attributes(head)
    if (at.action !== action) continue
    const fields = []
    const controls = inside.matchAll(
      /<input\b[^>]*>|<textarea\b([^>]*)>(.*?)<\/textarea>|<select\b([^>]*)>(.*?)<\/select>/gs)
    for (const [all, area, value, select, options] of controls) {
      if (area !== undefined) {
        fields.push([attributes(area).name,
          unescape(value.replace(/^\n/, ''))])
      } else if (select !== undefined) {
        const list = [...options.matchAll(/<option\b([^>]*)>/g)]
          .map(([, one]) => attributes(one))
        const chosen = list.find((one) => 'selected' in one) ?? list[0]
        fields.push([attributes(select).name, chosen?.value ?? ''])
      } else {
        const one = attributes(all)
        const ticks = ['checkbox', 'radio'].includes(one.type)
        if (one.name && one.type !== 'file' && (!ticks || 'checked' in one)) {
          fields.push([one.name, one.value ?? ''])
        }
      }
    }
    return { ...at, fields }
  }
  throw new Error(`no form for ${action} in:\n${text}`)
}

export class Client {
  constructor(site) {
    this.site = site
    this.cookies = new Map()
  }

  async send(path, options = {}) {
    const headers = { Cookie: [...this.cookies].map(([name, value]) =>
      `${name}=${value}`).join('; '), ...options.headers }
    const answer = await request(this.site.port, path,
      { ...options, headers })
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/)
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    answer.path = path
    answer.form = (action) => formOf(answer.text, action)
    return answer
  }

  // Follows redirects, as a browser does.
  async get(path, options) {
    let answer = await this.send(path, options)
    for (let n = 0; n < 5 && answer.status === 303; n++) {
      answer = await this.send(answer.headers.location)
    }
    return answer
  }

  // fields: an object, or a list of [name, value]; no redirect is followed.
  post(path, fields, { headers = {} } = {}) {
    const list = Array.isArray(fields) ? fields : Object.entries(fields)
    const body = new URLSearchParams(list).toString()
    return this.send(path, { method: 'POST', body, headers: {
      Origin: this.site.url, 'Sec-Fetch-Site': 'same-origin',
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': Buffer.byteLength(body), ...headers } })
  }

  // The page's form for that action, sent with these changes; an array
  // stands for several values, null for none.  Follows the 303.
  async submit(page, action, changes = {}, options) {
    const fields = page.form(action).fields
      .filter(([name]) => !(name in changes))
    for (const [name, value] of Object.entries(changes)) {
      for (const one of [value].flat()) {
        if (one !== null) fields.push([name, String(one)])
      }
    }
    const answer = await this.post(action, fields, options)
    return answer.status === 303 ? this.get(answer.headers.location) : answer
  }
}

// A worker that has opened the store and waits for requests: it is then that
// SIGTERM is not held back.
const waits = (pid) => (BigInt('0x' + readFileSync(`/proc/${pid}/status`,
  'utf8').match(/^SigBlk:\s*(\w+)/m)[1]) >> 14n & 1n) === 0n

async function launch(store, socket, origin, args, wrapper) {
  const log = openSync(store.file('serve.log'), 'a')
  const text = () => readFileSync(store.file('serve.log'), 'utf8')
  const before = text().length
  mkdirSync(store.file('spool'), { recursive: true })
  const words = [...wrapper, binary, 'serve', '--socket', socket, '--origin',
    origin, '--spool', store.file('spool'), '--workers', '2', ...args]
  const child = spawn(words[0], words.slice(1), {
    stdio: ['ignore', log, log], env: { PATH: process.env.PATH,
      LC_ALL: 'C.UTF-8', ...store.env } })
  closeSync(log)
  const ended = new Promise((done) => child.once('exit', (code, signal) =>
    done({ code, signal })))
  let gone = null
  ended.then((value) => { gone = value })
  const ready = () => /workers on/.test(text().slice(before)) &&
    childrenOf(child.pid).every(waits)
  try {
    await until(() => gone || ready())
    if (!gone) return { child, ended }
  } catch {
    // said below, with what it said
  }
  child.kill('SIGKILL')
  throw new Error(`serve does not start: ${JSON.stringify(gone)}\n${text()}`)
}

const running = new Set()
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM')
})

/*
 * store     one that is there (removed by stop() all the same); a new one
 * fill      called with the store before the service starts
 * args      more words for `serve`
 * wrapper   words before the program
 * limits    true: the rates of the demo, else none that a test would meet
 * snapshots true: publish members.snap and public.snap (needs a run in the
 *           store); a path: a public snapshot that is there
 * httpMore  more lines of the http block
 * edit      what is done to the text of the server block
 */
export async function startService({ store = newStore(), fill = null,
  args = [], wrapper = [], limits = false, snapshots = false,
  httpMore = '', edit = (text) => text } = {}) {
  await fill?.(store)
  if (snapshots === true) {
    for (const audience of ['public', 'members']) {
      store.must('publish', '--audience', audience,
        store.file(`${audience}.snap`))
    }
  }
  const socket = store.file('serve.socket')
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  let service = await launch(store, socket, origin, args, wrapper)
  running.add(service.child)
  const http = read('service_http.conf') + httpMore
  const server = await startNginx({ port,
    httpLines: limits ? http : http.replaceAll(/rate=\d+r\/[sm]/g,
      'rate=10000r/s'),
    serverLines: edit(read('errors_server.conf.in') +
      read('service_server.conf.in'))
      .replaceAll('@errors@', new URL('errors', demo).pathname)
      .replaceAll('@socket@', socket)
      .replaceAll('@members@', store.file('members.snap')),
    locations: snapshots ? { '/tsunagari/': snapshots === true
      ? store.file('public.snap') : snapshots } : {} })
  const site = {
    store, server, socket, port, url: origin,
    client: () => new Client(site),
    pid: () => service.child.pid,
    log: () => readFileSync(store.file('serve.log'), 'utf8'),
    // The mails written so far, oldest first, as text.
    mails: () => readdirSync(store.file('spool')).sort()
      .filter((name) => name.endsWith('.eml'))
      .map((name) => readFileSync(join(store.file('spool'), name), 'utf8')),
    account(login, role, ...more) {
      must(['account', 'add', login, '--role', role, ...more],
        { env: store.env, input: `${PASSWORD}\n` })
    },
    // A client that is logged in; the account `role` is made once.  A member
    // speaks for the organisation with that key.
    async login(role, organisation = null) {
      const login = organisation ? 'member-' +
        organisation.toLowerCase().replace(/[^a-z0-9]/g, '-') : role
      if (store.one('SELECT count(*) AS n FROM accounts WHERE login = ' +
        `'${login}'`) === 0) {
        site.account(login, role, ...organisation
          ? ['--organisation', organisation] : [])
      }
      const client = site.client()
      const page = await client.get('/staff/login')
      const done = await client.submit(page, '/staff/login',
        { login, password: PASSWORD })
      if (done.status !== 200 || done.path === '/staff/login') {
        throw new Error(`no login as ${login}: ${done.status}`)
      }
      return client
    },
    // Ends the service with a signal and starts it anew.
    async restart(signal = 'SIGTERM') {
      service.child.kill(signal)
      const exit = await service.ended
      running.delete(service.child)
      service = await launch(store, socket, origin, args, wrapper)
      running.add(service.child)
      return exit
    },
    // keep: the store stays; hurt: workers may have been replaced; allow:
    // what may stand in nginx's log
    async stop({ keep = false, hurt = false, allow = null } = {}) {
      await server.stop({ allow })
      service.child.kill('SIGTERM')
      const exit = await service.ended
      running.delete(service.child)
      const log = site.log()
      if (!keep) store.remove()
      if (exit.code !== 0 || (hurt ? /AddressSanitizer|runtime error/
        : /worker \d+ ended|AddressSanitizer|runtime error/).test(log)) {
        throw new Error(`serve ended with ${JSON.stringify(exit)}:\n${log}`)
      }
      return { exit, log }
    },
  }
  return site
}
