import { wallTime } from '@bailiwick/access'
import { Cron } from 'croner'
import { type Kysely, sql } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import type { ControlTables } from '../db/tables.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { tellOfDue } from '../records/due-notices.ts'
import { LIVE_CHANNEL } from '../records/notices.ts'
import { claimDay, forgetOld, hasMailToSend } from './gather-mails.ts'
import { DIGEST, MAILS } from './mail-jobs.ts'

const DUE = 'due'
/** Minutes after midnight, in the organization's time zone. */
const DUE_FROM = 6 * 60
const DIGEST_FROM = 9 * 60
/** So that what happens together goes into one mail, in milliseconds. */
const GATHER_MAILS_FOR = 5_000
const ZONE_KNOWN_FOR = 60 * 60_000

export interface ScheduleParts {
  readonly database: Pick<Database, 'control' | 'organization' | 'listen'>
  readonly log: Pick<Logger, 'error'>
  now(): number
}

/**
 * What is done without anybody's asking: telling of what is due, and, where there is a mail server, mails. Several processes may do so:
 * each day is claimed in the database.
 */
export class NotificationSchedule {
  readonly #parts: ScheduleParts
  readonly #jobs: Jobs
  readonly #isMailing: boolean
  /** Organization → the day that was last seen to, by what is done on it. */
  readonly #done = new Map<string, string>()
  readonly #zones = new Map<string, { readonly timeZone: string; readonly until: number }>()
  readonly #soon = new Map<string, NodeJS.Timeout>()
  #ticks: Cron | undefined
  #stopListening: (() => void) | undefined

  constructor(parts: ScheduleParts, jobs: Jobs, isMailing: boolean) {
    this.#parts = parts
    this.#jobs = jobs
    this.#isMailing = isMailing
  }

  async start(): Promise<void> {
    this.#ticks = new Cron('* * * * *', { unref: true, protect: true }, () => this.tick())
    if (!this.#isMailing) return
    this.#stopListening = await this.#parts.database.listen(LIVE_CHANNEL, (text) => this.#hear(text))
  }

  stop(): void {
    this.#ticks?.stop()
    this.#stopListening?.()
    for (const timer of this.#soon.values()) clearTimeout(timer)
  }

  /** Sees to every organization. Never rejects. */
  async tick(): Promise<void> {
    try {
      for (const place of await placesOf(this.#parts.database.control)) await this.#seeTo(place)
    } catch (error) {
      this.#parts.log.error({ err: error }, 'what is to be told could not be looked for')
    }
  }

  async #seeTo(place: OrganizationPlace): Promise<void> {
    try {
      const { date, minute } = wallTime(this.#parts.now(), await this.#zoneOf(place))
      if (minute >= DUE_FROM) await this.#onceOn(date, place, DUE, () => this.#tellOfDue(place, date))
      if (!this.#isMailing) return
      if (minute >= DIGEST_FROM) await this.#onceOn(date, place, DIGEST, () => this.#jobs.enqueueOwn(place, DIGEST))
      await this.#mailWhere(place)
    } catch (error) {
      this.#parts.log.error({ err: error, organization: place.id }, 'an organization was told nothing')
    }
  }

  /** Once here; whether another process came first is for the work to find out. */
  async #onceOn(date: string, { id }: OrganizationPlace, what: string, work: () => Promise<void>): Promise<void> {
    const name = `${id} ${what}`
    if (this.#done.get(name) === date) return
    await work()
    this.#done.set(name, date)
  }

  /** Claimed and told in one transaction: a day that nobody was told on isn't taken for done. */
  async #tellOfDue(place: OrganizationPlace, date: string): Promise<void> {
    const now = new Date(this.#parts.now())
    const database = this.#parts.database.organization(place)
    const isMine = await database.transaction().execute(async (transaction) => {
      const isClaimed = await claimDay(transaction, DUE, date)
      if (isClaimed) await tellOfDue(transaction, date, now)
      return isClaimed
    })
    if (isMine) await forgetOld(database, now)
  }

  async #mailWhere(place: OrganizationPlace): Promise<void> {
    const has = await hasMailToSend(this.#parts.database.organization(place), new Date(this.#parts.now()))
    if (has) await this.#jobs.enqueueOwn(place, MAILS)
  }

  /** It is written down what time zone it is, without making the policy anew. */
  async #zoneOf(place: OrganizationPlace): Promise<string> {
    const known = this.#zones.get(place.id)
    if (known && known.until > this.#parts.now()) return known.timeZone
    const { rows } = await sql<{ readonly zone: string | null }>`
      select document #>> '{organization,timeZone}' as zone
      from head join policy_versions on number = head.version`.execute(this.#parts.database.organization(place))
    const timeZone = rows[0]?.zone ?? 'UTC'
    this.#zones.set(place.id, { timeZone, until: this.#parts.now() + ZONE_KNOWN_FOR })
    return timeZone
  }

  #hear(text: string): void {
    const schema = /^\{"schema" : ("(?:[^"\\]|\\.)*"), "receivers"/.exec(text)?.[1]
    if (schema === undefined || this.#soon.has(schema)) return
    const mail = async () => {
      this.#soon.delete(schema)
      const [place] = await placesOf(this.#parts.database.control, String(JSON.parse(schema)))
      if (place) await this.#mailWhere(place)
    }
    const complain = (error: unknown) => this.#parts.log.error({ err: error }, 'mails could not be looked for')
    this.#soon.set(schema, setTimeout(() => void mail().catch(complain), GATHER_MAILS_FOR).unref())
  }
}

function placesOf(control: Kysely<ControlTables>, schema?: string): Promise<OrganizationPlace[]> {
  const all = control.selectFrom('organizations').select(['id', 'slug', 'schema', 'role'])
  return (schema === undefined ? all : all.where('schema', '=', schema)).execute()
}
