import { describe, expect, it } from 'vitest'
import { gatewayOffice, NOW, refusal } from './gateway-fixture.ts'

const { gateway, make, names, ada, mikko, pekka, anna, fia, rita } = await gatewayOffice()

describe('Writing', () => {
  it('checks every field and says everything that is wrong', async () => {
    const refused = await refusal(
      gateway.create(mikko, 'accounts', {
        employees: 'many',
        secret: 1,
        nonsense: 2,
        website: 'javascript:alert(1)',
      }),
    )
    expect(refused.status).toBe(422)
    expect(refused.errors?.map(({ path }) => path).sort()).toEqual([
      '/employees',
      '/name',
      '/nonsense',
      '/secret',
      '/website',
    ])
  })

  it('refuses a field that one sees but may not change, and changes nothing', async () => {
    const id = await make(mikko, 'accounts', { name: 'Rated' })
    expect(await refusal(gateway.update(mikko, 'accounts', id, { name: 'Other', iban: 'x' }))).toMatchObject({
      status: 403,
    })
    expect(await gateway.read(mikko, 'accounts', id)).toMatchObject({ name: 'Rated', version: 1 })
  })

  it('says that an action is missing only of a record that one reads', async () => {
    const id = await make(anna, 'accounts', { name: 'Shown later' })
    const attempts = [
      () => gateway.update(rita, 'accounts', id, { name: 'Other' }),
      () => gateway.delete(rita, 'accounts', id),
      () => gateway.transfer(rita, 'accounts', id, { owner: 'user:rita' }),
      () => gateway.comment(rita, 'accounts', id, { text: 'Hello' }),
      () => gateway.share(rita, 'accounts', id, { with: 'user:rita', level: 'full' }),
    ]
    for (const attempt of attempts) expect(await refusal(attempt())).toMatchObject({ status: 404 })
    await gateway.share(anna, 'accounts', id, { with: 'user:rita', level: 'full' })
    for (const attempt of attempts) expect(await refusal(attempt())).toMatchObject({ status: 403 })
    expect(await gateway.read(anna, 'accounts', id)).toMatchObject({ name: 'Shown later', owner: 'user:anna' })
  })

  it('keeps versions apart', async () => {
    const id = await make(mikko, 'accounts', { name: 'V1' })
    expect(await gateway.update(mikko, 'accounts', id, { name: 'V2' }, 1)).toMatchObject({ version: 2 })
    expect(await refusal(gateway.update(mikko, 'accounts', id, { name: 'V3' }, 1))).toMatchObject({ status: 412 })
  })

  it('lets a deal be reached through its account, and a restriction cut it', async () => {
    const account = await make(mikko, 'accounts', { name: 'Parent' })
    const deal = await make(fia, 'accounts', { name: 'none' }).then(() =>
      make(ada, 'deals', { name: 'Under it', account, amount: 12.5 }),
    )
    expect(await gateway.read(mikko, 'deals', deal)).toMatchObject({ access: 'full', amount: 12.5, account })
    await gateway.update(mikko, 'deals', deal, { stage: 'won' })
    expect(await gateway.read(mikko, 'deals', deal)).toMatchObject({ access: 'read', stage: 'Won' })
    const refused = await gateway.read(ada, 'deals', deal)
    const capped = await refusal(gateway.update(mikko, 'deals', deal, { stage: 'Lost' }))
    expect(capped).toMatchObject({ status: 403, detail: expect.stringMatching(/"update" needs "edit" on it/) })
    expect(capped.detail).not.toContain('share')
    expect(await refusal(gateway.delete(mikko, 'deals', deal))).toMatchObject({ status: 403 })
    expect(await gateway.read(ada, 'deals', deal)).toEqual(refused)
    expect(await refusal(gateway.read(pekka, 'deals', deal))).toMatchObject({ status: 404 })
  })

  it('points a lookup only at what is there for its author', async () => {
    const account = await make(mikko, 'accounts', { name: 'Not for Pekka' })
    const hidden = await refusal(gateway.create(pekka, 'deals', { name: 'd', account }))
    const missing = await refusal(
      gateway.create(pekka, 'deals', { name: 'd', account: '018f0000-0000-7000-8000-000000000000' }),
    )
    expect(hidden).toEqual(missing)
    expect(hidden.errors).toEqual([{ path: '/account', message: 'names no record that is there' }])
  })

  it('says that a unique value is taken, and no more', async () => {
    await make(fia, 'accounts', { name: 'First', iban: 'DE00 1', token: 'tok' })
    expect(await refusal(gateway.create(fia, 'accounts', { name: 'Second', iban: 'de00 1' }))).toMatchObject({
      status: 409,
      errors: [{ path: '/iban', message: 'is taken already' }],
    })
    expect(await refusal(gateway.create(fia, 'accounts', { name: 'Second', token: 'TOK' }))).toMatchObject({
      status: 409,
      errors: [{ path: '/token', message: 'is taken already' }],
    })
  })

  it('gives to another owner only with transfer, and drops the shares', async () => {
    const id = await make(mikko, 'accounts', { name: 'Handed on' })
    await gateway.share(mikko, 'accounts', id, { with: 'user:rita', level: 'read' })
    await gateway.transfer(mikko, 'accounts', id, { owner: 'user:pekka' })
    expect(await refusal(gateway.read(mikko, 'accounts', id))).toMatchObject({ status: 404 })
    expect(await refusal(gateway.read(rita, 'accounts', id))).toMatchObject({ status: 404 })
    expect(await gateway.shares(pekka, 'accounts', id)).toEqual([])
    await gateway.share(pekka, 'accounts', id, { with: 'user:rita', level: 'read' })
    await gateway.transfer(pekka, 'accounts', id, { owner: 'team:desk', keepShares: true })
    expect(await gateway.read(rita, 'accounts', id)).toMatchObject({ owner: 'team:desk', access: 'read' })
    expect(await gateway.read(pekka, 'accounts', id)).toMatchObject({ access: 'edit' })
  })

  it('hides a confidential record from superiors, not from whom it is shared with', async () => {
    const id = await make(mikko, 'accounts', { name: 'Quiet' })
    expect(await gateway.read(anna, 'accounts', id)).toMatchObject({ access: 'full' })
    await gateway.confide(mikko, 'accounts', id, true)
    expect(await refusal(gateway.read(anna, 'accounts', id))).toMatchObject({ status: 404 })
    expect(await refusal(gateway.read(ada, 'accounts', id))).toMatchObject({ status: 404 })
    await gateway.share(mikko, 'accounts', id, { with: 'role:head', level: 'read' })
    expect(await gateway.read(anna, 'accounts', id)).toMatchObject({ access: 'full', confidential: true })
  })

  it('deletes into the bin, shows it to who could delete it, and brings it back', async () => {
    const id = await make(mikko, 'accounts', { name: 'Binned' })
    await gateway.share(mikko, 'accounts', id, { with: 'user:rita', level: 'read' })
    await gateway.delete(mikko, 'accounts', id)
    expect(await refusal(gateway.read(mikko, 'accounts', id))).toMatchObject({ status: 404 })
    expect(await names(mikko, 'accounts', { deleted: true })).toEqual(['Binned'])
    expect(await names(rita, 'accounts', { deleted: true })).toEqual([])
    expect(await refusal(gateway.restore(rita, 'accounts', id))).toMatchObject({ status: 404 })
    expect(await gateway.restore(mikko, 'accounts', id)).toMatchObject({ item: { name: 'Binned' } })
  })

  it('tells in the bin what level there was: whoever changes all sees there what is confidential, and had none on it', async () => {
    const [quiet, plain] = [
      await make(mikko, 'accounts', { name: 'Quietly binned' }),
      await make(mikko, 'accounts', { name: 'Plainly binned' }),
    ]
    await gateway.confide(mikko, 'accounts', quiet, true)
    for (const id of [quiet, plain]) await gateway.delete(mikko, 'accounts', id)
    const levels = async (who: typeof ada) => {
      const { items } = await gateway.list(who, 'accounts', { deleted: true })
      return [quiet, plain].map((id) => items.find((item) => item.id === id)?.access)
    }
    expect(await levels(mikko)).toEqual(['full', 'full'])
    expect(await levels(ada)).toEqual(['read', 'full'])
    for (const id of [quiet, plain]) await gateway.restore(mikko, 'accounts', id)
  })

  it('ends a share when its time comes', async () => {
    const id = await make(mikko, 'accounts', { name: 'For a while' })
    const expiresAt = new Date(NOW + 60_000).toISOString()
    await gateway.share(mikko, 'accounts', id, { with: 'user:rita', level: 'read', expiresAt })
    expect(await gateway.read(rita, 'accounts', id)).toMatchObject({ name: 'For a while' })
    const later = { ...rita, asking: { now: NOW + 60_000 } }
    expect(await refusal(gateway.read(later, 'accounts', id))).toMatchObject({ status: 404 })
  })

  it('lets share who has the record in full, not who reads or edits it', async () => {
    const id = await make(fia, 'accounts', { name: 'Lent' })
    for (const level of ['read', 'edit'] as const) {
      await gateway.share(fia, 'accounts', id, { with: 'user:mikko', level })
      const shares = () => gateway.share(mikko, 'accounts', id, { with: 'user:pekka', level: 'read' })
      expect(await refusal(shares())).toMatchObject({ status: 403 })
      expect(await refusal(gateway.shares(mikko, 'accounts', id))).toMatchObject({ status: 403 })
      expect(await refusal(gateway.read(pekka, 'accounts', id))).toMatchObject({ status: 404 })
    }
    await gateway.share(fia, 'accounts', id, { with: 'user:mikko', level: 'full' })
    await gateway.share(mikko, 'accounts', id, { with: 'user:pekka', level: 'read' })
    expect(await gateway.read(pekka, 'accounts', id)).toMatchObject({ access: 'read' })
  })

  it('names no unique field that is hidden from whom a taken value is in the way of', async () => {
    const bin = async (values: object) => {
      const id = await make(mikko, 'accounts', { name: 'Binned with it' })
      await gateway.share(mikko, 'accounts', id, { with: 'user:fia', level: 'full' })
      await gateway.update(fia, 'accounts', id, { ...values })
      await gateway.delete(fia, 'accounts', id)
      await make(fia, 'accounts', { name: 'Has it now', ...values })
      return id
    }
    const id = await bin({ token: 'in both' })
    const detail = 'A value that must be unique is taken already.'
    expect(await refusal(gateway.restore(mikko, 'accounts', id))).toEqual({ status: 409, detail, errors: undefined })
    const named = { status: 409, detail, errors: [{ path: '/token', message: 'is taken already' }] }
    expect(await refusal(gateway.restore(fia, 'accounts', id))).toEqual(named)
    const masked = await refusal(gateway.restore(mikko, 'accounts', await bin({ iban: 'in both' })))
    expect(masked.errors).toEqual([{ path: '/iban', message: 'is taken already' }])
  })

  it('does nothing to what lies in the bin but bring it back', async () => {
    const id = await make(mikko, 'accounts', { name: 'Put away' })
    await gateway.delete(mikko, 'accounts', id)
    const attempts = [
      () => gateway.update(mikko, 'accounts', id, { name: 'Other' }),
      () => gateway.delete(mikko, 'accounts', id),
      () => gateway.transfer(mikko, 'accounts', id, { owner: 'user:pekka' }),
      () => gateway.confide(mikko, 'accounts', id, true),
      () => gateway.comment(mikko, 'accounts', id, { text: 'Hello' }),
      () => gateway.share(mikko, 'accounts', id, { with: 'user:pekka', level: 'full' }),
    ]
    for (const attempt of attempts) expect(await refusal(attempt())).toMatchObject({ status: 404 })
    await gateway.restore(mikko, 'accounts', id)
    expect(await gateway.read(mikko, 'accounts', id)).toMatchObject({
      name: 'Put away',
      owner: 'user:mikko',
      version: 3,
    })
  })
})

describe('Many at once', () => {
  it('shares and changes many, refusing what isn’t one’s own', async () => {
    const own = [await make(mikko, 'accounts', { name: 'Many 1' }), await make(mikko, 'accounts', { name: 'Many 2' })]
    const other = await make(fia, 'accounts', { name: 'Not his' })
    expect(
      await gateway.shareMany(mikko, 'accounts', { ids: [...own, other] }, [{ with: 'user:rita', level: 'read' }]),
    ).toEqual({
      changed: 2,
      refused: [{ id: other, reason: 'There is nothing here that you can see.' }],
    })
    expect(await gateway.changeMany(mikko, 'accounts', [...own, other], { set: { phone: '1' } })).toMatchObject({
      changed: 2,
      refused: [{ id: other }],
    })
    const filter = { field: 'name', op: 'startsWith', value: 'many ' }
    expect((await gateway.select(mikko, 'accounts', { filter })).sort()).toEqual(own.sort())
    expect(await refusal(gateway.select(rita, 'accounts', { filter }))).toMatchObject({ status: 403 })
  })
})
