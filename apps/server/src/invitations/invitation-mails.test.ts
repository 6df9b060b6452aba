import { SMTPServer } from 'smtp-server'
import { afterAll, describe, expect, test } from 'vitest'
import type { Actor } from '../actor.ts'
import { smtpMailer } from '../notifications/smtp-mailer.ts'
import { findOrganization } from '../organizations/find-organization.ts'
import { changeSettings } from '../preferences/settings.ts'
import { testOffice } from '../testing/test-office.ts'
import { withNewPeople } from './invitations-fixture.ts'
import { invite } from './invite.ts'

const office = await testOffice()
const { network, parts } = office
await office.apply('nordwind', withNewPeople())

async function getNordwind() {
  const organization = await findOrganization(parts.database.control, 'nordwind')
  if (!organization) throw new Error('There is no nordwind')
  return organization
}

describe('a mail server', () => {
  const taken: { readonly to: string; readonly raw: string }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      let raw = ''
      stream.on('data', (chunk) => {
        raw += String(chunk)
      })
      stream.on('end', () => {
        taken.push({ to: session.envelope.rcptTo.map(({ address }) => address).join(), raw })
        done()
      })
    },
  })
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

  const openMailer = async () => {
    const port = await new Promise<number>((resolve) => {
      const listening = server.listen(0, '127.0.0.1', () => {
        const address = listening.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
    return smtpMailer(`smtp://127.0.0.1:${port}`, 'no-reply@nordwind.example')
  }
  const mailer = openMailer()
  afterAll(async () => (await mailer).close())
  const inviteByMail = async (user: string, language?: string) => {
    const actor: Actor = {
      organization: await getNordwind(),
      user: 'hilda',
      asking: { now: parts.now() },
      via: 'session',
    }
    taken.length = 0
    const mailing = { ...parts, mailer: await mailer, publicUrl: 'https://crm.nordwind.example' }
    return invite(mailing, actor, user, language)
  }
  /** Of the mail that was taken last, as the text is before it is made fit for the way. */
  const sent = () =>
    Buffer.from(
      (taken[0]?.raw ?? '')
        .replace(/=\r\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString()

  test('brings the link to the person alone', async () => {
    const made = await inviteByMail('vera', 'en')
    expect(made).toEqual({ mailed: true, expiresAt: expect.any(String) })
    expect(taken.map(({ to }) => to)).toEqual(['vera@nordwind.example'])
    const token = /https:\/\/crm\.nordwind\.example\/invitation\?token=([\w-]{43})/.exec(sent())?.[1] ?? ''
    expect(sent()).toContain('Hilda invites you to Nordwind')
    expect((await network.inject(`/api/auth/invitation?token=${token}`)).statusCode).toBe(200)
  })

  test('brings it in the language of who is invited, else the one asked for, else the inviter’s', async () => {
    const tables = parts.database.organization(await getNordwind())
    const prefer = async (user: string, language: 'fi' | 'ar' | null) => {
      const organization = await getNordwind()
      await changeSettings(tables, { organization, user, asking: { now: parts.now() }, via: 'session' }, { language })
    }
    await inviteByMail('vera')
    expect(sent()).toContain('<bdi>Hilda</bdi> invites you to <bdi>Nordwind</bdi>.')
    await prefer('hilda', 'fi')
    await inviteByMail('vera')
    expect(sent()).toContain('<html lang="fi" dir="ltr">')
    await inviteByMail('vera', 'sv')
    expect(sent()).toContain('<bdi>Hilda</bdi> bjuder in dig till <bdi>Nordwind</bdi>.')
    await prefer('vera', 'ar')
    await inviteByMail('vera', 'sv')
    expect(sent()).toContain('<html lang="ar" dir="rtl">')
  })
})
