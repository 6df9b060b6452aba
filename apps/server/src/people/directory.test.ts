import { describe, expect, it } from 'vitest'
import { nordwindPolicy, testOffice } from '../testing/test-office.ts'

const office = await testOffice()
await office.apply('nordwind', {
  ...nordwindPolicy(),
  roles: { head: { name: { en: 'Head of sales', fi: 'Myyntijohtaja' } }, rep: { parent: 'head' } },
  users: {
    ...nordwindPolicy().users,
    anna: { name: 'Anna Ståhl', email: 'anna@nordwind.example', role: 'head', profiles: ['sales'] },
    annika: { name: 'Annika Stahl', profiles: ['sales'], status: 'suspended' },
    hanna: { name: 'Hanna', profiles: ['sales'], role: 'rep' },
  },
  teams: { desk: { name: 'Änna’s desk', leaders: ['anna'], members: ['hanna'] } },
  groups: { deal: { name: 'Deal desk', members: ['team:desk'] } },
})

const ask = (user: string, query: string) =>
  office.network.inject({
    url: `/api/v1/directory?${query}`,
    headers: { authorization: `Bearer ${office.keyOf(user)}` },
  })
const refsOf = async (user: string, query: string) =>
  (await ask(user, query)).json<{ items: { ref: string }[] }>().items.map(({ ref }) => ref)

describe('the directory', () => {
  it('finds by name and key, whatever the case and the accents: active users first, and first those who begin so', async () => {
    expect(await refsOf('anna', 'q=ANNA')).toEqual(['user:anna', 'team:desk', 'user:hanna'])
    expect(await refsOf('anna', 'q=stahl&kind=user')).toEqual(['user:anna', 'user:annika'])
    expect(await refsOf('anna', `q=${encodeURIComponent('ann ståh')}`)).toEqual(['user:anna', 'user:annika'])
    expect(await refsOf('anna', 'q=annika%20nobody')).toEqual([])
  })

  it('says who somebody is, in every language of his role, and whether he is active', async () => {
    expect((await ask('hanna-is-nobody', 'q=a')).statusCode).toBe(401)
    const { items } = (
      await ask('anna', 'ref=user:anna&ref=user:annika&ref=role%2B:head&ref=team:desk&ref=group:deal')
    ).json()
    expect(items).toEqual([
      {
        ref: 'user:anna',
        kind: 'user',
        name: 'Anna Ståhl',
        detail: { en: 'Head of sales', fi: 'Myyntijohtaja' },
        active: true,
      },
      { ref: 'user:annika', kind: 'user', name: 'Annika Stahl', active: false },
      { ref: 'role+:head', kind: 'role', name: { en: 'Head of sales', fi: 'Myyntijohtaja' }, active: true },
      { ref: 'team:desk', kind: 'team', name: 'Änna’s desk', active: true },
      { ref: 'group:deal', kind: 'group', name: 'Deal desk', active: true },
    ])
  })

  it('leaves out whom it doesn’t have, and is of one organization', async () => {
    expect(await refsOf('anna', 'ref=user:nobody&ref=everyone&ref=x&ref=team:anna&ref=user:olli')).toEqual([
      'user:olli',
    ])
    expect(await refsOf('sudwind/admin', 'q=anna')).toEqual([])
  })

  it('gives no address away, nor finds anybody by one', async () => {
    const { payload } = await ask('anna', 'limit=100')
    expect(payload).toContain('user:anna')
    expect(payload).not.toContain('@')
    expect(payload).not.toContain('profiles')
    expect(await refsOf('anna', 'q=nordwind.example')).toEqual([])
  })

  it('takes the kinds and as many as are asked for, and nothing else', async () => {
    expect(await refsOf('anna', 'kind=team,group')).toEqual(['team:desk', 'group:deal'])
    expect(await refsOf('anna', 'limit=2')).toHaveLength(2)
    expect(
      (await ask('anna', 'kind=user,profile&limit=0')).json().errors.map(({ path }: { path: string }) => path),
    ).toEqual(['/limit', '/kind'])
  })
})
