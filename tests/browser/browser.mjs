// browser.mjs: Chromium as a visitor has it, and the demo's site to visit.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync }
  from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { chromium } from 'playwright-core'

import { buildDir, forMembers, startNginx } from
  '../integration/nginx.mjs'
import { binary, DATE } from '../integration/tsunagari.mjs'

const require = createRequire(import.meta.url)
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const fill = new URL('../../optimizer/demo/fill.sh', import.meta.url).pathname
const browserPath = ['/usr/bin/chromium', '/usr/bin/google-chrome']
  .find(existsSync) ?? 'chromium'
export const pictures = join(buildDir, 'test', 'pictures')

// The demo's store and snapshots behind an nginx: /tsunagari/ for all,
// /members/ for members; serverLines: more of that server's configuration.
export async function startSite({ serverLines = '' } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'tsunagari-site-'))
  execFileSync('sh', [fill, binary, dir, DATE],
    { stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 })
  const server = await startNginx({ locations: {
    '/tsunagari/': join(dir, 'public.snap'),
    '/members/': forMembers(join(dir, 'members.snap')) }, serverLines })
  return {
    url: server.url,
    get: server.get,
    async stop() {
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export async function startBrowser() {
  mkdirSync(pictures, { recursive: true })
  return chromium.launch({
    executablePath: browserPath,
    headless: true,
    chromiumSandbox: false,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic',
      '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
      '--disable-dev-shm-usage'],
  })
}

// Does what leads to another page, until that one is there as a whole: a
// click alone is over when the first of it comes.
export const lead = (page, act) =>
  Promise.all([page.waitForNavigation(), act()])

// axe-core on one page, which needs JavaScript: a list of what it found.
// ready: waits for what the page loads later.
export async function accessibility(context, url, ready = async () => {}) {
  const page = await context.newPage()
  const answer = await page.goto(url)
  await ready(page)
  await page.evaluate(axeSource)
  const result = await page.evaluate(() => window.axe.run(document, {
    resultTypes: ['violations', 'incomplete'] }))
  await page.close()
  return {
    status: answer.status(),
    rules: result.passes.length,
    violations: result.violations.map((v) => `${v.id}: ${v.help}: ` +
      v.nodes.map((node) => node.html).slice(0, 3).join(' | ')),
  }
}
