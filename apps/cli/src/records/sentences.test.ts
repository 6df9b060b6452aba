import { describe, expect, it } from 'vitest'
import { capSentence, grantSentence, missingSentence } from './sentences.ts'

describe('An explanation in words', () => {
  it.each([
    [{ kind: 'owner', level: 'full' }, 'owns it: full'],
    [{ kind: 'team', level: 'edit', by: 'desk' }, 'belongs to the team desk, which owns it: edit'],
    [{ kind: 'leader', level: 'full', by: 'desk' }, 'leads the team desk, which its owner is in: full'],
    [{ kind: 'member', level: 'read', by: 'desk' }, 'is in the team desk with its owner: read'],
    [{ kind: 'peer', level: 'edit', by: 'rep' }, 'has the role rep, as its owner has: edit'],
    [{ kind: 'superior', level: 'full', path: ['role:a', 'role:b'] }, 'stands above its owner (role:a > role:b): full'],
    [{ kind: 'default', level: 'read' }, 'is one of everyone, and the module is open to all: read'],
    [{ kind: 'rule', level: 'read', by: 'big' }, 'is reached by the sharing rule big: read'],
    [{ kind: 'profile', level: 'full', by: 'boss' }, 'has the profile boss, which covers the whole module: full'],
    [{ kind: 'parent', level: 'read', by: 'account' }, 'reaches what its field account leads to: read'],
  ] as const)('says what %j means', (grant, sentence) => {
    expect(grantSentence({ ...grant, path: 'path' in grant ? [...grant.path] : undefined })).toBe(sentence)
  })

  it('says until when something is shared', () => {
    const share = { with: 'user:anna', level: 'read', expiresAt: Date.parse('2026-04-01T00:00:00Z') } as const
    expect(grantSentence({ kind: 'share', level: 'read', share })).toBe(
      'has it shared with user:anna until 2026-04-01T00:00:00.000Z: read',
    )
  })

  it('says what lowers a level', () => {
    expect(capSentence({ kind: 'confidential', level: 'none' })).toBe('it is confidential: nothing is left')
    expect(capSentence({ kind: 'restriction', level: 'read', by: 'won' })).toBe(
      'the restriction rule won: at most read is left',
    )
  })

  it('says what is missing', () => {
    expect(missingSentence({ kind: 'action', module: 'deals', action: 'share' })).toBe(
      'no profile of the person grants share on deals',
    )
    expect(missingSentence({ kind: 'level', has: 'none', needs: 'edit' })).toBe('the level is none, and edit is needed')
    expect(missingSentence({ kind: 'active', status: 'suspended' })).toBe('the person is suspended')
  })
})
