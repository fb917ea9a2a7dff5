// nginx.mjs: a real nginx with the built module, in a directory of its own,
// on a free port of 127.0.0.1.  Used by every integration and browser test.
//
//   const server = await startNginx({ locations: { '/tsunagari/': snap } })
//   const answer = await server.get('/tsunagari/resources.json?region=142166')
//   answer.status, answer.headers, answer.text, answer.json()
//   await server.reload(text)  // another configuration, and new workers
//   await server.stop()      // throws if a worker crashed or logged an alert
import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync,
  readdirSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync }
  from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

import { childrenOf } from './processes.mjs'
import { until } from './until.mjs'

const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
export const buildDir = resolve(top, process.env.BUILD ?? 'build')
export const modulePath =
  join(buildDir, 'ngx_http_tsunagari_module.so')
// Another binary than the system's: NGINX_BINARY; NGINX_STATIC: it has
// the module in it.
export const nginxPath = process.env.NGINX_BINARY ??
  ['/usr/sbin/nginx', '/usr/local/sbin/nginx'].find(existsSync) ?? 'nginx'
export const loadModule = process.env.NGINX_STATIC ? ''
  : `load_module ${modulePath};`
// nginx under memcheck: any error, or memory that nothing points to, is said
// on its standard error.  NGINX_VALGRIND: in every test.
export const valgrind = ['valgrind', '--quiet', '--error-exitcode=99',
  '--leak-check=full', '--errors-for-leak-kinds=definite,indirect',
  '--show-leak-kinds=definite,indirect', '--num-callers=20',
  `--suppressions=${join(top, 'tests/valgrind.supp')}`]
const memcheck = Boolean(process.env.NGINX_VALGRIND)
// Under a checker memory is no measure.
export const sanitized = memcheck || Boolean(process.env.NGINX_STATIC)

const isFree = (port) => new Promise((done) => {
  const probe = net.createServer()
  probe.once('error', () => done(false))
  probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)))
})

// A port that is free and stays so until it is used: each process has its own
// to choose from, below those that a system gives to whoever names none, and
// above those that browsers refuse.
let asked = 0
export async function freePort() {
  for (;;) {
    const port = 11000 + (process.pid * 32 + asked++) % 20000
    if (await isFree(port)) return port
  }
}

// The workers of a master that take connections, by what they call themselves:
// a new one is none before it has read its snapshots, and one that ends says so.
// Under valgrind no process has a name of its own: by a socket that listens.
export const workersOf = (master) => childrenOf(master).filter((pid) => {
  try {
    return memcheck ? listens(pid) : /^nginx: worker process\0/.test(
      readFileSync(`/proc/${pid}/cmdline`, 'latin1'))
  } catch {
    return false // it has ended
  }
})

function listens(pid) {
  const inodes = readFileSync('/proc/net/tcp', 'utf8').split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === '0A').map((words) => words[9])
  return readdirSync(`/proc/${pid}/fd`).some((fd) => {
    const [, inode] = /^socket:\[(\d+)\]$/.exec(
      readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? []
    return inodes.includes(inode)
  })
}

// Among serverLines: what `snapshots` and `told` of a server read.
export const statusPage = 'location = /status { tsunagari_status; }'

// A location for members: it serves what is published for them, too.
export const forMembers = (snapshot, extra = '') =>
  ({ snapshot, extra: `tsunagari_audience members; ${extra}` })

// The whole configuration; `locations` maps a prefix to a snapshot's path or
// to { snapshot, extra } with more lines for that location.
function configuration(dir, port, { locations, workers, master, main,
  httpLines, serverLines }) {
  const blocks = Object.entries(locations).map(([prefix, value]) => {
    const { snapshot, extra = '' } =
      typeof value === 'string' ? { snapshot: value } : value
    return `location ${prefix} {
            tsunagari_snapshot ${snapshot};
            tsunagari on;
            ${extra}
        }`
  })
  // The test's own user owns the directory; workers of root stay root.
  const user = process.getuid() === 0 ? 'user root;' : ''
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${dir}/${name};`).join('\n    ')
  return `${loadModule}
daemon off;
master_process ${master ? 'on' : 'off'};
worker_processes ${workers};
pid ${dir}/nginx.pid;
error_log ${dir}/error.log info;
${user}
${main}
events { worker_connections 1024; }
http {
    access_log off;
    ${temporary}
    ${httpLines}
    server {
        listen 127.0.0.1:${port};
        server_name localhost;
        ${serverLines}
        ${blocks.join('\n        ')}
    }
}
`
}

// One request on a connection of its own (or the agent's), path as it is.
export function request(port, path, { method = 'GET', headers = {}, body,
  agent = false } = {}) {
  return new Promise((done, failed) => {
    const call = http.request({ host: '127.0.0.1', port, path, method,
      headers, agent }, (answer) => {
      const parts = []
      answer.on('data', (part) => parts.push(part))
      answer.on('error', failed)
      answer.on('end', () => {
        const bytes = Buffer.concat(parts)
        const text = bytes.toString('utf8')
        done({ status: answer.statusCode, headers: answer.headers, bytes,
          text, json: () => JSON.parse(text) })
      })
    })
    call.setTimeout(60000, () => call.destroy(new Error(
      `no answer in 60 s: ${method} ${path}`)))
    call.on('error', failed)
    call.end(body)
  })
}

const running = new Set()
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM')
})

async function launch(dir, options) {
  const port = options.port ?? await freePort()
  const conf = join(dir, 'nginx.conf')
  writeFileSync(conf, configuration(dir, port, options))
  const stderr = openSync(join(dir, 'stderr.log'), 'w')
  const command = [...options.wrapper, nginxPath, '-p', dir, '-c', conf, '-e',
    join(dir, 'error.log')]
  const child = spawn(command[0], command.slice(1),
    { stdio: ['ignore', stderr, stderr] })
  closeSync(stderr)
  running.add(child)
  const ended = new Promise((done) => child.once('exit', (code, signal) => {
    running.delete(child)
    done({ code, signal })
  }))
  let gone = null
  ended.then((value) => { gone = value })
  child.once('error', (error) => { gone = { code: error.message } })
  // What one worker answers says nothing of the others.
  const ready = () => request(port, '/').then(() => !options.master ||
    workersOf(child.pid).length === options.workers, () => false)
  try {
    await until(() => gone || ready(), undefined, options.patience)
    if (!gone) return { child, ended, port, conf }
  } catch {
    // said below, with what nginx said
  }
  child.kill('SIGTERM')
  throw new Error(`nginx does not start (${JSON.stringify(gone)}):\n` +
    ['stderr.log', 'error.log'].map((name) => join(dir, name))
      .filter(existsSync).map((path) => readFileSync(path, 'utf8')).join(''))
}

// What must never stand in the error log of a healthy run.
export const trouble =
  /\[(emerg|alert|crit)\]|exited on signal|core dumped|open socket .* left/

// What checkers say, of our code or anything: nginx's own habits aside.
const report =
  /AddressSanitizer|(ngx_module|schema)\/.*runtime error|^==\d+== \S/m

/*
 * locations   as above; workers, master as nginx has them
 * main, httpLines, serverLines   more configuration
 * wrapper     words before nginx: valgrind; patience: seconds to start
 */
export async function startNginx(given = {}) {
  const options = { locations: {}, workers: 1, master: true, main: '',
    httpLines: '', serverLines: '', wrapper: memcheck ? valgrind : [],
    patience: memcheck ? 120 : 20, ...given }
  const dir = mkdtempSync(join(tmpdir(), 'tsunagari-nginx-'))
  mkdirSync(join(dir, 'logs'))
  let launched
  for (let tries = 0; ; tries++) {
    try {
      launched = await launch(dir, options)
      break
    } catch (error) {
      // The free port was taken between the look and the use.
      if (tries < 3 && /Address already in use/.test(error.message)) continue
      rmSync(dir, { recursive: true, force: true })
      throw error
    }
  }
  const { child, ended, port, conf } = launched
  const log = () => readFileSync(join(dir, 'error.log'), 'utf8')
  const get = (path, more) => request(port, path, more)
  const snapshots = async () => (await get('/status?format=json')).json()
    .snapshots
  // By rename: whoever reads meanwhile reads the one or the other.
  const configure = (text) => {
    writeFileSync(`${conf}.new`, text)
    renameSync(`${conf}.new`, conf)
  }
  return {
    dir, port, conf, pid: child.pid, log, get, configure, snapshots,
    url: `http://127.0.0.1:${port}`,
    signal: (name) => child.kill(name),
    workers: () => childrenOf(child.pid),
    // With that configuration, or the same; done when the workers of before
    // are gone, so that no answer can be theirs.
    async reload(text = null) {
      const before = childrenOf(child.pid)
      if (text !== null) configure(text)
      child.kill('SIGHUP')
      await until(() => workersOf(child.pid).length === options.workers &&
        !childrenOf(child.pid).some((pid) => before.includes(pid)),
      'no new workers, or the old ones do not end')
    },
    // What each worker tells of a snapshot, once that is so of all of them.
    async told(what, { number = 0, seconds } = {}) {
      let workers
      await until(async () => {
        workers = (await snapshots())[number].workers
        return workers.length === options.workers && workers.every(what)
      }, () => `not so of each: ${JSON.stringify(workers)}`, seconds)
      return workers
    },
    // Ends nginx gracefully; gives its exit and its log.
    async stop({ allow = null } = {}) {
      child.kill('SIGQUIT')
      const timer = setTimeout(() => child.kill('SIGKILL'), 30000)
      const exit = await ended
      clearTimeout(timer)
      const text = log()
      const stderr = readFileSync(join(dir, 'stderr.log'), 'utf8')
      rmSync(dir, { recursive: true, force: true })
      const bad = text.split('\n')
        .filter((line) => trouble.test(line) && !allow?.test(line))
      // nginx sends the workers' standard error to its log
      const reports = `${stderr}${text}`
      if (report.test(reports)) bad.push(reports.slice(reports.search(report)))
      if (exit.code !== 0 || bad.length > 0) {
        throw new Error(`nginx ended with ${JSON.stringify(exit)}:\n` +
          `${bad.join('\n')}\n${stderr}`)
      }
      return { exit, log: text, stderr }
    },
  }
}
