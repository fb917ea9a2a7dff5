// peer_groonga.mjs check|run FILE PORT [ROUNDS]: the searches of
// `peer_groonga ask` to a groonga-httpd on loopback.  check: each answer is
// the wanted one, or the first that differs is told; run: only asks.
import { readFileSync } from 'node:fs'
import http from 'node:http'

const [what, file, port, rounds = '1'] = process.argv.slice(2)
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })

const get = (path) => new Promise((resolve, reject) => {
  http.get({ host: '127.0.0.1', port, path, agent }, (answer) => {
    const parts = []
    answer.on('data', (part) => parts.push(part))
    answer.on('end', () => resolve(Buffer.concat(parts)))
  }).on('error', reject)
})

const searches = readFileSync(file, 'utf8').trim().split('\n').map((line) => {
  const [wanted, url, ...rest] = line.split(' ')
  const [total, docs, counts] = wanted.split(':')
  return { total: Number(total), docs, counts: counts.split(',').map(Number),
    urls: [url, ...rest.filter((_, i) => i % 2 === 1)] }
})

// [[status], [hits, {"f1": [[n], columns, [value, count], ...]}]]
async function check(search) {
  const counts = new Map()
  for (const [i, url] of search.urls.entries()) {
    const [status, body] = JSON.parse(await get(url))
    if (status[0] !== 0) throw new Error(`${status[3]}: ${url}`)
    const [[total], , ...rows] = body[0]
    if (i === 0 && (total !== search.total ||
        rows.map((row) => row[0]).join(',') !== search.docs)) {
      throw new Error(`other documents: ${url}`)
    }
    for (const facet of Object.values(body[1] ?? {})) {
      for (const [value, n] of facet.slice(2)) counts.set(value, n)
    }
  }
  search.counts.forEach((n, value) => {
    if ((counts.get(value) ?? 0) !== n) {
      throw new Error(`value ${value} counted ${counts.get(value)}, not ${n}: ` +
        search.urls[0])
    }
  })
}

for (let round = 0; round < Number(rounds); round++) {
  for (const search of searches) {
    if (what === 'check') await check(search)
    else for (const url of search.urls) await get(url)
  }
}
console.log(`RESULT ${searches.length * Number(rounds)}`)
agent.destroy()
