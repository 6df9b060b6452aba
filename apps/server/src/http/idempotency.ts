import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Kysely, sql } from 'kysely'
import { isConflict, retryOnConflict } from '../db/retry.ts'
import type { OrganizationRef, OrganizationTables } from '../db/tables.ts'
import type { LivePolicies } from '../policy/live-policy.ts'
import { invalidInput, problem } from '../problem.ts'
import type { Actor } from './actor.ts'
import type { App } from './app.ts'
import { readAlong, readThrough, type StreamedContent, streamedContentOf } from './streamed-content.ts'

/** Whether a person reads a record now. */
export type MayRead = (actor: Actor, module: string, id: string) => Promise<boolean>

export interface IdempotencyParts {
  readonly database: { organization(place: OrganizationRef): Kysely<OrganizationTables> }
  readonly policies: LivePolicies
  /** Epoch milliseconds. */
  now(): number
}

/** What was answered, as it is kept. */
interface StoredAnswer {
  readonly request: Buffer
  readonly status: number | null
  readonly headers: StoredHeaders | null
  readonly body: string | null
}

interface StoredHeaders {
  /** The policy stamp under which the answer was given. */
  readonly stamp: number
  readonly headers: Readonly<Record<string, string>>
  /** Of a streamed form: what was in it. */
  readonly content?: string
}

/** A key that this request holds until its answer is stored or given up. */
interface Claim {
  readonly database: Kysely<OrganizationTables>
  readonly actor: number
  readonly key: string
  readonly stamp: number
  /** Of a streamed form, as far as it was read. */
  readonly content?: StreamedContent
}

declare module 'fastify' {
  interface FastifyRequest {
    idempotencyClaim: Claim | null
  }
}

const HOUR = 3_600_000
const KEPT_FOR = 24 * HOUR
/** A request that is still not answered by then went down with its process; the key may be used again. */
const GIVEN_UP_AFTER = 5 * 60_000
const KEPT_HEADERS = ['content-type', 'location', 'etag', 'preference-applied'] as const
const VALID_KEY = /^[\x21-\x7e]{1,255}$/

/**
 * Honours `Idempotency-Key` on every `POST` of the surface: the same user with the same key gets the first answer again, without
 * anything being done. Failures of ours (5xx) aren't kept, so the same key may be tried again. Must be added after the hook that sets
 * the actor. A form that is streamed is compared by what was in it: of a repetition it is read through for that, and an answer that was
 * given before the form was read, which can only be a refusal, isn't kept. An answer from under another policy, or about a record that
 * he doesn't read, comes back without its body: what it said may not be his to see; that there is nothing says nothing. What only
 * tells is told anew.
 */
export function honourIdempotencyKeys(app: App, parts: IdempotencyParts, mayRead: MayRead): void {
  app.decorateRequest('idempotencyClaim', null)
  app.addHook('preHandler', (request, reply, done) => {
    const key = request.headers['idempotency-key']
    if (request.method !== 'POST' || key === undefined || !request.actor?.user) return done()
    if (typeof key !== 'string' || !VALID_KEY.test(key)) return done(badKey())
    claimOrReplay({ ...parts, mayRead }, request, reply, key).then((replayed) => replayed ?? done(), done)
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    if (!request.idempotencyClaim) return done(null, payload)
    const { idempotencyClaim: claim, routeOptions } = request
    const { tellsOnce, changesNothing } = routeOptions.config
    const isAnsweredAnew = tellsOnce || (changesNothing && reply.statusCode !== 202)
    const settling = isAnsweredAnew ? giveBack(claim) : settle(claim, reply, payload)
    settling.then(() => done(null, payload), done)
  })
}

function badKey() {
  return invalidInput([{ path: '', message: 'The header Idempotency-Key must be 1 to 255 visible ASCII characters.' }])
}

async function claimOrReplay(
  parts: IdempotencyParts & { readonly mayRead: MayRead },
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
): Promise<FastifyReply | undefined> {
  const actor = request.actor
  if (!actor) return undefined
  const { owners, stamp } = await parts.policies.current(actor.organization)
  const owner = owners.idOf(`user:${actor.user}`)
  if (owner === undefined) return undefined
  const content = streamedContentOf(request)
  const claim = { database: parts.database.organization(actor.organization), actor: owner, key, stamp, content }
  const fingerprint = fingerprintOf(request, content !== undefined)
  const known = await claimKey(claim, fingerprint, parts.now())
  if (known) {
    requireAnswered(known, fingerprint)
    const first = known.headers?.content
    if (content && first !== undefined && (await readThrough(request.raw, content)) !== first) throw anotherRequest()
    const isHis = async () => known.status === 404 || readsAll(parts.mayRead, actor, recordsOf(request, known))
    return replay(reply, known, known.headers?.stamp === stamp && (await isHis()))
  }
  request.idempotencyClaim = claim
  if (content) readAlong(request.raw, content)
  const [path] = request.url.split('?')
  const headersAt = (location: string | undefined) => unansweredHeaders(location, content)
  const headersFor = (id: string | undefined) => headersAt(id === undefined ? undefined : `${path}/${id}`)
  request.actor = { ...actor, claim: { key, headersFor, headersAt } }
  return undefined
}

/** As no stamp is that of the answer, a repetition gets it without the body, which nobody has made yet. */
function unansweredHeaders(location: string | undefined, content: StreamedContent | undefined): string {
  const headers: Record<string, string> = location === undefined ? {} : { location }
  const stored: StoredHeaders = { stamp: UNANSWERED, headers, content: content?.digest() }
  return JSON.stringify(stored)
}

const UNANSWERED = -1

/** What makes two requests the same. Of a form that is streamed only its type is here yet: its content is compared once it was read. */
function fingerprintOf({ method, url, body, headers }: FastifyRequest, isStreamed: boolean): Buffer {
  const [type] = headers['content-type']?.split(';') ?? []
  const unread = isStreamed ? [type] : [type, headers['content-length']]
  const content = body === undefined ? unread : body
  return createHash('sha256')
    .update(JSON.stringify([method, url, content]))
    .digest()
}

/** Takes the key by inserting its row, which only one can; answers with the row of who had it before. */
async function claimKey(claim: Claim, request: Buffer, now: number): Promise<StoredAnswer | undefined> {
  await forgetOld(claim, now)
  const inserted = await retryOnConflict(() =>
    claim.database
      .insertInto('idempotency')
      .values({ actor: claim.actor, key: claim.key, request, created_at: new Date(now) })
      .onConflict((conflict) =>
        conflict
          .columns(['actor', 'key'])
          .doUpdateSet({ request, created_at: new Date(now) })
          .where('idempotency.status', 'is', null)
          .where('idempotency.created_at', '<', new Date(now - GIVEN_UP_AFTER).toISOString()),
      )
      .executeTakeFirst(),
  )
  return inserted.numInsertedOrUpdatedRows === 1n ? undefined : findAnswer(claim)
}

function findAnswer({ database, actor, key }: Claim): Promise<StoredAnswer | undefined> {
  return database
    .selectFrom('idempotency')
    .select(['request', 'status', sql<StoredHeaders | null>`headers`.as('headers'), 'body'])
    .where('actor', '=', actor)
    .where('key', '=', key)
    .executeTakeFirst()
}

/** Of one's own keys only the old go at each claim: cheap by its index, and nobody waits for another's. */
async function forgetOld({ database }: Claim, now: number): Promise<void> {
  try {
    await database
      .deleteFrom('idempotency')
      .where('created_at', '<', new Date(now - KEPT_FOR).toISOString())
      .execute()
  } catch (error) {
    if (!isConflict(error)) throw error // somebody else is sweeping
  }
}

interface Answered extends StoredAnswer {
  readonly status: number
}

function anotherRequest() {
  return invalidInput([{ path: '', message: 'The Idempotency-Key was used for another request.' }])
}

function requireAnswered(known: StoredAnswer, request: Buffer): asserts known is Answered {
  if (!known.request.equals(request)) {
    throw anotherRequest()
  }
  if (known.status === null) {
    throw problem(409, 'in-progress', 'The first request with this Idempotency-Key is still running.', undefined, {
      'retry-after': '1',
    })
  }
}

function replay(reply: FastifyReply, known: Answered, isHis: boolean): FastifyReply {
  return reply
    .code(known.status)
    .headers({ ...known.headers?.headers, 'idempotency-replayed': 'true' })
    .serializer((text: string) => text)
    .send(isHis ? (known.body ?? '') : '')
}

interface NamedRecord {
  readonly module: string
  readonly id: string
}

const RECORD = /^\/api\/v1\/records\/([^/?]+)\/([0-9a-f-]{36})(?=[/?]|$)/i

/** The records that a request or its answer is about: where it went, and what it made. */
function recordsOf({ url }: FastifyRequest, { headers }: StoredAnswer): NamedRecord[] {
  return [url, headers?.headers.location].flatMap((address) => {
    const [, module, id] = (address && RECORD.exec(address)) || []
    return module === undefined || id === undefined ? [] : [{ module: decodeURIComponent(module), id }]
  })
}

async function readsAll(mayRead: MayRead, actor: Actor, records: readonly NamedRecord[]): Promise<boolean> {
  for (const { module, id } of records) if (!(await mayRead(actor, module, id))) return false
  return true
}

/** Before the answer leaves: keeps it, or gives the key back, unless what was asked for is done all the same. */
async function settle(claim: Claim, reply: FastifyReply, payload: unknown): Promise<void> {
  const isRead = !claim.content || claim.content.digest() !== undefined
  const isKept =
    isRead && reply.statusCode < 500 && (typeof payload === 'string' || payload === undefined || payload === null)
  await retryOnConflict(() => (isKept ? keep(claim, reply, payload) : giveBack(claim)))
}

function keep(
  { database, actor, key, stamp, content }: Claim,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const headers = Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : [])),
  )
  const stored: StoredHeaders = { stamp, headers, content: content?.digest() }
  return database
    .updateTable('idempotency')
    .set({
      status: reply.statusCode,
      headers: JSON.stringify(stored),
      body: typeof payload === 'string' ? payload : null,
    })
    .where('actor', '=', actor)
    .where('key', '=', key)
    .execute()
}

function giveBack({ database, actor, key }: Claim): Promise<unknown> {
  const own = database.deleteFrom('idempotency').where('actor', '=', actor).where('key', '=', key)
  return own.where('status', 'is', null).execute()
}
