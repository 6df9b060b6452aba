import { readFileSync } from 'node:fs'
import {
  BUILT_IN_MODULES,
  canonicalDocument,
  checkDocument,
  describeDifference,
  policyJsonSchema,
} from '@bailiwick/access'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const guide = readFileSync(new URL('../../../docs/policy-format.md', import.meta.url), 'utf8')

function readExample(): { [section: string]: unknown } {
  const block = /```yaml\n([\s\S]*?)```/.exec(guide)?.[1]
  if (block === undefined) throw new Error('the guide has no example')
  return parse(block)
}

/** What the schema has to say, `format` aside: that is a hint to editors. */
const schemaAccepts = new Ajv2020({
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  validateFormats: false,
}).compile(policyJsonSchema())

describe('the guide’s example', () => {
  test('has nothing wrong with it', () => {
    const example = readExample()
    expect(checkDocument(example, { catalogue: BUILT_IN_MODULES })).toEqual({ problems: [], document: example })
  })

  test('satisfies the JSON Schema', () => {
    schemaAccepts(readExample())
    expect(schemaAccepts.errors).toBeNull()
  })

  test('shows every section', () => {
    expect(Object.keys(readExample())).toEqual(Object.keys((policyJsonSchema() as { properties: object }).properties))
  })

  test('is told by its canonical form without a difference', () => {
    const { document } = checkDocument(readExample(), { catalogue: BUILT_IN_MODULES })
    expect(document && describeDifference(document, canonicalDocument(document))).toEqual([])
  })

  test('has the problems that the guide shows, where it shows them', () => {
    const example = readExample() as { users: { farida: object }; sharingRules: { 'large-deals': { when: object } } }
    Object.assign(example.users.farida, { role: 'selller' })
    Object.assign(example.sharingRules['large-deals'].when, { op: 'contains' })
    const { problems } = checkDocument(example, { catalogue: BUILT_IN_MODULES })
    expect(problems).toHaveLength(2)
    for (const { path, message, cure } of problems) {
      expect(guide).toContain(path)
      expect(guide).toContain(message)
      expect(guide).toContain(cure)
    }
  })
})

describe('the JSON Schema', () => {
  const broken: [string, unknown][] = [
    ['no object', []],
    ['no format version', { roles: {} }],
    ['another format version', { bailiwick: 2 }],
    ['an unknown section', { bailiwick: 1, rules: {} }],
    ['an unknown property', { bailiwick: 1, users: { a: { shoe: 44 } } }],
    ['a key with a space', { bailiwick: 1, roles: { 'the boss': {} } }],
    ['an unknown action', { bailiwick: 1, profiles: { a: { modules: { deals: { actions: ['fly'] } } } } }],
    ['a principal that is none', { bailiwick: 1, groups: { a: { members: ['anna'] } } }],
    ['a field without type', { bailiwick: 1, modules: { a: { fields: { b: {} } } } }],
    ['a rule without level', { bailiwick: 1, sharingRules: { a: { module: 'deals', with: ['everyone'] } } }],
    ['a rule with nobody', { bailiwick: 1, sharingRules: { a: { module: 'deals', with: [], level: 'read' } } }],
    [
      'a restriction to everything',
      { bailiwick: 1, restrictionRules: { a: { module: 'deals', for: ['everyone'], level: 'full' } } },
    ],
    [
      'a condition with two branches',
      {
        bailiwick: 1,
        restrictionRules: { a: { module: 'deals', for: ['everyone'], level: 'none', when: { all: [], any: [] } } },
      },
    ],
    [
      'an operator that there is not',
      {
        bailiwick: 1,
        restrictionRules: {
          a: { module: 'deals', for: ['everyone'], level: 'none', when: { field: 'a', op: '=', value: 1 } },
        },
      },
    ],
    ['a time that is none', { bailiwick: 1, profiles: { a: { signIn: [{ days: ['mon'], from: '7', to: '9' }] } } }],
    ['half an approval', { bailiwick: 1, organization: { approvals: 0.5 } }],
  ]

  test.each(broken)('refuses %s, as the check does', (_title, document) => {
    expect(schemaAccepts(document)).toBe(false)
    expect(checkDocument(document, { catalogue: BUILT_IN_MODULES }).problems).not.toEqual([])
  })

  test('refuses nothing that the check lets pass', () => {
    const example = readExample()
    const mutation = fc.tuple(fc.constantFrom(...placesIn(example)), fc.jsonValue({ maxDepth: 2 }))
    fc.assert(
      fc.property(mutation, ([place, value]) => {
        const mutated = replaceAt(example, place, value)
        const { problems } = checkDocument(mutated, { catalogue: BUILT_IN_MODULES })
        if (problems.length === 0) expect(schemaAccepts(mutated)).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  test('gives every property a title and a description', () => {
    const untold: string[] = []
    visitProperties(policyJsonSchema(), '', (path, property) => {
      const told = property as { title?: string; description?: string; $ref?: string }
      if (!told.title || !told.description) untold.push(path)
    })
    expect(untold).toEqual([])
  })
})

/** Everything under a `properties`, outside of `$defs`. */
function visitProperties(schema: unknown, path: string, visit: (path: string, property: unknown) => void): void {
  if (typeof schema !== 'object' || schema === null) return
  for (const [key, part] of Object.entries(schema)) {
    if (key === '$defs') continue
    if (key === 'properties')
      for (const [name, property] of Object.entries(part as object)) visit(`${path}/${name}`, property)
    visitProperties(part, `${path}/${key}`, visit)
  }
}

/** The keys that lead to every part of a document. */
function placesIn(value: unknown, trail: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [trail]
  return [trail, ...Object.entries(value).flatMap(([key, part]) => placesIn(part, [...trail, key]))]
}

function replaceAt(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by
  if (Array.isArray(value))
    return value.map((part: unknown, index) => (String(index) === key ? replaceAt(part, rest, by) : part))
  const entries = Object.entries(value ?? {})
  return Object.fromEntries(entries.map(([name, part]) => [name, name === key ? replaceAt(part, rest, by) : part]))
}
