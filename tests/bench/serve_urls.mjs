// serve_urls.mjs DIR: the requests of serve.sh, one file of paths for each
// kind; seeded, so that every run asks the same.  The mix: 70 % filters (a
// region, or none; a kind, a target, both; free; a page), 30 % text.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Random } from '../integration/random_store.mjs'

const dir = process.argv[2]
const random = new Random(20261121)
const column = (file) => readFileSync(
  new URL(`../../schema/data/${file}`, import.meta.url), 'utf8')
  .trim().split('\n').slice(1).map((line) => line.split(',')[0])
const regions = column('regions.csv').filter((code) => /^\d{6}$/.test(code))
const kinds = column('vocab/resource_kinds.csv')
const targets = ['everyone', 'children', 'parents', 'older_people',
  'young_people', 'supporters', 'disabled_people', 'foreign_residents']
const texts = {
  text1: ['人', '茶', '会', '本', '駅', '夜', '学', '歌'],
  text2: ['食堂', '相談', '将棋', '体操', '講座', '学習', '会場', '無料'],
  text3: ['カフェ', '居場所', 'スマホ', 'サロン', '日本語', '商店街', '会議室'],
  text4: ['こども食堂', '子育てひろば', 'ボランティア', 'ひだまりおしゃべり',
    'フードパントリー', 'コミュニティハウス'],
  textn: ['園芸 駅前', '夜 カフェ', '団地 体操 お茶', '月いち 映画 予約',
    'つばめ 手芸 会場 無料']
}
const all = Object.values(texts).flat()
const query = (parts) => new URLSearchParams(parts).toString()
const put = (name, paths) =>
  writeFileSync(join(dir, `${name}.paths`), paths.join('\n') + '\n')

function filters() {
  const parts = []
  if (random.chance(0.7)) parts.push(['region', random.pick(regions)])
  if (random.chance(0.5)) parts.push(['kind', random.pick(kinds)])
  if (random.chance(0.4)) parts.push(['target', random.pick(targets)])
  if (random.chance(0.2)) parts.push(['free', '1'])
  if (random.chance(0.2)) parts.push(['page', String(1 + random.below(3))])
  return parts
}

const mix = Array.from({ length: 400 }, () => random.chance(0.7)
  ? query(filters())
  : query([['q', random.pick(all)],
    ...(random.chance(0.4) ? [['region', random.pick(regions)]] : [])]))

put('mix', mix.map((args) => `/t/resources?${args}`))
put('mixjson', mix.map((args) => `/t/resources.json?${args}`))
put('hot', ['/t/resources?region=141003'])
put('hotjson', ['/t/resources.json?region=141003'])
put('file', ['/page.html'])
put('mean', ['/mean.html'])
put('return', ['/return'])
put('gzip1', ['/gzip1/page.html'])
put('gzip6', ['/gzip6/page.html'])
put('gzipstatic', ['/gzipstatic/page.html'])
for (const [name, words] of Object.entries(texts)) {
  put(name, words.map((q) => `/t/resources?${query([['q', q]])}`))
}
put('textregion', all.map((q) =>
  `/t/resources?${query([['q', q], ['region', random.pick(regions)]])}`))
