import type { PolicyDocument } from '@bailiwick/access'
import { SMTPServer } from 'smtp-server'
import { afterAll, expect, test } from 'vitest'
import { createLog } from '../http/log.ts'
import { Jobs } from '../jobs/jobs.ts'
import { LiveRelay } from '../live/relay.ts'
import { createRecordsFixture } from '../records/records-fixture.ts'
import { testDatabase } from '../testing/index.ts'
import { mailsJob } from './mail-jobs.ts'
import { listenForMails } from './mail-server-fixture.ts'
import { NotificationSchedule } from './schedule.ts'
import { changeSettings } from './settings.ts'
import { smtpMailer } from './smtp-mailer.ts'

const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind', timeZone: 'UTC' },
  profiles: { sales: { modules: { accounts: { actions: ['create', 'read', 'update', 'transfer'] } } } },
  users: {
    ada: { profiles: ['administrator'] },
    anna: { name: 'Anna', email: 'anna@nordwind.example', profiles: ['sales'] },
  },
}

const taken: string[] = []
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, session, done) {
    taken.push(session.envelope.rcptTo.map(({ address }) => address).join())
    stream.resume().on('end', () => done())
  },
})
const port = await listenForMails(server)

const { database, createOrganization } = await testDatabase()
const organization = await createOrganization()
const { gateway, actor, parts: ofRecords } = await createRecordsFixture(database, organization, DOCUMENT, Date.now())
const mailer = smtpMailer(`smtp://127.0.0.1:${port}`, 'no-reply@nordwind.example')
const log = createLog('silent')
const parts = { ...ofRecords, database, mailer, publicUrl: 'https://crm.nordwind.example', log, now: () => Date.now() }
const jobs = new Jobs(parts, [mailsJob(parts)], { isAlone: true })
const schedule = new NotificationSchedule(parts, jobs, true)
const relay = new LiveRelay(parts, () => false)
afterAll(async () => {
  schedule.stop()
  relay.stop()
  await jobs.stop()
  mailer.close()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

test('what somebody is told of is mailed some seconds later, without waiting for the minute', async () => {
  await jobs.start()
  await schedule.start()
  relay.start()
  await changeSettings(ofRecords, actor('anna'), { assigned: { live: true, mail: 'immediate' } })
  const { id } = await gateway.create(actor('ada'), 'accounts', { name: 'Fjord' })
  // Behind a full minute no mail could be told from one that the minute brought.
  const second = new Date().getUTCSeconds()
  if (second > 45 || second === 0) await new Promise((resolve) => setTimeout(resolve, (61 - (second || 60)) * 1_000))
  await gateway.transfer(actor('ada'), 'accounts', id, { owner: 'user:anna' })
  await expect.poll(() => taken, { timeout: 12_000 }).toEqual(['anna@nordwind.example'])
}, 60_000)
