import { BUILT_IN_MODULES, checkDocument, compilePolicy, type PolicyDocument } from '@bailiwick/access'
import { describe, expect, it } from 'vitest'
import { checkInvariants } from '../policy/policy-invariants.ts'
import { runPolicyTests } from '../policy/policy-tests.ts'
import { readDemoPolicy, readMavenFiles } from './demo-files.ts'
import { keyOf } from './demo-record.ts'
import { loadMaven } from './load-maven.ts'

const { problems, document } = checkDocument(readDemoPolicy(), { catalogue: BUILT_IN_MODULES })
const asking = { now: Date.parse('2026-11-23T16:00:00Z') }

function whole(): PolicyDocument {
  if (!document) throw new Error('The demonstration policy has problems.')
  return document
}

function owners(): Set<string> {
  const { accounts, deals } = loadMaven(readMavenFiles())
  return new Set([...accounts, ...deals].map((record) => record.owner.slice('user:'.length)))
}

describe("the demonstration's policy", () => {
  it('is a document without problems', () => {
    expect(problems).toEqual([])
  })

  it('holds its tests', async () => {
    const results = await runPolicyTests(compilePolicy(whole(), BUILT_IN_MODULES), asking, async () => undefined)
    expect(results.length).toBeGreaterThan(40)
    expect(results.filter((result) => !result.passed)).toEqual([])
  })

  it('holds its invariants', () => {
    const results = checkInvariants(compilePolicy(whole(), BUILT_IN_MODULES))
    expect(results).toHaveLength(5)
    expect(results.filter((result) => !result.holds)).toEqual([])
  })

  it('would notice a rule too many', async () => {
    const sharingRules = {
      ...whole().sharingRules,
      wide: {
        module: 'deals',
        with: ['everyone'],
        level: 'read' as const,
        when: { field: 'stage', op: 'isNotEmpty' as const },
      },
    }
    const wider = compilePolicy({ ...whole(), sharingRules }, BUILT_IN_MODULES)
    const failed = (await runPolicyTests(wider, asking, async () => undefined)).filter((result) => !result.passed)
    expect(failed.map((result) => result.test)).toContain('management-counts-and-opens-nothing')
  })

  it('has everyone of the company: 35 agents under 6 managers in 3 offices, each in his team', () => {
    const { users = {}, teams = {} } = whole()
    const rows = readMavenFiles()
      .teams.trim()
      .split(/\r?\n/)
      .slice(1)
      .map((row) => row.split(','))
    expect(rows).toHaveLength(35)
    for (const [agent = '', manager = '', office = ''] of rows) {
      const user = users[keyOf(agent)]
      expect(user).toMatchObject({ name: agent, role: `${office.toLowerCase()}-agent`, manager: keyOf(manager) })
      expect(users[keyOf(manager)]).toMatchObject({ name: manager, role: `${office.toLowerCase()}-manager` })
      const team = Object.values(teams).find((candidate) => candidate.leaders?.includes(keyOf(manager)))
      expect(team?.members).toContain(keyOf(agent))
    }
  })

  it('knows every owner of a record', () => {
    for (const owner of owners()) expect(whole().users?.[owner]?.status ?? 'active').toBe('active')
    expect(owners().size).toBe(30)
  })

  it('shows every kind of sharing rule', () => {
    const rules = Object.values(whole().sharingRules ?? {})
    const kinds = rules.map((rule) => [rule.ownedBy && 'ownedBy', rule.when && 'when'].filter(Boolean).join('+'))
    expect(new Set(kinds)).toEqual(new Set(['ownedBy', 'when', 'ownedBy+when']))
    const grantees = rules.flatMap((rule) => rule.with).map((principal) => principal.split(':')[0])
    expect(new Set(grantees)).toEqual(new Set(['everyone', 'group', 'role', 'role+', 'team', 'user']))
  })

  it('lets everybody but the night shift sign in at any hour', () => {
    const limited = Object.entries(whole().profiles ?? {}).filter(([, profile]) => profile.signIn || profile.networks)
    expect(limited.map(([key]) => key)).toEqual(['support-night'])
    const nightly = Object.entries(whole().users ?? {}).filter(([, user]) => user.profiles?.includes('support-night'))
    expect(nightly.map(([key]) => key)).toEqual(['ravi-menon'])
  })
})
