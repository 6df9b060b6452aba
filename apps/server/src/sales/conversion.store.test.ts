import { describe, expect, it } from 'vitest'
import { NO_RECORD, salesOffice } from './sales-fixture.ts'

const { get, post, patch, make, share, ask } = await salesOffice()

const LEAD = {
  name: 'Ida Berg',
  firstName: 'Ida',
  lastName: 'Berg',
  company: 'Berg & Co',
  email: 'ida@berg.example',
  phone: '+358 9 1',
  website: 'berg.example',
  employees: 12,
  source: 'Webinar',
  street: 'Kaivokatu 1',
  country: 'Finland',
}
const NEW = { create: {} }
const convert = (who: Parameters<typeof post>[0], lead: string, body: object, version?: number) =>
  post(who, `leads/${lead}/convert`, { ...body }, version)
const counts = async () =>
  Promise.all(
    ['accounts', 'contacts', 'deals'].map(
      async (module) => (await get('admin', `${module}?count=exact&limit=1`)).json().count.value,
    ),
  )

describe('converting a lead', () => {
  it('makes an account, a contact and a deal that know each other, and says so in the lead', async () => {
    const lead = await make('anna', 'leads', LEAD)
    const answer = await convert('anna', lead, { account: NEW, contact: NEW, deal: { create: { amount: 5000 } } }, 1)
    expect(answer.statusCode).toBe(201)
    const made = answer.json()
    expect(made.account.record).toMatchObject({
      name: 'Berg & Co',
      phone: '+358 9 1',
      employees: 12,
      billingStreet: 'Kaivokatu 1',
      source: 'Webinar',
      owner: 'user:anna',
    })
    expect(made.contact.record).toMatchObject({
      name: 'Ida Berg',
      email: 'ida@berg.example',
      account: made.account.id,
      mailingCountry: 'Finland',
    })
    expect(made.deal.record).toMatchObject({
      name: 'Berg & Co',
      amount: 5000,
      account: made.account.id,
      contact: made.contact.id,
    })
    expect(made.lead.record).toMatchObject({
      version: 2,
      status: 'Converted',
      converted: true,
      convertedAt: new Date().toISOString().slice(0, 10),
      convertedAccount: made.account.id,
      convertedContact: made.contact.id,
      convertedDeal: made.deal.id,
    })
    expect(made.activities).toEqual({ linked: 0, notLinked: 0 })
    const [entry] = (await get('anna', `leads/${lead}/history`)).json().items
    expect(entry).toMatchObject({ action: 'update', version: 2 })
    expect(entry.changes).toContainEqual({ field: 'convertedDeal', before: null, after: made.deal.id })
  })

  it('copies what is read and may be written, and nothing else', async () => {
    const secret = { mobile: '+358 50 12345', industry: 'Cnry', fax: '+358 9 2', revenue: 9, rating: 'Hot' }
    const lead = await make('admin', 'leads', { ...LEAD, ...secret })
    await share('admin', `leads/${lead}`, 'anna', 'full')
    const preview = (await get('anna', `leads/${lead}/convert`)).json()
    expect(preview.proposed.account).toMatchObject({ name: 'Berg & Co', fax: '+358 9 2' })
    for (const key of ['industry', 'revenue', 'rating']) expect(preview.proposed.account).not.toHaveProperty(key)
    for (const key of ['mobile', 'fax']) expect(preview.proposed.contact).not.toHaveProperty(key)
    const made = (await convert('anna', lead, { account: NEW, contact: NEW })).json()
    expect(made.deal).toBeNull()
    const account = (await get('admin', `accounts/${made.account.id}`)).json()
    expect(account).toMatchObject({ industry: null, revenue: null, rating: null, fax: '+358 9 2' })
    expect((await get('admin', `contacts/${made.contact.id}`)).json()).toMatchObject({ mobile: null, fax: null })
  })

  it('copies no lookup of a record that one does not read', async () => {
    const product = await make('admin', 'products', { name: 'Secret' })
    const lead = await make('admin', 'leads', { ...LEAD, product })
    await share('admin', `leads/${lead}`, 'anna', 'full')
    expect((await get('anna', `leads/${lead}/convert`)).json().proposed.deal).not.toHaveProperty('product')
    const made = (await convert('anna', lead, { contact: NEW, deal: NEW })).json()
    expect((await get('admin', `deals/${made.deal.id}`)).json().product).toBeNull()
  })

  it('joins what is there, filling only what is empty and only where that may be changed', async () => {
    const account = await make('anna', 'accounts', { name: 'Berg Group', phone: '112' })
    const contact = await make('admin', 'contacts', { name: 'I. Berg' })
    await share('admin', `contacts/${contact}`, 'anna', 'read')
    const lead = await make('anna', 'leads', LEAD)
    const refused = await convert('anna', lead, { account: { id: account }, contact: { id: contact, fill: true } })
    expect([refused.statusCode, refused.json().detail]).toEqual([403, expect.stringContaining('"update" needs "edit"')])
    const answer = await convert('anna', lead, { account: { id: account, fill: true }, contact: { id: contact } })
    expect(answer.statusCode).toBe(201)
    expect((await get('anna', `accounts/${account}`)).json()).toMatchObject({
      name: 'Berg Group',
      phone: '112',
      employees: 12,
    })
    expect((await get('admin', `contacts/${contact}`)).json()).toMatchObject({ version: 1, email: null, account: null })
    expect(answer.json().lead.record).toMatchObject({ convertedAccount: account, convertedContact: contact })
  })

  it('is done once: the second time says what came of it, as far as that is seen', async () => {
    const lead = await make('anna', 'leads', LEAD)
    const made = (await convert('anna', lead, { account: NEW, contact: NEW })).json()
    const again = await convert('anna', lead, { account: NEW, contact: NEW })
    expect(again.statusCode).toBe(409)
    expect(again.json().errors).toEqual([
      { path: '/account', message: `accounts/${made.account.id}` },
      { path: '/contact', message: `contacts/${made.contact.id}` },
    ])
    await share('admin', `leads/${lead}`, 'wendy', 'full')
    const blind = await convert('wendy', lead, { contact: NEW })
    expect([blind.statusCode, blind.json().errors]).toEqual([409, []])
    expect((await get('wendy', `leads/${lead}/convert`)).json()).toMatchObject({
      converted: { account: null, contact: null, deal: null },
    })
  })

  it('happens to one of two who try at once', async () => {
    const lead = await make('anna', 'leads', LEAD)
    const before = await counts()
    const answers = await Promise.all([1, 2, 3].map(() => convert('anna', lead, { account: NEW, contact: NEW })))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409, 409])
    const [accounts, contacts] = await counts()
    expect([accounts, contacts]).toEqual([before[0] + 1, before[1] + 1])
  })

  it('leaves nothing behind where a part of it is refused', async () => {
    const lead = await make('anna', 'leads', LEAD)
    const before = await counts()
    const wrong = await convert('anna', lead, {
      account: NEW,
      contact: { create: { email: 'no address', nothing: 1 } },
    })
    expect(wrong.statusCode).toBe(422)
    expect(wrong.json().errors).toEqual([
      { path: '/contact/create/email', message: 'must be an e-mail address' },
      { path: '/contact/create/nothing', message: 'there is no field "nothing"' },
    ])
    const all = await convert('admin', lead, {
      account: { create: { nothing: 1 } },
      contact: { id: NO_RECORD },
      deal: { create: { owner: 'user:nobody' } },
    })
    expect(all.json().errors.map(({ path }: { path: string }) => path)).toEqual([
      '/account/create/nothing',
      '/contact/id',
      '/deal/create/owner',
    ])
    const given = await convert('anna', lead, { account: NEW, contact: NEW, owner: 'user:nora' })
    expect([given.statusCode, given.json().detail]).toEqual([403, expect.stringContaining('"transfer" on accounts')])
    expect((await convert('anna', lead, { account: NEW, contact: NEW }, 7)).statusCode).toBe(412)
    expect(await counts()).toEqual(before)
    expect((await get('anna', `leads/${lead}`)).json()).toMatchObject({ version: 1, converted: null })
  })

  it('takes a record that is hidden for one that is not there, and a closed module for none', async () => {
    const account = await make('admin', 'accounts', { name: 'Hidden' })
    const lead = await make('anna', 'leads', LEAD)
    const hidden = await convert('anna', lead, { account: { id: account }, contact: NEW })
    const missing = await convert('anna', lead, { account: { id: NO_RECORD }, contact: NEW })
    expect([hidden.statusCode, hidden.payload]).toEqual([422, missing.payload])
    const own = await make('wendy', 'leads', LEAD)
    const closed = await convert('wendy', own, { account: NEW, contact: NEW })
    expect(closed.json().errors).toEqual([{ path: '/account', message: 'names a module that is not there' }])
    expect((await get('wendy', `leads/${own}/convert`)).json()).toMatchObject({
      missing: [],
      proposed: { account: null, deal: null, contact: { name: 'Ida Berg' } },
    })
  })

  it('of a lead that is not seen is that of none, and for whom may only read it is refused with the reason', async () => {
    const lead = await make('admin', 'leads', LEAD)
    const none = await get('anna', `leads/${NO_RECORD}/convert`)
    expect([none.statusCode, (await get('anna', `leads/${lead}/convert`)).payload]).toEqual([404, none.payload])
    const posted = await convert('anna', lead, { contact: NEW })
    expect([posted.statusCode, posted.payload]).toEqual([404, none.payload])
    await share('admin', `leads/${lead}`, 'anna', 'read')
    expect((await convert('anna', lead, { contact: NEW })).statusCode).toBe(403)
    expect((await get('anna', `leads/${lead}/convert`)).json()).toMatchObject({
      mayConvert: false,
      missing: [{ module: 'leads' }],
    })
    await share('admin', `leads/${lead}`, 'olli', 'full')
    const unmarked = await convert('olli', lead, { contact: NEW })
    expect([unmarked.statusCode, unmarked.json().detail]).toEqual([
      403,
      'You may not change everything that a conversion sets.',
    ])
    await share('admin', `leads/${lead}`, 'nora', 'full')
    const { missing } = (await get('nora', `leads/${lead}/convert`)).json()
    expect(missing.map(({ module }: { module: string }) => module)).toEqual(['leads', 'leads', 'accounts', 'contacts'])
  })

  it('links the activities of the lead that may be changed, and counts those that may not', async () => {
    const lead = await make('anna', 'leads', LEAD)
    await make('anna', 'activities', { subject: 'Call', lead })
    const theirs = await make('admin', 'activities', { subject: 'Mail', lead })
    await share('admin', `activities/${theirs}`, 'anna', 'read')
    await make('admin', 'activities', { subject: 'Secret', lead })
    const made = (await convert('anna', lead, { account: NEW, contact: NEW })).json()
    expect(made.activities).toEqual({ linked: 1, notLinked: 1 })
    const filter = encodeURIComponent(JSON.stringify({ field: 'lead', op: 'eq', value: lead }))
    const { items } = (await get('admin', `activities?filter=${filter}&sort=subject`)).json()
    expect(items).toMatchObject([
      { subject: 'Call', account: made.account.id, contact: made.contact.id, version: 2 },
      { subject: 'Mail', account: null, version: 1 },
      { subject: 'Secret', account: null, version: 1 },
    ])
  })

  it('names possible duplicates among what is read', async () => {
    const company = 'Twice Oy'
    const seen = await make('anna', 'accounts', { name: 'TWICE oy' })
    await make('admin', 'accounts', { name: company })
    const contact = await make('anna', 'contacts', { name: 'Somebody', email: 'twice@berg.example' })
    const lead = await make('anna', 'leads', { ...LEAD, company, email: 'twice@berg.example' })
    const { duplicates } = (await get('anna', `leads/${lead}/convert`)).json()
    expect(duplicates.account.map(({ id }: { id: string }) => id)).toEqual([seen])
    expect(duplicates.contact.map(({ id }: { id: string }) => id)).toEqual([contact])
  })

  it('is done once where the same request is sent again', async () => {
    const lead = await make('anna', 'leads', LEAD)
    const request = {
      method: 'POST',
      url: `/api/v1/records/leads/${lead}/convert`,
      headers: { 'idempotency-key': lead },
      body: { contact: NEW },
    } as const
    const [first, second] = [await ask('anna', request), await ask('anna', request)]
    expect([first.statusCode, second.payload]).toEqual([201, first.payload])
    await patch('anna', `leads/${lead}`, { name: 'Still there' })
  })
})
