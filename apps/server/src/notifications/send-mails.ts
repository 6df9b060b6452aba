import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { retryOnConflict } from '../db/retry.ts'
import type { RunningJob } from '../jobs/job.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { findPreferredLanguage } from '../preferences/preferred-language.ts'
import { Problem } from '../problem.ts'
import { readNotices } from '../records/read-notices.ts'
import { composeMail } from './compose-mail.ts'
import type { MailParts } from './mail-parts.ts'
import { mailLanguage } from './mail-texts.ts'

interface WaitingMail {
  readonly id: string
  readonly receiver: number
  readonly kind: 'immediate' | 'digest'
  readonly tries: number
}

type Outcome = 'sent' | 'dropped' | 'waiting'

const MOST_PER_MAIL = 50
/** Minutes until the next try, after each that failed; after the last, the mail is dropped. */
const PAUSES = [1, 5, 15, 60, 180, 360, 720]
const ADDRESS = /^[^\s@<>(),;:"\\[\]\p{C}]+@[^\s@<>(),;:"\\[\]\p{C}]+$/u

/** Sends what waits, one after the other. A try is written down before it is made, so that nobody else makes it too. */
export async function sendMails(parts: MailParts, job: Pick<RunningJob, 'organization' | 'goOn'>): Promise<void> {
  for (;;) {
    job.goOn()
    const mail = await claimMail(parts, job.organization)
    if (!mail) return
    const outcome = await trySending(parts, job.organization, mail)
    if (outcome !== 'waiting') await settle(parts, job.organization, mail, outcome)
  }
}

async function claimMail(parts: MailParts, organization: OrganizationPlace): Promise<WaitingMail | undefined> {
  const now = new Date(parts.now())
  const minutes = sql`(${`{${PAUSES.join()}}`}::int[])[least(mails.tries + 1, ${PAUSES.length}::int)]`
  return retryOnConflict(async () => {
    const { rows } = await sql<WaitingMail>`
      update mails set tries = tries + 1, next_at = ${now}::timestamptz + ${minutes} * interval '1 minute'
      where id = (
        select id from mails where state = 'waiting' and next_at <= ${now} order by next_at limit 1 for update skip locked
      ) returning id, receiver, kind, tries`.execute(parts.database.organization(organization))
    return rows[0]
  })
}

async function settle(parts: MailParts, organization: OrganizationPlace, { id }: WaitingMail, outcome: Outcome) {
  await retryOnConflict(() =>
    sql`update mails set state = ${outcome} where id = ${id}::uuid`.execute(parts.database.organization(organization)),
  )
}

/** What is in it is asked for now, through the reach that the receiver has now; and nothing is sent where nothing is left of it. */
async function trySending(parts: MailParts, organization: OrganizationPlace, mail: WaitingMail): Promise<Outcome> {
  try {
    return await send(parts, organization, mail)
  } catch (error) {
    const isLast = mail.tries > PAUSES.length
    // Somebody may be let in again later: tomorrow, or from the office.
    if (!(error instanceof Problem))
      parts.log.warn({ err: error, mail: mail.id, tries: mail.tries }, 'a mail was not sent')
    return isLast || isFinal(error) ? 'dropped' : 'waiting'
  }
}

async function send(parts: MailParts, organization: OrganizationPlace, mail: WaitingMail): Promise<Outcome> {
  const { policy, owners, document } = await parts.policies.confirm(organization)
  const key = owners.refOf(mail.receiver)?.replace(/^user:/, '') ?? ''
  const user = policy.users.get(key)
  if (user?.status !== 'active' || user.email === undefined || !ADDRESS.test(user.email)) return 'dropped'
  const actor: Actor = { organization, user: key, asking: { now: parts.now() }, via: 'job' }
  const notices = await readNotices(parts, actor, { unread: true, mail: mail.id, limit: MOST_PER_MAIL })
  if (notices.length === 0) return 'dropped'
  const language = mailLanguage(await findPreferredLanguage(parts.database, organization, key))
  const name = document.organization?.name ?? organization.slug
  const text = composeMail(
    { kind: mail.kind, organization: name, language, policy, publicUrl: parts.publicUrl },
    notices,
  )
  await parts.mailer.send({ id: mail.id, to: { name: user.name ?? key, address: user.email }, ...text })
  return 'sent'
}

/** The mail server will never take it (RFC 5321, 4.2.1). */
function isFinal(error: unknown): boolean {
  return error instanceof Error && 'responseCode' in error && Number(error.responseCode) >= 550
}
