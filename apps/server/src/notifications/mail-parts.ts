import type { Logger } from 'pino'
import type { NotificationParts } from './notification-parts.ts'

/** One mail, ready to go. */
export interface OutgoingMail {
  readonly id: string
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** The way out: hands a mail over to the mail server, or throws. */
export interface Mailer {
  send(mail: OutgoingMail): Promise<void>
  close(): void
}

export interface MailParts extends NotificationParts {
  readonly mailer: Mailer
  readonly publicUrl?: string
  readonly log: Pick<Logger, 'warn'>
  /** Epoch milliseconds. */
  now(): number
}
