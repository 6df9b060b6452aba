import type { PolicyDocument } from '@bailiwick/access'
import type { InjectOptions } from 'fastify'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { findOrganization } from '../organizations/find-organization.ts'
import { asPage, nordwindPolicy, testOffice } from '../testing/test-office.ts'
import { requireAuditQuery } from './audit-query.ts'
import { auditedSql } from './find-audited.ts'

/** Omar audits, reads accounts, and neither tax numbers nor what is confidential; Vera audits and reads nothing at all. */
function policy(): PolicyDocument {
  const base = nordwindPolicy()
  const all = ['create', 'read', 'update', 'delete', 'share', 'transfer', 'confide', 'export', 'import'] as const
  const read = { actions: ['read'], viewAll: true, fields: { taxNumber: 'hidden', phone: 'masked' } } as const
  return {
    ...base,
    profiles: {
      ...base.profiles,
      audit: { system: ['useApi', 'viewAudit'], modules: { accounts: read } },
      blind: { system: ['useApi', 'viewAudit'] },
      seller: { system: ['useApi'], modules: { accounts: { actions: all } } },
    },
    users: {
      ...base.users,
      anna: { name: 'Anna', email: 'anna@nordwind.example', profiles: ['seller'] },
      omar: { name: 'Omar', profiles: ['audit'] },
      vera: { name: 'Vera', profiles: ['blind'] },
    },
  }
}

const office = await testOffice()
await office.apply('nordwind', policy())
const keys = new Map<string, string>()
for (const user of ['omar', 'vera']) {
  const made = await office.asOperator('POST', '/operator/v1/keys', { organization: 'nordwind', user })
  keys.set(user, made.json().key)
}

async function ask(user: string, question: InjectOptions) {
  const headers = { authorization: `Bearer ${keys.get(user) ?? office.keyOf(user)}`, ...question.headers }
  return office.network.inject({ ...question, headers })
}
const audit = async (user: string, query = '') => (await ask(user, { url: `/api/v1/audit?${query}` })).json()
const actionsOf = ({ items }: { items: { action: string }[] }) => items.map(({ action }) => action)
const accounts = '/api/v1/records/accounts'

async function account(body: object): Promise<string> {
  return (await ask('anna', { method: 'POST', url: accounts, body })).json().id
}

describe('The audit', () => {
  it('is shut to whoever does not hold viewAudit, and says what is missing', async () => {
    for (const question of ['', 'module=accounts', 'cursor=none', 'module=nowhere']) {
      const answer = await ask('anna', { url: `/api/v1/audit?${question}` })
      expect(answer.statusCode).toBe(403)
      expect(answer.json().detail).toContain('"viewAudit"')
    }
  })

  it('tells what was done to a record, by whom and when, newest first', async () => {
    const id = await account({ name: 'Bauer', site: 'Turku' })
    const on = `${accounts}/${id}`
    await ask('anna', { method: 'PATCH', url: on, body: { site: 'Oulu' } })
    await ask('anna', { method: 'POST', url: `${on}/shares`, body: { with: 'user:olli', level: 'read' } })
    await ask('anna', { method: 'DELETE', url: `${on}/shares?with=user:olli` })
    await ask('anna', { method: 'DELETE', url: on })
    await ask('anna', { method: 'POST', url: `${on}/restore` })
    await ask('anna', { method: 'POST', url: `${on}/confidential`, body: { confidential: true } })
    await ask('anna', { method: 'POST', url: `${on}/transfer`, body: { owner: 'user:olli' } })
    const told = await audit('omar', `record=${id}`)
    expect(actionsOf(told)).toEqual([
      'transfer',
      'confide',
      'restore',
      'delete',
      'unshare',
      'share',
      'update',
      'create',
    ])
    for (const item of told.items) expect(item).toMatchObject({ by: 'user:anna', module: 'accounts', record: { id } })
  })

  it('shows no title, value or field that is hidden from its reader', async () => {
    const open = await account({ name: 'Open one', taxNumber: 'FI-77', phone: '+358 40 1234567', site: 'Turku' })
    await ask('anna', { method: 'PATCH', url: `${accounts}/${open}`, body: { taxNumber: 'FI-88', site: 'Oulu' } })
    const shut = await account({ name: 'Hush hush', site: 'Vaasa' })
    await ask('anna', { method: 'POST', url: `${accounts}/${shut}/confidential`, body: { confidential: true } })

    const [update] = (await audit('omar', `record=${open}&action=update`)).items
    expect(update.record).toEqual({ id: open, title: 'Open one' })
    expect(update.changes).toEqual([{ field: 'site', before: 'Turku', after: 'Oulu' }])
    const ofShut = await audit('omar', `record=${shut}`)
    expect(actionsOf(ofShut)).toEqual(['confide', 'create'])
    for (const item of ofShut.items) {
      expect(item.record).toEqual({ id: shut })
      expect(item).not.toHaveProperty('changes')
    }
    const ofVera = (await audit('vera', 'module=accounts&limit=200')).items
    expect(ofVera.length).toBeGreaterThan(4)
    for (const item of ofVera) expect(Object.keys(item.record)).toEqual(['id'])
    const told = [await audit('omar', 'limit=200'), await audit('vera', 'limit=200')].map((page) =>
      JSON.stringify(page),
    )
    for (const secret of ['FI-77', 'FI-88', 'taxNumber', '1234567', 'Hush hush', 'Vaasa'])
      for (const text of told) expect(text).not.toContain(secret)
    for (const unread of ['Open one', 'Turku', 'Oulu']) expect(told[1]).not.toContain(unread)
  })

  it('shows no title any more once its reader may not read the record', async () => {
    const id = await account({ name: 'For a while' })
    expect((await audit('omar', `record=${id}`)).items[0].record.title).toBe('For a while')
    const { profiles = {}, ...rest } = policy()
    await office.apply('nordwind', { ...rest, profiles: { ...profiles, audit: { system: ['useApi', 'viewAudit'] } } })
    expect((await audit('omar', `record=${id}`)).items[0].record).toEqual({ id })
    await office.apply('nordwind', { ...rest, profiles: { ...profiles, audit: { system: ['useApi'], modules: {} } } })
    expect((await ask('omar', { url: '/api/v1/audit' })).statusCode).toBe(403)
    await office.apply('nordwind', policy())
  })

  it('knows who came, who failed to, and who went', async () => {
    const email = 'olli@nordwind.example'
    const cookie = await office.signIn(email)
    await office.signIn(email, 'wrong horse')
    await office.signIn('nobody@nordwind.example', 'wrong horse')
    await office.network.inject({ method: 'POST', url: '/api/auth/sign-out', headers: asPage(cookie) })
    await expect
      .poll(async () => actionsOf(await audit('vera', 'action=signIn,failedSignIn,signOut')).sort())
      .toEqual(['failedSignIn', 'signIn', 'signOut'])
    const { items } = await audit('vera', 'actor=user:olli')
    expect(actionsOf({ items })).toEqual(['signOut', 'signIn'])
    expect(items[0]).toMatchObject({ by: 'user:olli', details: { ip: '127.0.0.1' } })
    const failed = (await audit('vera', 'action=failedSignIn')).items
    expect(failed).toMatchObject([{ by: null, subject: 'user:olli', details: { ip: '127.0.0.1' } }])
    expect(JSON.stringify(await audit('vera', 'limit=200'))).not.toContain('nobody@')
  })

  it('knows exports, keys, sign-ins that were given, and versions of the policy', async () => {
    await ask('anna', { method: 'POST', url: '/api/v1/exports', body: { module: 'accounts', format: 'csv' } })
    const exported = (await audit('omar', 'action=export')).items
    expect(exported).toMatchObject([{ by: 'user:anna', module: 'accounts', details: { format: 'csv' } }])
    const keysMade = (await audit('omar', 'action=makeKey&limit=200')).items
    expect(keysMade[0]).toMatchObject({ by: 'operator', subject: 'user:vera', details: { name: 'API key' } })
    expect((await audit('omar', 'action=giveSignIn')).items.length).toBeGreaterThan(3)
    const [version] = (await audit('omar', 'action=changePolicy')).items
    expect(version).toMatchObject({ by: 'operator', action: 'changePolicy', details: { changes: expect.any(Number) } })
    expect((await audit('omar', 'action=changePolicy&actor=user:anna')).items).toEqual([])
    expect(actionsOf(await audit('omar', 'actor=operator&limit=200'))).not.toContain('signIn')
  })

  it('knows imports and their undo, and no trial that keeps nothing', async () => {
    const form = (more: string) =>
      `--b\r\nContent-Disposition: form-data; name="module"\r\n\r\naccounts\r\n${more}--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nname\r\nBrought\r\n\r\n--b--\r\n`
    const send = (more = '') =>
      ask('anna', {
        method: 'POST',
        url: '/api/v1/imports',
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
        payload: form(more),
      })
    const trial = await send('--b\r\nContent-Disposition: form-data; name="dryRun"\r\n\r\ntrue\r\n')
    expect(trial.statusCode).toBe(202)
    const { id } = (await send()).json()
    await expect.poll(async () => (await ask('anna', { url: `/api/v1/imports/${id}` })).json().state).toBe('done')
    const undoing = await ask('anna', { method: 'POST', url: `/api/v1/imports/${id}/undo`, body: {} })
    expect(undoing.statusCode).toBe(202)
    const { id: undo } = undoing.json()
    await expect.poll(async () => (await ask('anna', { url: `/api/v1/jobs/${undo}` })).json().state).toBe('done')
    const { items } = await audit('vera', 'action=import,undoImport')
    expect(actionsOf({ items })).toEqual(['undoImport', 'import'])
    expect(items[0]).toMatchObject({ by: 'user:anna', module: 'accounts', details: { import: id } })
    expect(items[1]).toMatchObject({ by: 'user:anna', module: 'accounts', details: { job: id } })
  })

  it('comes in pages, newest first, each thing once', async () => {
    const whole = await audit('vera', 'limit=200')
    expect(whole.next).toBeNull()
    const times = whole.items.map(({ at }: { at: string }) => at)
    expect(times).toEqual([...times].sort().reverse())
    for (const limit of [1, 7]) {
      const paged: object[] = []
      for (let next: string | null = ''; next !== null; ) {
        const page = await audit('vera', `limit=${limit}${next && `&cursor=${next}`}`)
        paged.push(...page.items)
        next = page.next
      }
      expect(paged, `pages of ${limit}`).toEqual(whole.items)
    }
    const middle = times[Math.floor(times.length / 2)]
    const before = await audit('vera', `to=${middle}&limit=200`)
    const from = await audit('vera', `from=${middle}&limit=200`)
    expect([...from.items, ...before.items]).toEqual(whole.items)
  })

  it('says all that is wrong with a question at once', async () => {
    const answer = await ask('vera', {
      url: '/api/v1/audit?actor=anna&action=fly&record=7&from=today&to=2026-02-30T00:00:00Z&limit=0&cursor=none',
    })
    expect(answer.statusCode).toBe(422)
    expect(
      answer
        .json()
        .errors.map(({ path }: { path: string }) => path)
        .sort(),
    ).toEqual(['/action', '/actor', '/cursor', '/from', '/limit', '/record', '/to'].sort())
  })

  it('is added to, and neither changed nor removed, by the organization’s own role', async () => {
    const database = office.parts.database.organization(await nordwind())
    await expect(sql`update audit_events set action = 'signOut'`.execute(database)).rejects.toThrow(/permission denied/)
    await expect(sql`delete from audit_events`.execute(database)).rejects.toThrow(/permission denied/)
    await expect(sql`truncate audit_events`.execute(database)).rejects.toThrow(/permission denied/)
  })
})

async function nordwind() {
  const organization = await findOrganization(office.parts.database.control, 'nordwind')
  if (!organization) throw new Error('There is no nordwind')
  return organization
}

describe('The audit of much that happened', () => {
  it('is looked through by an index in the order of the answer, whatever is asked', async () => {
    const id = '00000000-0000-7000-8000-000000000001'
    const cursor = Buffer.from(JSON.stringify([Date.parse('2026-01-01T00:00:00Z') * 1000, 2, 9_000])).toString(
      'base64url',
    )
    await office.parts.database.ownerTransaction(await nordwind(), async (transaction) => {
      await sql`insert into history (module, record_id, version, at, actor, action, changes)
        select case when n % 500 = 0 then 'deals' else 'accounts' end, gen_random_uuid(), 1, timestamptz '2025-01-01' + n * interval '1 minute',
          (select id from owners where kind = 'user' order by id offset n % 4 limit 1), case when n % 700 = 0 then 'delete' else 'update' end, '{}'
        from generate_series(1, 30000) n`.execute(transaction)
      await sql`insert into audit_events (at, actor, action) select timestamptz '2025-01-01' + n * interval '1 minute',
          (select id from owners where kind = 'user' order by id offset n % 4 limit 1), case when n % 700 = 0 then 'export' else 'signIn' end
        from generate_series(1, 30000) n`.execute(transaction)
      await sql`analyze history, audit_events, policy_versions`.execute(transaction)
      const questions = [
        {},
        { cursor },
        { actor: 'user:anna' },
        { actor: 'user:anna', cursor },
        { module: 'deals' },
        { record: id },
        { action: 'delete' },
        { action: 'delete,transfer' },
        { action: 'export' },
        { action: 'update' },
        { from: '2025-01-03T00:00:00Z', to: '2025-01-04T00:00:00Z' },
      ]
      for (const question of questions) {
        const { rows } = await sql<{ 'QUERY PLAN': string }>`
          explain (analyze, costs off, timing off, summary off) ${auditedSql(requireAuditQuery(question))}`.execute(
          transaction,
        )
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
        expect(plan, JSON.stringify(question)).not.toMatch(/Seq Scan on (?:history|audit_events)/)
        const filtered = [...plan.matchAll(/Rows Removed by Filter: (\d+)/g)].map(([, count]) => Number(count))
        expect(Math.max(0, ...filtered), `${JSON.stringify(question)}\n${plan}`).toBeLessThan(200)
      }
    })
  })
})
