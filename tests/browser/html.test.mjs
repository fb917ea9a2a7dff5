// What the pages are written in: html-validate has nothing to say about any
// page in any language, or about a fragment; the style sheet's tokens are
// those of the package they come from.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'

import { startSite } from './browser.mjs'
import { ZAMA, allPages, languages, path } from './pages.mjs'

const require = createRequire(import.meta.url)
const { HtmlValidate } = require('html-validate')

let site

before(async () => {
  site = await startSite()
})

after(async () => {
  await site?.stop()
})

// What html-validate says, one line each.  `recommended` holds its rules of
// accessibility, `document` those of a whole page.
async function complaints(text, whole) {
  const validator = new HtmlValidate({
    root: true,
    extends: ['html-validate:recommended',
      ...whole ? ['html-validate:document'] : []],
    rules: {
      // A title is as long as the organisation wrote it.
      'long-title': 'off',
      // The style sheet keeps a number on one line; other hyphens would not
      // be found or copied as the number.
      'tel-non-breaking': 'off',
      // What comes from the page's own server needs no checksum.
      'require-sri': ['error', { target: 'crossorigin' }],
    },
  })
  const report = await validator.validateString(text)
  return report.results.flatMap((result) => result.messages)
    .map(({ ruleId, message, line, column }) =>
      `${line}:${column} ${ruleId}: ${message}`)
}

for (const lang of Object.keys(languages)) {
  test(`html__every_page_is_valid_in_${lang}`, async () => {
    for (const { name, base, status } of await allPages(site)) {
      const answer = await site.get(path(base, lang))
      assert.equal(answer.status, status, name)
      assert.deepEqual(await complaints(answer.text, true), [], name)
    }
    const fragment = path(`/tsunagari/resources?region=${ZAMA}&fragment=1`,
      lang)
    assert.deepEqual(await complaints((await site.get(fragment)).text,
      false), [])
  })
}

test('html__a_mistake_is_seen', async () => {
  const { text } = await site.get('/tsunagari/')
  assert.match((await complaints(text.replace('</main>', ''), true)).join(),
    /main/)
})

test('css__tokens_are_those_of_the_package', async () => {
  const package_ = readFileSync(
    require.resolve('@digital-go-jp/design-tokens/dist/tokens.css'), 'utf8')
  const declared = (text) => new Map([...text.matchAll(
    /^\s*--([a-z0-9-]+):\s*(.*?);/gm)].map(([, name, value]) =>
    [name, value]))
  const theirs = declared(package_)
  const sheet = (await site.get('/tsunagari/tsunagari.css')).text
  const ours = [...declared(sheet)].filter(([name]) =>
    /^(color|font|line-height|border-radius)-/.test(name))
  assert.ok(ours.length > 30, `${ours.length} tokens`)
  for (const [name, value] of ours) assert.equal(value, theirs.get(name), name)
  for (const [, name] of sheet.matchAll(/var\(--([a-z0-9-]+)\)/g)) {
    assert.ok(declared(sheet).has(name), `${name} is declared`)
  }
  const { version } = require('@digital-go-jp/design-tokens/package.json')
  assert.ok(sheet.includes(`design-tokens ${version}`))
  assert.match(sheet, /Permission is hereby granted[^]*WITHOUT WARRANTY/)
})
