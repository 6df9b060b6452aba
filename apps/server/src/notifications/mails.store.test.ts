import type { PolicyDocument } from '@bailiwick/access'
import { sql } from 'kysely'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { Jobs } from '../jobs/jobs.ts'
import { changeSettings as changePreferences, type SettingsChange } from '../preferences/settings.ts'
import { tellOfDue } from '../records/due-notices.ts'
import { createRecordsFixture } from '../records/records-fixture.ts'
import { testDatabase } from '../testing/index.ts'
import { readInbox } from './inbox.ts'
import { digestJob, mailsJob } from './mail-jobs.ts'
import { listenForMails } from './mail-server-fixture.ts'
import { NotificationSchedule } from './schedule.ts'
import { changeSettings } from './settings.ts'
import { smtpMailer } from './smtp-mailer.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')
const ALL = ['create', 'read', 'update', 'delete', 'comment', 'share', 'transfer'] as const
const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind', timeZone: 'Europe/Helsinki' },
  roles: { head: {}, rep: { parent: 'head' } },
  profiles: {
    sales: { modules: { accounts: { actions: ALL, fields: { phone: 'hidden' } }, activities: { actions: ALL } } },
    lead: { modules: { accounts: { actions: ALL }, activities: { actions: ALL } } },
  },
  users: {
    ada: { profiles: ['administrator'] },
    mikko: { name: 'Mikko', role: 'head', profiles: ['lead'] },
    anna: { name: 'Anna', email: 'anna@nordwind.example', role: 'rep', profiles: ['sales'] },
  },
}

/** A mail server that takes, refuses or loses what comes. */
const taken: { readonly to: string; readonly raw: string }[] = []
let answer: 'take' | 'later' | 'never' = 'take'
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, session, done) {
    let raw = ''
    stream.on('data', (chunk) => {
      raw += String(chunk)
    })
    stream.on('end', () => {
      if (answer === 'take') taken.push({ to: session.envelope.rcptTo.map(({ address }) => address).join(), raw })
      if (answer === 'take') done()
      else done(Object.assign(new Error('No.'), { responseCode: answer === 'later' ? 451 : 550 }))
    })
  },
})
const port = await listenForMails(server)

const { database, createOrganization } = await testDatabase()
const organization = await createOrganization()
const fixture = await createRecordsFixture(database, organization, DOCUMENT, NOW)
const { gateway, actor, apply } = fixture
const [anna, mikko] = [actor('anna'), actor('mikko')]
const tables = database.organization(organization)
const mailer = smtpMailer(`smtp://127.0.0.1:${port}`, 'no-reply@nordwind.example')
let now = NOW
const parts = {
  ...fixture.parts,
  mailer,
  publicUrl: 'https://crm.nordwind.example',
  log: { warn: () => {} },
  now: () => now,
}
afterAll(async () => {
  mailer.close()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

const job = {
  id: '',
  organization,
  input: {},
  saved: undefined,
  actor: async () => anna,
  goOn: () => {},
  hold: async () => {},
  save: async () => {},
}
const mail = () => mailsJob(parts).run(job)
const digest = () => digestJob(parts).run(job)
const assigned = async (name: string) => (await gateway.create(mikko, 'accounts', { name, owner: 'user:anna' })).id
const subjects = () => taken.map(({ raw }) => /^Subject: (.*(?:\r\n .*)*)/m.exec(raw)?.[1])
/** Whatever its transfer encoding. */
const bodies = () =>
  taken
    .map(({ raw }) =>
      raw
        .split('\r\n\r\n')
        .map((part) => decoded(part))
        .join('\n'),
    )
    .join('\n')
function decoded(part: string): string {
  const isBase64 = /^[A-Za-z0-9+/=\r\n]+$/.test(part.split('\r\n--')[0] ?? '')
  if (isBase64) return Buffer.from(part.split('\r\n--')[0] ?? '', 'base64').toString()
  return Buffer.from(
    part.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()
}

beforeEach(async () => {
  await apply(DOCUMENT)
  for (const name of ['notifications', 'mails', 'notification_settings', 'notification_days', 'preferences'])
    await sql`delete from ${sql.table(name)}`.execute(tables)
  taken.length = 0
  answer = 'take'
  now = NOW
})

describe('A mail', () => {
  it('tells at once of what was assigned, with a link, once', async () => {
    const id = await assigned('Acme')
    await Promise.all([mail(), mail()])
    await mail()
    expect(taken.map(({ to }) => to)).toEqual(['anna@nordwind.example'])
    expect(subjects()).toEqual(['Acme is yours now, from Mikko'])
    expect(bodies()).toContain(`https://crm.nordwind.example/records/accounts/${id}`)
  })

  it('is not sent of what its receiver doesn’t read when it goes out', async () => {
    const id = await assigned('Cnryacme')
    await gateway.transfer(mikko, 'accounts', id, { owner: 'user:mikko' })
    await mail()
    expect(taken).toEqual([])
    const { rows } = await sql`select state from mails`.execute(tables)
    expect(rows).toEqual([{ state: 'dropped' }])
  })

  it('names no field that is hidden from its receiver', async () => {
    const { id } = await gateway.create(anna, 'accounts', { name: 'Acme' })
    await changeSettings(parts, anna, { changed: { live: true, mail: 'immediate' } })
    await gateway.update(mikko, 'accounts', id, { phone: '040 1' })
    await mail()
    expect(taken).toEqual([])
    await gateway.update(mikko, 'accounts', id, { phone: '040 2', site: 'Oulu' })
    await mail()
    expect(subjects()).toEqual(['Mikko changed Acme: Site'])
    expect(bodies()).not.toMatch(/phone|Oulu|040/i)
  })

  it('is not sent to who is suspended, nor of what was read before', async () => {
    await assigned('Acme')
    const { users } = DOCUMENT
    await apply({
      ...DOCUMENT,
      users: { ...users, anna: { ...users?.anna, profiles: ['sales'], status: 'suspended' } },
    })
    await mail()
    expect(taken).toEqual([])
  })

  it('begins no header by what a title holds', async () => {
    await assigned('Acme\r\nBcc: eve@evil.example\r\n\r\n<b>hi</b>')
    await mail()
    const [head = ''] = (taken[0]?.raw ?? '').split('\r\n\r\n')
    expect(head).not.toMatch(/^Bcc:/im)
    expect(taken.map(({ to }) => to)).toEqual(['anna@nordwind.example'])
    expect(bodies()).toContain('&lt;b&gt;hi')
  })

  it('is tried again later, as the same mail, where the server can’t take it', async () => {
    await assigned('Acme')
    answer = 'later'
    await mail()
    answer = 'take'
    await mail()
    expect(taken).toEqual([])
    now += 61_000
    await mail()
    const { rows } = await sql<{ id: string }>`select id, tries, state from mails`.execute(tables)
    expect(rows).toMatchObject([{ tries: 2, state: 'sent' }])
    expect(taken[0]?.raw).toContain(`<${rows[0]?.id}@nordwind.example>`)
  })

  it('is given up where the server never takes it', async () => {
    await assigned('Acme')
    answer = 'never'
    await mail()
    const { rows } = await sql`select state from mails`.execute(tables)
    expect(rows).toEqual([{ state: 'dropped' }])
  })

  it.each<readonly [SettingsChange['language'], string, string]>([
    ['fi', 'lang="fi" dir="ltr"', '<bdi>Acme</bdi> on nyt sinun, lähettäjänä <bdi>Mikko</bdi>'],
    ['sv', 'lang="sv" dir="ltr"', '<bdi>Acme</bdi> är din nu, från <bdi>Mikko</bdi>'],
    ['ar', 'lang="ar" dir="rtl"', 'أصبح <bdi>Acme</bdi> لك الآن، من <bdi>Mikko</bdi>'],
    ['zh-Hans', 'lang="zh-Hans" dir="ltr"', '<bdi>Acme</bdi> 现在由你负责，来自 <bdi>Mikko</bdi>'],
    ['en', 'lang="en" dir="ltr"', '<bdi>Acme</bdi> is yours now, from <bdi>Mikko</bdi>'],
    [null, 'lang="en" dir="ltr"', '<bdi>Acme</bdi> is yours now, from <bdi>Mikko</bdi>'],
  ])('is in the language that its receiver chose: %s', async (language, direction, line) => {
    await changePreferences(tables, anna, { language })
    await changePreferences(tables, mikko, { language: 'sv' })
    await assigned('Acme')
    await mail()
    expect(bodies()).toContain(direction)
    expect(bodies()).toContain(line)
  })

  it('keeps a title of the other direction from turning the sentence, also as plain text', async () => {
    await assigned('شركة \u202Eألفا')
    await mail()
    expect(bodies()).toContain('* \u2068شركة ألفا\u2069 is yours now, from Mikko')
  })
})

describe('The digest', () => {
  it('comes once a day, with all that waited', async () => {
    const { id } = await gateway.create(anna, 'accounts', { name: 'Acme' })
    await gateway.update(mikko, 'accounts', id, { site: 'Oulu' })
    await gateway.comment(mikko, 'accounts', id, { text: 'Look.' })
    await mail()
    expect(taken).toEqual([])
    await digest()
    await digest()
    expect(subjects()).toEqual(['Your day in Nordwind'])
    expect(bodies()).toContain('Mikko changed Acme: Site')
    expect(bodies()).toContain('Mikko commented on Acme')
  })

  it('is in its receiver’s language, numbers, lists and names of fields with it', async () => {
    await changePreferences(tables, anna, { language: 'ar' })
    const { id } = await gateway.create(anna, 'accounts', { name: 'Acme' })
    await gateway.update(mikko, 'accounts', id, { site: 'Oulu', website: 'https://acme.example' })
    await gateway.comment(mikko, 'accounts', id, { text: 'Look.' })
    await digest()
    expect(bodies()).toContain('غيّر <bdi>Mikko</bdi> السجل <bdi>Acme</bdi>: <bdi>الموقع، الموقع الإلكتروني</bdi>')
    expect(bodies()).toContain('علّق <bdi>Mikko</bdi> على <bdi>Acme</bdi>')
  })
})

it('what is due is told to whose it is, once for each day', async () => {
  const due = async (subject: string, dueDate: string, more = {}) =>
    gateway.create(anna, 'activities', { subject, dueDate, ...more })
  await due('Call', '2026-03-02')
  await due('Late', '2026-02-27')
  await due('Done', '2026-03-01', { status: 'Completed' })
  await due('Later', '2026-03-03')
  for (const day of ['2026-03-02', '2026-03-02']) await tellOfDue(tables, day, new Date(NOW))
  const told = async () =>
    (await readInbox(parts, anna, {})).items.map(({ kind, record }) => `${kind} ${record?.title}`).sort()
  expect(await told()).toEqual(['due Call', 'due Late'])
  await tellOfDue(tables, '2026-03-03', new Date(NOW))
  expect(await told()).toEqual(['due Call', 'due Late', 'due Later'])
})

it('what is due is not told, nor mailed, to whom the date is hidden or masked', async () => {
  await gateway.create(anna, 'activities', { subject: 'Visit', dueDate: '2026-03-02' })
  await gateway.create(mikko, 'activities', { subject: 'Meet', dueDate: '2026-03-02' })
  await tellOfDue(tables, '2026-03-02', new Date(NOW))
  await changeSettings(parts, anna, { due: { live: true, mail: 'immediate' } })
  const { items, unread } = await readInbox(parts, anna, {})
  expect(items.map(({ record }) => record?.title)).toContain('Visit')
  expect(unread).toBe(items.length)
  for (const dueDate of ['hidden', 'masked'] as const) {
    const activities = { actions: ALL, fields: { dueDate } }
    await apply({ ...DOCUMENT, profiles: { ...DOCUMENT.profiles, sales: { modules: { activities } } } })
    expect(await readInbox(parts, anna, {})).toEqual({ items: [], next: null, unread: 0 })
    expect((await readInbox(parts, mikko, {})).items).toMatchObject([{ kind: 'due', record: { title: 'Meet' } }])
    await mail()
    expect(taken).toEqual([])
  }
})

it('what is due is told from six in the morning on, in the organization’s time zone', async () => {
  await gateway.create(anna, 'activities', { subject: 'Morning', dueDate: '2026-03-02' })
  const ofSchedule = { ...parts, database, log: { error: () => {}, info: () => {} } }
  const schedule = new NotificationSchedule(ofSchedule, new Jobs(ofSchedule, []), false)
  const count = async () =>
    (await readInbox(parts, anna, {})).items.filter(({ record }) => record?.title === 'Morning').length
  now = Date.parse('2026-03-02T03:59:00Z')
  await schedule.tick()
  expect(await count()).toBe(0)
  now = Date.parse('2026-03-02T04:01:00Z')
  await schedule.tick()
  await schedule.tick()
  expect(await count()).toBe(1)
})
