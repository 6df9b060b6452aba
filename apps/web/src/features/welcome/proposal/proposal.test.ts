import { BUILT_IN_MODULES, checkDocument, compilePolicy, type PolicyDocument } from '@bailiwick/access'
import { describe, expect, it } from 'vitest'
import { type Answers, BUSINESSES, DEPARTMENTS, type Department, SIZES } from './answers.ts'
import { addPeople, jobsIn, keyFor } from './invite-people.ts'
import { propose } from './propose.ts'
import { usedModules } from './propose-modules.ts'

const EMPTY: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Westwind' },
  users: { admin: { name: 'Otto', email: 'otto@westwind.example', profiles: ['administrator'] } },
}
const SOME_DEPARTMENTS: readonly (readonly Department[])[] = [DEPARTMENTS, ['sales'], ['support'], ['marketing'], []]
const ALL: Answers[] = BUSINESSES.flatMap((business) =>
  SIZES.flatMap((size) => SOME_DEPARTMENTS.map((departments) => ({ business, size, departments }))),
)
const check = (document: PolicyDocument) =>
  checkDocument(document, { catalogue: BUILT_IN_MODULES, base: EMPTY }).problems
const companies: Answers = { business: 'companies', size: 'many', departments: DEPARTMENTS }

describe('a proposal', () => {
  it.each(ALL)('for $business, $size, $departments is a sound policy', (answers) => {
    expect(check(propose(EMPTY, answers))).toEqual([])
  })

  it.each(ALL)('for $business, $size, $departments opens no module that is not used', (answers) => {
    const used = new Set(usedModules(answers))
    const opened = Object.values(propose(EMPTY, answers).profiles ?? {}).flatMap(({ modules = {} }) =>
      Object.keys(modules),
    )
    expect(opened.filter((module) => !used.has(module))).toEqual([])
  })

  it('keeps what is there, also under the same key', () => {
    const inForce = { ...EMPTY, profiles: { sales: { name: 'Our sales', system: ['useApi'] } } } as const
    const { profiles, users } = propose(inForce, companies)
    expect(profiles?.sales).toEqual(inForce.profiles.sales)
    expect(users).toEqual(EMPTY.users)
  })

  it('leaves the many to their own records, and gives the few each other’s', () => {
    expect(propose(EMPTY, companies).modules?.deals?.sharing).toBe('none')
    expect(propose(EMPTY, { ...companies, size: 'few' }).modules?.deals?.sharing).toBe('read')
  })

  it('gives nobody but management a view of all, and nobody access to the policy', () => {
    const profiles = Object.entries(propose(EMPTY, companies).profiles ?? {})
    const seeAll = profiles.filter(([, { modules = {} }]) => Object.values(modules).some(({ viewAll }) => viewAll))
    expect(seeAll.map(([key]) => key)).toEqual(['management'])
    expect(profiles.flatMap(([, { system = [] }]) => system)).not.toContain('manageAccess')
  })
})

describe('new people', () => {
  const proposed = propose(EMPTY, companies)

  it('get the profile, the role and the team of their job, and the policy stays sound', () => {
    const { document, keys } = addPeople(proposed, [
      { name: 'Anna Virtanen', email: 'anna@westwind.example', job: 'sales' },
      { name: 'Tiina Aho', email: 'tiina@westwind.example', job: 'support-lead' },
      { name: 'Omar', email: 'omar@westwind.example', job: 'auditor' },
    ])
    expect(check(document)).toEqual([])
    expect(keys).toEqual(['anna-virtanen', 'tiina-aho', 'omar'])
    expect(document.users?.['anna-virtanen']).toMatchObject({ role: 'sales', profiles: ['sales'] })
    expect(document.users?.omar).not.toHaveProperty('role')
    expect(document.teams?.sales?.members).toEqual(['anna-virtanen'])
    expect(document.teams?.support?.leaders).toEqual(['tiina-aho'])
    const policy = compilePolicy(document, BUILT_IN_MODULES)
    expect(policy.users.get('anna-virtanen')?.profiles.map(({ key }) => key)).toEqual(['sales'])
  })

  it('of one name get keys of their own', () => {
    const twice = { name: 'Åsa Öberg', email: 'asa@westwind.example', job: 'sales' } as const
    expect(addPeople(proposed, [twice, { ...twice, email: 'asa2@westwind.example' }]).keys).toEqual([
      'asa-oberg',
      'asa-oberg-2',
    ])
  })

  it.each([
    ['نور', 'noor@westwind.example', 'noor'],
    ['王芳', '123@westwind.example', 'person'],
    ['3rd Desk', 'x@westwind.example', 'rd-desk'],
    ['A'.repeat(300), 'x@westwind.example', 'a'.repeat(50)],
  ])('%s has a key that a policy takes', (name, email, key) => {
    expect(keyFor({ name, email }, new Set())).toBe(key)
  })

  it('can have the jobs that the policy has profiles for', () => {
    expect(jobsIn(EMPTY)).toEqual([])
    expect(jobsIn(propose(EMPTY, { ...companies, departments: ['marketing'] }))).toEqual([
      'marketing',
      'management',
      'data-entry',
      'auditor',
    ])
  })
})
