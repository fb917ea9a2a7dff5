// pages.mjs: every kind of page there is, in every language, for the tests
// that look at all of them.
import assert from 'node:assert/strict'

export const ZAMA = '142166'
export const languages = { ja: '', easy: 'lang=easy', en: 'lang=en' }

// Path below the site, with the language.
export function path(base, lang) {
  const args = languages[lang]
  if (!args) return base
  return base + (base.includes('?') ? '&' : '?') + args
}

// The first document of a list.
export async function firstId(site, list = `resources.json?region=${ZAMA}`,
  prefix = '/tsunagari') {
  const { items } = (await site.get(`${prefix}/${list}`)).json()
  assert.ok(items.length > 0, `the demo has something in ${list}`)
  return items[0].id
}

// { name, base, status } of each.
export async function allPages(site) {
  const need = await firstId(site, 'needs.json', '/members')
  const pages = {
    search: '/tsunagari/',
    results: `/tsunagari/resources?region=${ZAMA}`,
    facets: '/tsunagari/resources?kind=venue&q=%E4%BC%9A',
    empty: '/tsunagari/resources?q=zzzzzzzz',
    needs: '/tsunagari/needs',
    table: '/tsunagari/needs?view=table',
    detail: `/tsunagari/resources/${await firstId(site)}`,
    need: `/tsunagari/needs/${await firstId(site, 'needs.json')}`,
    organizations: '/tsunagari/organizations',
    organization: `/tsunagari/organizations/${
      await firstId(site, 'organizations.json?kind=ibasho')}`,
    cases: '/tsunagari/cases',
    case: `/tsunagari/cases/${await firstId(site, 'cases.json')}`,
    order: '/tsunagari/about-order',
    missing: ['/tsunagari/resources/999999', 404],
    refused: ['/tsunagari/resources?page=0', 400],
    members: '/members/suggestions',
    partners: `/members/suggestions?need=${need}`,
  }
  return Object.entries(pages).map(([name, where]) => {
    const [base, status] = [where].flat()
    return { name, base, status: status ?? 200 }
  })
}
