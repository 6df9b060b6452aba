import { type Key, today } from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import type { Actor } from '../actor.ts'
import { errorUnder, invalidInput, notFound, Problem } from '../problem.ts'
import { type LockedRecord, lockRecord } from '../records/find-record.ts'
import { keepClaim } from '../records/keep-claim.ts'
import type { RecordsParts } from '../records/parts.ts'
import { type RecordItem, viewOf } from '../records/present-record.ts'
import { inTransaction, type Reading } from '../records/stamped.ts'
import {
  findWithin,
  isReadable,
  type Links,
  readyWithin,
  type Step,
  updateWithin,
} from '../records/within-transaction.ts'
import { convertedAlready, findBecame } from './became.ts'
import { isKnown, refusalOfFields } from './conversion-rights.ts'
import { BECAME, BECOMES, type Becoming, FILLED, LINKED } from './lead-fields.ts'
import { type LinkedActivities, linkActivities } from './link-activities.ts'
import { proposeValues, type Source, type Values } from './propose-values.ts'

type Body = Readonly<Record<string, unknown>>
/** A record that is there, its empty fields to be filled or not; or a new one, whose fields go before what the lead proposes. */
export type Chosen = { readonly id: string; readonly fill?: boolean } | { readonly create: Body }

export interface ConversionInput {
  readonly account?: Chosen | null
  readonly contact: Chosen
  readonly deal?: { readonly create: Body } | null
  /** Of what is created; unstated, whoever converts. */
  readonly owner?: string
}

export interface Converted {
  readonly id: string
  /** The record as it is now; null where whoever converted doesn't read it. */
  readonly record: RecordItem | null
}

export interface Conversion {
  readonly lead: Converted
  readonly account: Converted | null
  readonly contact: Converted | null
  readonly deal: Converted | null
  readonly activities: LinkedActivities
}

interface Run {
  readonly step: Step
  readonly source: Source
  readonly input: ConversionInput
}

/**
 * Makes of a lead an account, a contact and a deal, or joins it to those that are there: all of it, or nothing.
 * @param version what the caller saw of the lead (`If-Match`)
 * @throws Problem 404, 403, 409 where it is converted already, 412, or 422 with paths into the input
 */
export async function convertLead(
  parts: RecordsParts,
  actor: Actor,
  id: string,
  input: ConversionInput,
  version?: number,
): Promise<Conversion> {
  return inTransaction(parts, actor, async (reading) => {
    const step = { parts, reading }
    const locked = await lockRecord(reading, 'leads', id, 'update', version)
    const item = await findWithin(step, 'leads', locked.id)
    if (!item) throw notFound()
    await requireConvertible(reading, locked, item, input)
    const made = await makeAll({ step, source: { module: locked.module, item }, input })
    await markConverted(step, locked, made)
    const activities = await linkActivities(step, locked.id, made)
    await keepClaim(reading)
    return {
      lead: await shown(step, 'leads', locked.id),
      account: await shownOf(step, made, 'account'),
      contact: await shownOf(step, made, 'contact'),
      deal: await shownOf(step, made, 'deal'),
      activities,
    }
  })
}

async function requireConvertible(
  reading: Reading,
  { module }: LockedRecord,
  item: RecordItem,
  input: ConversionInput,
): Promise<void> {
  const refusal = refusalOfFields(reading, module, chosenOf(input))
  if (refusal) throw refusal
  const became = await findBecame(reading, item)
  if (became) throw convertedAlready(became)
}

function chosenOf(input: ConversionInput): Becoming[] {
  return (['account', 'contact', 'deal'] as const).filter((one) => input[one])
}

type Made = Partial<Record<Becoming, string>>

/** In this order, since later ones look up earlier ones; but none before all are seen to be sound. */
async function makeAll(run: Run): Promise<Made & Links> {
  const ready = await readyAll(run)
  const made: Record<string, string> = {}
  for (const [one, make] of ready) {
    const links = Object.fromEntries(LINKED[one].flatMap((key) => (made[key] ? [[key, made[key]]] : [])))
    made[one] = await make(links)
  }
  return made
}

type Make = (links: Links) => Promise<string>

/** @throws Problem 422 with what is wrong about any of them */
async function readyAll(run: Run): Promise<readonly (readonly [Becoming, Make])[]> {
  const ready: [Becoming, Make][] = []
  const errors = new Map<string, InputError>()
  for (const one of chosenOf(run.input)) {
    try {
      ready.push([one, await readyOne(run, one)])
    } catch (error) {
      if (!(error instanceof Problem) || error.type !== 'invalid-input' || !error.errors) throw error
      // An owner is named once for all of them, and is wrong once.
      for (const found of error.errors) errors.set(`${found.path} ${found.message}`, found)
    }
  }
  if (errors.size > 0) throw invalidInput([...errors.values()])
  return ready
}

async function readyOne(run: Run, one: Becoming): Promise<Make> {
  if (!isKnown(run.step.reading, BECOMES[one]))
    throw invalidInput([{ path: `/${one}`, message: 'names a module that is not there' }])
  const chosen = run.input[one]
  if (!chosen) throw new Error('Only what is chosen is made.')
  return 'id' in chosen ? readyToJoin(run, one, chosen) : readyToCreate(run, one, chosen.create)
}

async function readyToCreate({ step, source, input }: Run, one: Becoming, given: Body): Promise<Make> {
  const values = { ...(await proposedFor(step, source, one)), ...given }
  const owner = input.owner === undefined ? {} : { owner: input.owner }
  const place = { path: `/${one}/create`, isOwnerAbove: input.owner !== undefined }
  const make = await under(place, () => readyWithin(step, BECOMES[one], { ...values, ...owner }))
  return (links) => under(place, () => make(links))
}

async function proposedFor({ reading }: Step, source: Source, one: Becoming): Promise<Values> {
  const module = reading.snapshot.policy.modules.get(BECOMES[one])
  return module ? proposeValues(reading, source, module, FILLED[one]) : {}
}

async function readyToJoin(
  { step, source }: Run,
  one: Becoming,
  chosen: { readonly id: string; readonly fill?: boolean },
): Promise<Make> {
  const id = chosen.id.toLowerCase()
  const isThere = ID.test(id) && (await isReadable(step.reading, BECOMES[one], id))
  if (!isThere) throw invalidInput([{ path: `/${one}/id`, message: 'names no record that is there' }])
  return async (links) => {
    if (chosen.fill) await fill(step, source, one, id, links)
    return id
  }
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Fills what is empty in a record that is there; what it has stays. */
async function fill(step: Step, source: Source, one: Becoming, id: string, links: Links): Promise<void> {
  const locked = await lockRecord(step.reading, BECOMES[one], id, 'update', undefined)
  const item = await findWithin(step, BECOMES[one], id)
  const isEmpty = ([key]: readonly [Key, unknown]) => item !== undefined && item[key] === null
  const values = Object.fromEntries(Object.entries(await proposedFor(step, source, one)).filter(isEmpty))
  const open = Object.fromEntries(Object.entries(links).filter(isEmpty))
  if (Object.keys(values).length + Object.keys(open).length === 0) return
  await under({ path: `/${one}` }, () => updateWithin(step, locked, values, open))
}

/** Says of problems with what goes into a record where in the input that stands: an owner of all is named beside the parts. */
async function under<Result>(
  { path, isOwnerAbove = false }: { readonly path: string; readonly isOwnerAbove?: boolean },
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const isOwners = error instanceof Problem && error.errors?.every((one) => one.path === '/owner')
    throw isOwnerAbove && isOwners ? error : errorUnder(path, error)
  }
}

async function markConverted(step: Step, locked: LockedRecord, made: Made): Promise<void> {
  const { reading } = step
  const { module } = locked
  const status = module.fields.get('status')
  const hasStatus = status?.options.some(({ value }) => value === CONVERTED)
  const mayStatus = hasStatus && viewOf(reading, module).access.get('status') === 'edit'
  const convertedAt = today(reading.now, reading.snapshot.policy.timeZone)
  const links = Object.entries(made).map(([one, id]) => [BECAME[one as Becoming], id])
  const body = { converted: true, convertedAt, ...(mayStatus && { status: CONVERTED }) }
  await updateWithin(step, locked, body, Object.fromEntries(links))
}

const CONVERTED = 'Converted'

async function shownOf(step: Step, made: Made, one: Becoming): Promise<Converted | null> {
  const id = made[one]
  return id === undefined ? null : shown(step, BECOMES[one], id)
}

async function shown(step: Step, module: Key, id: string): Promise<Converted> {
  return { id, record: (await findWithin(step, module, id)) ?? null }
}
