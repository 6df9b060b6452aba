import { wallTime } from '@bailiwick/access'
import type { JobKind } from '../jobs/job.ts'
import { claimDay, gatherMails } from './gather-mails.ts'
import type { MailParts } from './mail-parts.ts'
import { sendMails } from './send-mails.ts'

export const MAILS = 'notification-mails'
export const DIGEST = 'notification-digest'

/** Sends what is to go at once, and what waits for another try. */
export function mailsJob(parts: MailParts): JobKind {
  return {
    kind: MAILS,
    run: async (job) => {
      const database = parts.database.organization(job.organization)
      await gatherMails(database, 'immediate', { now: new Date(parts.now()), newId: () => parts.newId() })
      await sendMails(parts, job)
    },
  }
}

/** Sends everybody what he wants to have once a day; on any day once, however often it is begun. */
export function digestJob(parts: MailParts): JobKind {
  return {
    kind: DIGEST,
    run: async (job) => {
      const database = parts.database.organization(job.organization)
      const { policy } = await parts.policies.current(job.organization)
      const day = wallTime(parts.now(), policy.timeZone).date
      await database.transaction().execute(async (transaction) => {
        if (!(await claimDay(transaction, DIGEST, day))) return
        await gatherMails(transaction, 'digest', { now: new Date(parts.now()), newId: () => parts.newId() })
      })
      await sendMails(parts, job)
    },
  }
}
