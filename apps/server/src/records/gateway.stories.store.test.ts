import { describe, expect, it } from 'vitest'
import { gatewayOffice, refusal } from './gateway-fixture.ts'

const { gateway, make, ada, mikko, pekka, anna, fia, rita } = await gatewayOffice()

describe('What is told around a record', () => {
  it('keeps who changed what, without what is hidden', async () => {
    const id = await make(fia, 'accounts', { name: 'Told', iban: 'AA11 22334455' })
    await gateway.share(fia, 'accounts', id, { with: 'user:mikko', level: 'read' })
    await gateway.update(fia, 'accounts', id, {
      secret: 'plan',
      iban: 'AA11 99887766',
      name: 'Told again',
      token: 'zzz',
    })
    const [entry] = (await gateway.history(mikko, 'accounts', id)).filter(({ action }) => action === 'update')
    expect(entry).toMatchObject({
      by: 'user:fia',
      changes: [
        { field: 'name', before: 'Told', after: 'Told again' },
        { field: 'iban', before: { masked: '•••• 4455' }, after: { masked: '•••• 7766' } },
      ],
    })
    const [full] = (await gateway.history(fia, 'accounts', id)).filter(({ action }) => action === 'update')
    expect(full?.changes.map(({ field }) => field)).toEqual(['name', 'secret', 'iban', 'token'])
    expect(full?.changes.at(-1)).toEqual({ field: 'token', before: null, after: 'zzz' })
  })

  it('keeps comments with whom they mention', async () => {
    const id = await make(mikko, 'accounts', { name: 'Talked about' })
    await gateway.comment(mikko, 'accounts', id, { text: 'Ask @anna, or anna@pekka.example' })
    expect((await gateway.comments(anna, 'accounts', id)).items).toMatchObject([
      { by: 'user:mikko', mentions: ['user:anna'] },
    ])
  })

  it('lists what refers to it, each under its own rights', async () => {
    const account = await make(mikko, 'accounts', { name: 'Referred to' })
    await gateway.share(mikko, 'accounts', account, { with: 'user:rita', level: 'read' })
    await make(mikko, 'deals', { name: 'Referring', account })
    const listsOf = async (who: typeof ada) =>
      (await gateway.related(who, 'accounts', account)).filter(({ items }) => items.length > 0)
    expect(await listsOf(mikko)).toMatchObject([
      { module: 'deals', field: 'account', items: [{ name: 'Referring' }], more: false },
    ])
    expect((await gateway.related(rita, 'accounts', account)).map(({ module }) => module)).toEqual(['accounts'])
  })

  it('explains to who manages access, and to oneself', async () => {
    const id = await make(mikko, 'accounts', { name: 'Explained' })
    expect(await gateway.explain(ada, 'accounts', id, { user: 'anna', action: 'update' })).toMatchObject({
      allowed: true,
      grants: [{ kind: 'superior', level: 'full', path: ['role:head', 'role:rep'] }],
    })
    expect(await gateway.explain(ada, 'accounts', id, { user: 'pekka' })).toMatchObject({
      allowed: false,
      missing: [{ kind: 'level', has: 'none', needs: 'read' }],
    })
    expect(await gateway.explain(mikko, 'accounts', id, {})).toMatchObject({
      allowed: true,
      grants: [{ kind: 'owner' }],
    })
    expect(await refusal(gateway.explain(mikko, 'accounts', id, { user: 'anna' }))).toMatchObject({ status: 403 })
    const audience = async (action?: string) => {
      const { items } = await gateway.audience(ada, 'accounts', id, { action })
      return items.map(({ user }) => user)
    }
    expect(await audience()).toEqual(['ada', 'anna', 'mikko'])
    expect(await audience('overwrite')).toEqual(['ada'])
    expect(await refusal(audience('see'))).toMatchObject({ status: 422 })
  })

  it('explains a record by its external id, a person by his address, and neither to whom they do not exist', async () => {
    const id = await make(mikko, 'accounts', { name: 'From elsewhere', externalId: 'old/4711' })
    const email = 'Anna@nordwind.example'
    expect(await gateway.explain(ada, 'accounts', 'old/4711', { user: email })).toMatchObject({ user: 'anna', id })
    expect(await gateway.explain(mikko, 'accounts', 'old/4711', {})).toMatchObject({ id, allowed: true })
    expect(await refusal(gateway.explain(pekka, 'accounts', 'old/4711', {}))).toMatchObject({ status: 404 })
    expect(await refusal(gateway.explain(ada, 'accounts', 'old/4712', { user: 'anna' }))).toMatchObject({ status: 404 })
  })
})
