import { describe, expect, it } from 'vitest'
import { BUILT_IN_MODULES } from '../built-in/index.ts'
import { compilePolicy } from '../compile-policy.ts'
import type { PolicyDocument, RestrictionRuleDefinition, SharingRuleDefinition } from '../document.ts'
import { lintRules } from './lint-rules.ts'

const COMPANY: PolicyDocument = {
  bailiwick: 1,
  roles: { head: {}, rep: { parent: 'head' }, empty: {} },
  users: {
    anna: { role: 'rep' },
    mikko: { role: 'head' },
    tiina: {},
    omar: { status: 'suspended' },
  },
}

function found(
  sharing: Readonly<Record<string, Omit<SharingRuleDefinition, 'module'>>>,
  restricting: Readonly<Record<string, Omit<RestrictionRuleDefinition, 'module'>>> = {},
): string[] {
  const inAccounts = <Rule extends object>(rules: Readonly<Record<string, Rule>>) =>
    Object.fromEntries(Object.entries(rules).map(([key, rule]) => [key, { ...rule, module: 'accounts' }]))
  const document = { ...COMPANY, sharingRules: inAccounts(sharing), restrictionRules: inAccounts(restricting) }
  const findings = lintRules(compilePolicy(document, BUILT_IN_MODULES))
  return findings.map(({ path, kind, by }) => [kind, path, ...by.map((one) => one.by ?? one.kind)].join(' '))
}

const FINNISH = { field: 'country', op: 'eq', value: 'FI' } as const

describe('A rule', () => {
  it('that does something is not found', () => {
    expect(found({ north: { ownedBy: ['role:rep'], with: ['user:tiina'], level: 'read' } })).toEqual([])
  })

  it('is dead where it is with nobody active, or by no owner', () => {
    expect(
      found({
        late: { with: ['user:omar'], level: 'read' },
        none: { ownedBy: ['role:empty'], with: ['user:tiina'], level: 'read' },
      }),
    ).toEqual(['dead /sharingRules/late', 'dead /sharingRules/none'])
  })

  it('is dead where everybody lacks the attribute that its condition asks for', () => {
    const when = { field: 'country', op: 'eq', value: { user: 'country' } } as const
    expect(found({ own: { when, with: ['everyone'], level: 'read' } })).toEqual(['dead /sharingRules/own'])
  })

  it('is shadowed where those it is with stand above the owners', () => {
    expect(found({ up: { ownedBy: ['role:rep'], with: ['role:head'], level: 'edit' } })).toEqual([
      'shadowed /sharingRules/up superior',
    ])
  })

  it('is shadowed by a wider rule, and by none that asks for more or gives less', () => {
    const wide = { with: ['everyone'], level: 'edit' } as const
    const narrow = { when: FINNISH, with: ['user:tiina'], level: 'read' } as const
    expect(found({ wide, narrow })).toEqual(['shadowed /sharingRules/narrow wide'])
    expect(found({ wide: { ...wide, when: FINNISH }, narrow: { with: ['user:tiina'], level: 'read' } })).toEqual([])
    expect(found({ wide: { ...wide, level: 'read' }, narrow: { ...narrow, level: 'full' } })).toEqual([])
  })

  it('contradicts a restriction that takes all of it', () => {
    const finns = { when: FINNISH, with: ['user:tiina'], level: 'read' } as const
    const hidden = { for: ['user:tiina'], when: FINNISH, level: 'none' } as const
    expect(found({ finns }, { hidden })).toEqual(['contradicting /sharingRules/finns hidden'])
    expect(found({ finns }, { hidden: { ...hidden, level: 'read' } })).toEqual([])
    expect(found({ finns: { ...finns, with: ['user:tiina', 'user:anna'] } }, { hidden })).toEqual([])
  })

  it('that restricts contradicts itself where it excepts everybody it is for', () => {
    const nobody = { for: ['role:rep'], except: ['user:anna'], level: 'none' } as const
    expect(found({}, { nobody })).toEqual(['contradicting /restrictionRules/nobody'])
  })

  it('that restricts is shadowed by one that restricts more', () => {
    const some = { for: ['user:anna'], when: FINNISH, level: 'read' } as const
    expect(found({}, { some, all: { for: ['everyone'], level: 'none' } })).toEqual([
      'shadowed /restrictionRules/some all',
    ])
  })
})
