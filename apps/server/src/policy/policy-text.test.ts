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

  it('sets no prototype', () => {
    const read = readPolicyText('__proto__: { polluted: true }\nbailiwick: 1')
    expect(Object.getPrototypeOf('input' in read ? read.input : undefined)).toBe(Object.prototype)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

function bomb(): string {
  const levels = 'bcdefghij'.split('').map((name, at) => `${name}: &${name} [${`*${'abcdefghi'[at]},`.repeat(9)}]`)
  return ['a: &a [x]', ...levels].join('\n')
}
