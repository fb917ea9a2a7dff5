// openapi.mjs: the described interface, and answers held against it.
//
//   const api = await loadApi()
//   api.problems                         // of the linter, [] when clean
//   api.match('/resources/7.json')       // '/resources/{id}.json', undefined
//   api.check('/resources.json', answer) // throws unless it is as described
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

// The packages of npm stand where the browser test has them.
export const npm =
  createRequire(new URL('../browser/package.json', import.meta.url))
const file = fileURLToPath(
  new URL('../../schema/openapi.yaml', import.meta.url))

// Rules of the linter that do not fit, and why.
const rules = {
  // /resources/{id} and /resources/{id}.json: an id is a number.
  'no-ambiguous-paths': 'off',
}

export function newAjv() {
  const Ajv = npm('ajv/dist/2020').default
  // types in unions and nested "required" are meant as they stand
  const ajv = new Ajv({ allErrors: true, strict: true,
    allowUnionTypes: true, strictRequired: false, strictTypes: false })
  npm('ajv-formats').default(ajv)
  return ajv
}

export async function loadApi(path = file) {
  const { bundle, createConfig, lint } = npm('@redocly/openapi-core')
  const config = await createConfig({ extends: ['recommended'], rules })
  const problems = (await lint({ ref: path, config })).map((problem) =>
    `${problem.severity} ${problem.ruleId}: ${problem.message} at ` +
    (problem.location[0]?.pointer ?? '?'))
  const document = (await bundle({ ref: path, config })).bundle.parsed
  const ajv = newAjv()
  ajv.addVocabulary(Object.keys(document))
  ajv.addSchema(document, 'api')
  const escape = (text) => text.replaceAll('~', '~0').replaceAll('/', '~1')
  const follow = (node, pointer) => node?.$ref === undefined
    ? [node, pointer]
    : [node.$ref.slice(2).split('/').reduce((at, key) =>
      at[key.replaceAll('~1', '/').replaceAll('~0', '~')], document),
    node.$ref]

  const patterns = Object.keys(document.paths).map((path) => [path,
    new RegExp(`^${path.replaceAll('.', '\\.')
      .replaceAll(/\{[a-z]+\}/g, '[^/.]+')}$`)])
  const match = (path) => patterns.find(([, re]) => re.test(path))?.[0]

  function validate(pointer, value, what) {
    const check = ajv.getSchema(`api${pointer}`)
    assert.ok(check, `a schema at ${pointer}`)
    assert.ok(check(value), `${what}: ` +
      JSON.stringify(check.errors?.slice(0, 5)))
  }

  function check(path, answer) {
    const route = match(path.split('?')[0])
    assert.ok(route, `${path} is described`)
    const start = `#/paths/${escape(route)}/get/responses/${answer.status}`
    const [response, pointer] = follow(
      document.paths[route].get.responses[answer.status], start)
    const what = `${path} (${answer.status})`
    assert.ok(response, `${what} is described`)
    for (const [name, header] of Object.entries(response.headers ?? {})) {
      const [, at] = follow(header, `${pointer}/headers/${name}`)
      const value = answer.headers[name.toLowerCase()]
      assert.ok(value !== undefined, `${what} has ${name}`)
      validate(`${at}/schema`, /^[0-9]+$/.test(value) ? Number(value) : value,
        `${what}: ${name}`)
    }
    const types = Object.keys(response.content ?? {})
    if (types.length === 0) {
      assert.equal(answer.bytes.length, 0, what)
      return
    }
    const type = answer.headers['content-type'].split(';')[0]
    assert.ok(types.includes(type), `${what}: ${type}`)
    validate(`${pointer}/content/${escape(type)}/schema`,
      type.endsWith('json') ? answer.json() : answer.text, what)
  }

  return { document, problems, match, check }
}
