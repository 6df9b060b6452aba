import type { Logger } from 'pino'
import type { Mailer } from '../notifications/mail-parts.ts'
import type { OrganizationParts } from '../organizations/organization-parts.ts'

/** What inviting people takes. */
export interface InvitationParts extends OrganizationParts {
  /** Where a mail server is set. */
  readonly mailer?: Mailer | undefined
  readonly log: Pick<Logger, 'warn'>
}
