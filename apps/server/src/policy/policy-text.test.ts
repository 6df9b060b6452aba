import type { PolicyDocument } from '@bailiwick/access'
import { describe, expect, it } from 'vitest'
import { readPolicyText, writePolicyText } from './policy-text.ts'

const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind: "Öst" #1', timeZone: 'Europe/Helsinki' },
  profiles: {
    sales: { name: { en: 'Sales', no: 'Salg', ar: 'مبيعات' }, signIn: [{ days: ['mon'], from: '07:00', to: '19:00' }] },
  },
  users: {
    yes: { name: 'null', attributes: { region: '007', level: 7, on: true, tilde: '~', long: 'x '.repeat(200) } },
  },
  sharingRules: {
    r: { module: 'deals', when: { field: 'amount', op: 'gte', value: 1e5 }, with: ['everyone'], level: 'read' },
  },
}

describe('A policy as text', () => {
  it('is read back as it was written', () => {
    expect(readPolicyText(writePolicyText(DOCUMENT))).toEqual({ input: DOCUMENT })
  })

  it('keeps the order of keys', () => {
    const read = readPolicyText(writePolicyText({ bailiwick: 1, users: { zoe: {}, adam: {} } }))
    expect(JSON.stringify(read)).toBe('{"input":{"bailiwick":1,"users":{"zoe":{},"adam":{}}}}')
  })

  it('may be JSON', () => {
    expect(readPolicyText(JSON.stringify(DOCUMENT))).toEqual({ input: DOCUMENT })
  })

  it.each([
    ['a key that stands twice', 'users: {}\nusers: {}'],
    ['text that is no YAML', 'users: [}'],
    ['anchors that multiply', bomb()],
  ])('is refused with a problem where it holds %s', (_what, text) => {
    expect(readPolicyText(text)).toMatchObject({ problems: [{ path: '' }] })
  })

  it.each([
    ['itself', 'a: &a [*a, *a]\nb: *a', { path: '/a/0', message: 'It holds itself.' }],
    ['more than may be sent, once anchors are written out', swollen(), { path: '', message: /^It is longer than/ }],
    ['steps without end', staircase(), { path: /^\/s\d+(\/0)+$/, message: 'It nests deeper than 64 levels.' }],
    ['a number that is none', 'users: { anna: .nan }', { path: '/users/anna', message: /^It is NaN/ }],
    ['bytes', 'users: !!binary aGVsbG8=', { path: '', message: /^Unresolved tag/ }],
  ])('is refused where it holds %s', (_what, text, { path, message }) => {
    const problem = {
      path: expect.stringMatching(path),
      message: expect.stringMatching(message),
      cure: expect.any(String),
    }
    expect(readPolicyText(text)).toEqual({ problems: [problem] })
  })

  it('may repeat a part by an anchor', () => {
    const text = 'users: { anna: &seller { profile: sales }, mikko: *seller }'
    expect(readPolicyText(text)).toEqual({
      input: { users: { anna: { profile: 'sales' }, mikko: { profile: 'sales' } } },
    })
  })

  it('sets no prototype', () => {
    const read = readPolicyText('__proto__: { polluted: true }\nbailiwick: 1')
    expect(Object.getPrototypeOf('input' in read ? read.input : undefined)).toBe(Object.prototype)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

/** A megabyte, and as many repetitions of it as may be. */
function swollen(): string {
  return `a: &a ["${'x'.repeat(1024 * 1024)}"]\nb: [${'*a, '.repeat(90)}]`
}

/** Every line holds the one before: deeper as a value than as a text. */
function staircase(): string {
  const flights = Array.from(
    { length: 5 },
    (_, at) => `s${at + 1}: &s${at + 1} ${'['.repeat(20)}*s${at}${']'.repeat(20)}`,
  )
  return ['s0: &s0 [x]', ...flights].join('\n')
}

function bomb(): string {
  const levels = 'bcdefghij'.split('').map((name, at) => `${name}: &${name} [${`*${'abcdefghi'[at]},`.repeat(9)}]`)
  return ['a: &a [x]', ...levels].join('\n')
}
