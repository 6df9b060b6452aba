import { describe, expect, it } from 'vitest'
import { nordwindPolicy, testOffice } from '../testing/test-office.ts'

/** Anna sells, and sees no tax numbers, and phones masked; Nora has contacts alone; Ada administers. */
const office = await testOffice()
await office.apply('nordwind', {
  ...nordwindPolicy(),
  profiles: {
    sales: {
      system: ['useApi'],
      modules: {
        accounts: { actions: ['create', 'read'], fields: { taxNumber: 'hidden', phone: 'masked' } },
        contacts: { actions: ['create', 'read'] },
      },
    },
    people: { system: ['useApi'], modules: { contacts: { actions: ['create', 'read'] } } },
  },
  users: {
    admin: { name: 'Ada', profiles: ['administrator'] },
    anna: { name: 'Anna', profiles: ['sales'] },
    nora: { name: 'Nora', profiles: ['people'] },
  },
})

const ask = (user: string, method: 'GET' | 'POST', url: string, body?: object) =>
  office.network.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${office.keyOf(user)}` },
    ...(body && { body }),
  })
const make = async (user: string, module: string, body: object) => {
  const made = await ask(user, 'POST', `/records/${module}`, body)
  expect(made.statusCode, made.payload).toBe(201)
  return made.json<{ id: string }>().id
}
interface Group {
  readonly module: string
  readonly items: readonly { readonly id: string; readonly title: string }[]
}
const search = async (user: string, query: string) =>
  (await ask(user, 'GET', `/search?${query}`)).json<{ groups: Group[] }>().groups
const titles = async (user: string, query: string) =>
  (await search(user, query)).map(({ module, items }) => [module, ...items.map(({ title }) => title)])

const shared = { with: 'user:anna', level: 'read' }
const acme = await make('anna', 'accounts', { name: 'Acme Windmills', email: 'info@acme.example' })
await make('admin', 'accounts', { owner: 'user:anna', name: 'Great Acme', phone: '+358 40 7654321' })
await make('anna', 'accounts', { name: 'Bolts', website: 'https://bolts.acme.example' })
await make('anna', 'contacts', { name: 'Acmeson', email: 'ida@acme.example' })
const adas = await make('admin', 'accounts', { name: 'Acme Secret', taxNumber: 'FIACME' })
const read = await make('admin', 'accounts', { name: 'Winder', taxNumber: 'ACME-77', phone: '+46 55512345' })
await ask('admin', 'POST', `/records/accounts/${read}/shares`, shared)

describe('search', () => {
  it('finds in each module, titles that begin so first, then titles, then the rest, by a word as far as it is typed', async () => {
    expect(await titles('anna', 'q=acm&modules=accounts')).toEqual([
      ['accounts', 'Acme Windmills', 'Great Acme', 'Bolts'],
    ])
    expect((await titles('anna', 'q=acm')).map(([module]) => module)).toEqual(['accounts', 'contacts'])
    expect(await titles('anna', 'q=ACME%20wind')).toEqual([['accounts', 'Acme Windmills']])
    expect(await titles('anna', 'q=wind&limit=1')).toEqual([['accounts', 'Winder']])
    expect(await titles('anna', 'q=mills%20acme')).toEqual([['accounts', 'Acme Windmills']])
    expect(await titles('anna', 'q=%20')).toEqual([])
  })

  it('says what tells a record apart, and the level on it', async () => {
    const [group] = await search('anna', 'q=acme%20windmills')
    expect(group?.items).toEqual([{ id: acme, title: 'Acme Windmills', subtitle: 'info@acme.example', access: 'full' }])
    const [other] = await search('anna', 'q=winder')
    expect(other?.items).toEqual([{ id: read, title: 'Winder', access: 'read' }])
  })

  it('finds no record that one doesn’t read, nor by a field that is hidden or masked', async () => {
    for (const q of ['acme', 'acme%20s', 'fiacme', 'secret']) {
      expect(JSON.stringify(await search('anna', `q=${q}`)), q).not.toContain(adas)
    }
    for (const q of ['acme-77', '55512345', '7654321']) expect(await search('anna', `q=${q}`), q).toEqual([])
    expect(await titles('admin', 'q=acme-77')).toEqual([['accounts', 'Winder']])
    expect(await search('sudwind/admin', 'q=acme')).toEqual([])
  })

  it('has no module that one doesn’t read, asked for or not', async () => {
    expect((await titles('nora', 'q=acme&modules=accounts,contacts,nowhere')).map(([module]) => module)).toEqual([])
    await make('nora', 'contacts', { name: 'Acmeberg' })
    expect(await titles('nora', 'q=acme&modules=accounts,contacts,nowhere')).toEqual([['contacts', 'Acmeberg']])
    const [unseen, nowhere] = [
      await ask('nora', 'GET', '/search?q=a&modules=accounts'),
      await ask('nora', 'GET', '/search?q=a&modules=nowhere'),
    ]
    expect(unseen.payload).toBe(nowhere.payload)
  })

  it.each([
    ['q=a&limit=0', '/limit'],
    ['q=a&limit=21', '/limit'],
    [`q=${'a'.repeat(201)}`, '/q'],
    ['limit=2', '/q'],
  ])('%s is refused', async (query, path) => {
    const answer = await ask('anna', 'GET', `/search?${query}`)
    expect(answer.statusCode).toBe(422)
    expect(answer.json().errors[0].path).toBe(path)
  })
})

describe('duplicates', () => {
  const duplicates = async (user: string, values: object, more: object = {}) => {
    const answer = await ask(user, 'POST', '/records/accounts/duplicates', { values, ...more })
    expect(answer.statusCode, answer.payload).toBe(200)
    return answer.json<{ items: { id: string; title: string; matched: string[] }[] }>().items
  }

  it('are found by title without what companies end with, by address, by digits and by host, and which it was is said', async () => {
    const id = await make('admin', 'accounts', {
      name: 'Tuuli Oy',
      email: 'Info@Tuuli.example',
      phone: '+358 (0)40 123 4567',
      website: 'https://www.tuuli.example/etusivu',
    })
    const found = (matched: string[]) => [{ id, title: 'Tuuli Oy', access: 'full', matched }]
    expect(await duplicates('admin', { name: ' TUULI ab. ' })).toEqual(found(['name']))
    expect(await duplicates('admin', { name: 'Tuuli' })).toEqual(found(['name']))
    expect(await duplicates('admin', { name: 'Tuulia Oy' })).toEqual([])
    expect(await duplicates('admin', { email: 'info@tuuli.EXAMPLE' })).toEqual(found(['email']))
    expect(await duplicates('admin', { phone: '040-1234567' })).toEqual(found(['phone']))
    expect(await duplicates('admin', { phone: '4567' })).toEqual([])
    expect(await duplicates('admin', { website: 'tuuli.example' })).toEqual(found(['website']))
    expect(await duplicates('admin', { website: 'http://tuuli.example.net' })).toEqual([])
    expect((await duplicates('admin', { name: 'Tuuli', website: 'tuuli.example' }))[0]?.matched.sort()).toEqual([
      'name',
      'website',
    ])
    expect(await duplicates('admin', { name: 'Tuuli' }, { exceptId: id })).toEqual([])
    expect(await duplicates('admin', { name: '', email: 7, nothing: 'x' })).toEqual([])
  })

  it('are found by what tells a company from all others, however it is written', async () => {
    const id = await make('admin', 'accounts', { name: 'Kaarna', taxNumber: 'FI-1234567-8' })
    expect(await duplicates('admin', { taxNumber: 'fi 12345678' })).toMatchObject([{ id, matched: ['taxNumber'] }])
    expect(await duplicates('admin', { taxNumber: 'FI 1234567' })).toEqual([])
    expect(await duplicates('admin', { taxNumber: '-.-' })).toEqual([])
    expect(await duplicates('anna', { taxNumber: 'FI-1234567-8' })).toEqual([])
  })

  it('are none of what one doesn’t read, nor by a field that is hidden, masked or not there', async () => {
    expect(await duplicates('anna', { name: 'Acme Secret' })).toEqual([])
    expect(await duplicates('anna', { phone: '+46 55512345', taxNumber: 'ACME-77' })).toEqual([])
    expect((await duplicates('anna', { name: 'Winder', phone: '+46 55512345' }))[0]?.matched).toEqual(['name'])
    const [unseen, nowhere] = [
      await ask('nora', 'POST', '/records/accounts/duplicates', { values: { name: 'Winder' } }),
      await ask('nora', 'POST', '/records/nowhere/duplicates', { values: { name: 'Winder' } }),
    ]
    expect([unseen.statusCode, unseen.payload]).toEqual([404, nowhere.payload])
  })
})
