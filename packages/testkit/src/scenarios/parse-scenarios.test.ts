import { BUILT_IN_MODULES } from '@bailiwick/access'
import { describe, expect, test } from 'vitest'
import { parseScenarios } from './parse-scenarios.ts'
import type { Scenario } from './scenario.ts'

const BASE = `
now: 2026-03-02T09:00:00Z
policy:
  profiles: { worker: { modules: { accounts: { actions: [read] } } } }
  users: { anna: { role: rep, profiles: [worker] }, bea: { profiles: [worker] } }
records:
  acme: { module: accounts, owner: "user:anna", values: { name: Acme } }
`

const SOUND = `
scenarios:
  - title: Owners read
    base: office
    policy: { users: { anna: { role: null, status: active } } }
    records:
      coyote: { module: contacts, owner: "user:bea", lookups: { account: acme }, values: { name: null } }
    questions:
      - may: { user: anna, action: [read, update], record: [acme, coyote] }
        answer: yes
        because: She owns it.
`

function parse(text: string): readonly Scenario[] {
  const findBase = (name: string) => (name === 'office' ? BASE : undefined)
  return parseScenarios('example', text, { catalogue: BUILT_IN_MODULES, findBase })
}

describe('a scenario file', () => {
  test('is laid over its base, null taking away', () => {
    const [scenario] = parse(SOUND)
    expect(scenario?.policy.users?.anna).toEqual({ status: 'active', profiles: ['worker'] })
    expect(scenario?.now).toBe(Date.UTC(2026, 2, 2, 9))
    expect(scenario?.records.map(({ key }) => key)).toEqual(['acme', 'coyote'])
    expect(scenario?.records[1]).toMatchObject({ values: { name: null }, lookups: { account: 'acme' } })
  })

  test('asks once for each user, action and record of a question', () => {
    const questions = parse(SOUND)[0]?.questions ?? []
    expect(questions.map(({ question }) => question)).toMatchObject([
      { user: 'anna', action: 'read', record: 'acme' },
      { user: 'anna', action: 'read', record: 'coyote' },
      { user: 'anna', action: 'update', record: 'acme' },
      { user: 'anna', action: 'update', record: 'coyote' },
    ])
    expect(questions.every(({ answer, because }) => answer === true && because === 'She owns it.')).toBe(true)
  })

  test('puts records after those they look up', () => {
    const early = SOUND.replace(
      'records:',
      'records:\n      a-child: { module: contacts, owner: "user:bea", lookups: { account: z } }',
    )
    const [scenario] = parse(early.replace('coyote:', 'z: { module: accounts, owner: "user:bea" }\n      coyote:'))
    const keys = scenario?.records.map(({ key }) => key) ?? []
    expect(keys.indexOf('z')).toBeLessThan(keys.indexOf('a-child'))
  })
})

describe('a mistake in a scenario file is told with its place', () => {
  const MISTAKES: readonly (readonly [what: string, from: string, to: string, told: RegExp])[] = [
    ['an unknown key of a scenario', 'base:', 'bases:', /bases.*no key/],
    ['an unknown base', 'base: office', 'base: home', /no base home/],
    ['an unknown section of the policy', 'policy: {', 'policy: { role: {}, ', /policy\/role/],
    ['taking away what is not there', 'role: null', 'manager: null', /manager: null takes/],
    ['an unknown kind of question', 'may:', 'might:', /might/],
    ['an unknown key of a question', 'user: anna,', 'user: anna, users: bea,', /users/],
    ['an unknown user', 'user: anna', 'user: ana', /ana.*no user/],
    ['an unknown action', 'update]', 'updat]', /updat.*no action/],
    ['an unknown record', '[acme, coyote]', '[acme, cayote]', /cayote.*no record/],
    ['an unknown field', 'coyote] }', 'coyote], field: jobTitel }', /jobTitel.*no field/],
    ['an answer that is neither yes nor no', 'answer: yes', 'answer: true', /answer.*true/],
    ['a missing answer', '        answer: yes\n', '', /answer is missing/],
    ['a missing reason', '        because: She owns it.\n', '', /because is missing/],
    ['a module for an action on a record', 'record: [acme, coyote]', 'module: accounts', /asked of a module/],
    ['an unknown owner', 'user:bea', 'user:bee', /user:bee/],
    ['an unknown module', 'module: contacts', 'module: contact', /contact.*no module/],
    ['an unknown field in a record', 'values: { name: null }', 'values: { nam: null }', /nam.*no field/],
    ['a value of the wrong type', 'values: { name: null }', 'values: { name: 7 }', /7 is no text/],
    ['a system field among the values', 'values: { name: null }', 'values: { version: 7 }', /system field/],
    [
      'a lookup among the values',
      'lookups: { account: acme }, values: { name: null }',
      'values: { account: acme }',
      /lookups/,
    ],
    ['a lookup of the wrong module', 'account: acme', 'account: coyote', /looks? up|looks up/],
    ['a doubled key', 'base: office', 'base: office\n    base: office', /unique/],
  ]
  test.each(MISTAKES)('%s', (_what, from, to, told) => {
    expect(SOUND).toContain(from)
    expect(() => parse(SOUND.replace(from, to))).toThrow(told)
  })

  test.each([
    ['a level', 'level: { user: anna, record: acme }', 'writing', /writing.*no level/],
    ['a record of another module', 'list: { user: anna, module: contacts }', '[acme]', /acme.*no record of contacts/],
    ['a filter', 'list: { user: anna, module: contacts, filter: { fild: name } }', '[]', /filter.*condition/],
    [
      'a kind of grant',
      'explain: { user: anna, action: read, record: acme }',
      '{ allowed: yes, grants: { owned: full }, caps: {} }',
      /owned.*no kind/,
    ],
    ['a field access', 'fields: { user: anna, module: accounts }', '{ name: write }', /write.*no field access/],
    ['no field at all', 'fields: { user: anna, module: accounts }', '{}', /at least one field/],
    ['a user in the answer', 'who: { action: read, record: acme }', '[ana]', /ana.*no user/],
    ['a measure', 'aggregate: { user: anna, module: accounts, measures: [total revenue] }', '[]', /total.*no measure/],
    ['a figure left out', 'aggregate: { user: anna, module: accounts, measures: [count] }', '[{}]', /count is missing/],
    [
      'a path with an unknown record',
      'request: { user: anna, method: GET, path: "/x/{akme}" }',
      '{ status: 200 }',
      /akme.*no record/,
    ],
    ['an answer key', 'request: { user: anna, method: GET, path: /x }', '{ status: 200, contain: x }', /contain/],
    [
      'a twin that is no different',
      'request: { user: anna, method: GET, path: /x }',
      '{ status: 200, sameAs: {} }',
      /different/,
    ],
    ['an instant', 'level: { user: anna, record: acme, at: 2026-03-02 }', 'read', /no instant/],
  ])('%s that is unknown or makes no sense', (_what, question, answer, told) => {
    const entry = `- ${question}\n        answer: ${answer}\n        because: It is so.\n`
    expect(() => parse(SOUND.replace(/- may[\s\S]*/, entry))).toThrow(told)
  })
})
