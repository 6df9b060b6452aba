import { benchmarkJob } from './benchmark/benchmark-job.ts'
import { exportJob } from './exports/export-job.ts'
import { sweepFiles } from './files/sweep-files.ts'
import { importJob } from './imports/import-job.ts'
import { undoJob } from './imports/undo-job.ts'
import type { JobKind } from './jobs/job.ts'
import { Jobs } from './jobs/jobs.ts'
import { planJob } from './jobs/plan-job.ts'
import { LiveHub } from './live/hub.ts'
import { digestJob, mailsJob } from './notifications/mail-jobs.ts'
import type { Mailer } from './notifications/mail-parts.ts'
import { NotificationSchedule } from './notifications/schedule.ts'
import { smtpMailer, usualSender } from './notifications/smtp-mailer.ts'
import { type Parts, policyPartsOf } from './parts.ts'
import { foldCountsJob } from './records/counts/fold-counts.ts'
import { createGateway, type Gateway } from './records/gateway.ts'
import { massJob } from './records/mass-job.ts'
import { indexOrdersJob } from './records/orders/index-orders-job.ts'
import { settleOwnersJob } from './records/settle-owners.ts'

/** What works behind the routes, once for all of them. */
export interface OpenRooms {
  readonly gateway: Gateway
  readonly jobs: Jobs
  readonly live: LiveHub
  readonly mailer: Mailer | undefined
  /** What is to end before the jobs do. */
  stopMails(): void
  /** Ends once what crashes left of files is gone. */
  readonly swept: Promise<void>
}

/** Opens the gateway, and begins to work on jobs: those that an earlier run left behind come first. */
export async function openRooms(parts: Parts): Promise<OpenRooms> {
  const gateway = createGateway(parts)
  const ofRecords = [
    importJob(parts),
    undoJob(parts),
    exportJob(parts),
    massJob(gateway),
    settleOwnersJob(parts),
    foldCountsJob(parts),
    indexOrdersJob(parts),
  ]
  const mailer = openMailer(parts)
  const kinds = [
    ...mailKinds(parts, mailer),
    ...ofRecords,
    planJob(policyPartsOf(parts)),
    benchmarkJob(policyPartsOf(parts)),
  ]
  const jobs = new Jobs(parts, kinds, { isAlone: parts.config.databaseUrl === undefined })
  await jobs.start()
  const live = new LiveHub(parts)
  await live.start()
  const schedule = new NotificationSchedule(parts, jobs, mailer !== undefined)
  await schedule.start()
  const stopMails = () => {
    schedule.stop()
    mailer?.close()
  }
  return { gateway, jobs, live, mailer, stopMails, swept: sweep(parts) }
}

async function sweep(parts: Parts): Promise<void> {
  try {
    await sweepFiles(parts)
  } catch (error) {
    parts.log.warn({ err: error }, 'Files that no record has were not swept.')
  }
}

/** The way out for mails, where a mail server is set. */
function openMailer({ config, publicUrl }: Parts): Mailer | undefined {
  if (config.smtpUrl === undefined) return undefined
  return smtpMailer(config.smtpUrl, config.mailFrom ?? usualSender(publicUrl))
}

function mailKinds(parts: Parts, mailer: Mailer | undefined): JobKind[] {
  if (!mailer) return []
  const mailParts = { ...parts, mailer }
  return [mailsJob(mailParts), digestJob(mailParts)]
}
