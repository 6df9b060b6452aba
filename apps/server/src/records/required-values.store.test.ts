import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { recordTable } from '../modules/columns.ts'
import { testDatabase } from '../testing/index.ts'
import { DOCUMENT, NOW, refusal } from './gateway-fixture.ts'
import { importRows } from './import-rows.ts'
import { createRecordsFixture } from './records-fixture.ts'
import { inTransaction } from './stamped.ts'

const { database, createOrganization } = await testDatabase()
const place = await createOrganization()
const { gateway, parts, actor } = await createRecordsFixture(database, place, DOCUMENT, NOW)
const ada = actor('ada')

const UNFILLED = { status: 422, errors: [{ path: '/name', message: 'must be filled in' }] }
const BLANKS = {
  'no text': '',
  'a space': ' ',
  'spaces that don’t break': '\u00a0\u202f\u3000',
  'line breaks': '\r\n\n\t',
}

describe.each(Object.entries(BLANKS))('A required text of %s', (_kind, name) => {
  it('is refused when a record is made', async () => {
    expect(await refusal(gateway.create(ada, 'accounts', { name }))).toMatchObject(UNFILLED)
  })

  it('is refused when one is changed, and when many are', async () => {
    const { id } = await gateway.create(ada, 'accounts', { name: 'Named' })
    expect(await refusal(gateway.update(ada, 'accounts', id, { name }))).toMatchObject(UNFILLED)
    const many = await refusal(gateway.changeMany(ada, 'accounts', [id], { set: { name } }))
    expect(many).toMatchObject({ status: 422, errors: [{ path: '/set/name', message: 'must be filled in' }] })
  })

  it('has its row of a file rejected', async () => {
    const rules = { module: 'accounts', keys: [], overwrite: false, lookupBy: {}, mayWait: false }
    const rows = [{ values: { name }, fallback: {}, lookups: {} }]
    const outcomes = await inTransaction(parts, ada, (reading) => importRows(parts, reading, rules, rows))
    expect(outcomes).toEqual([{ kind: 'rejected', reasons: ['name: must be filled in'] }])
  })
})

describe('A text of blanks', () => {
  it('of old is read, and holds up no change of other fields', async () => {
    const { id } = await gateway.create(ada, 'accounts', { name: 'Named' })
    await sql`update ${sql.table(recordTable('accounts'))} set f_name = ' ' where id = ${id}`.execute(
      database.organization(place),
    )
    await gateway.update(ada, 'accounts', id, { phone: '1' })
    expect(await gateway.read(ada, 'accounts', id)).toMatchObject({ name: ' ', phone: '1' })
  })

  it('may stand in a field that nobody has to fill in', async () => {
    const { id } = await gateway.create(ada, 'accounts', { name: 'Named', phone: ' ' })
    expect(await gateway.read(ada, 'accounts', id)).toMatchObject({ phone: ' ' })
  })
})
