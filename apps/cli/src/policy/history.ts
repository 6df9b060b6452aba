import {
  ChangeAnswerSchema,
  PolicyComparisonSchema,
  type PolicyVersions,
  PolicyVersionsSchema,
} from '@bailiwick/contract'
import { call } from '../connection/call.ts'
import type { Context, Outcome } from '../context.ts'
import { usageFailure } from '../failure.ts'
import { bold, faint } from '../text/paint.ts'
import { clean, counted, widthOf, wrap } from '../text/paragraph.ts'
import { appliedText } from './apply.ts'
import { changeLines } from './change-lines.ts'
import { actingOf, type ChangeOptions, changeQuery, ifMatch, type PolicyOptions, requireVersion } from './options.ts'

interface LogOptions extends PolicyOptions {
  readonly limit: string
  readonly before?: string
}

const VERSIONS = '/api/v1/policy/versions'

/** Who changed the policy, when, and why. */
export async function listVersions(context: Context, _args: readonly string[], options: LogOptions): Promise<Outcome> {
  const { limit, before } = options
  if (!/^([1-9]\d?|1\d\d|200)$/.test(limit)) throw usageFailure('--limit takes a number from 1 to 200.')
  const list = await call(context, PolicyVersionsSchema, {
    method: 'GET',
    path: VERSIONS,
    query: { limit, before: before && requireVersion(before) },
    acting: actingOf(options),
  })
  return { json: list, text: logText(list) }
}

function logText({ items, next }: PolicyVersions): string {
  const lines = items.flatMap(({ number, at, author, approvers, changes, reason }) => [
    `${bold(String(number))}  ${localTime(at)}  ${author}  ${faint(counted(changes, 'change'))}`,
    ...(approvers.length > 0 ? [`    approved by ${approvers.join(', ')}`] : []),
    ...(reason === null ? [] : [`    ${clean(reason)}`]),
  ])
  if (next !== null) lines.push(faint(`older ones: --before ${next}`))
  return lines.map((line) => wrap(line, widthOf(process.stdout))).join('\n')
}

/** To the minute, where the reader is. */
function localTime(at: string): string {
  const time = new Date(at)
  const two = (number: number) => String(number).padStart(2, '0')
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}`
}

/** What changed from one version to another, in either direction. */
export async function compareVersions(
  context: Context,
  [from, to]: readonly string[],
  options: PolicyOptions,
): Promise<Outcome> {
  const path = `${VERSIONS}/${requireVersion(from)}/diff/${requireVersion(to)}`
  const compared = await call(context, PolicyComparisonSchema, { method: 'GET', path, acting: actingOf(options) })
  const { changes } = compared
  return { json: compared, text: changes.length === 0 ? 'They say the same.' : changeLines(changes).join('\n') }
}

/** Applies an old version's document as a new version, by the checks of any apply. */
export async function rollBack(
  context: Context,
  [version]: readonly string[],
  options: ChangeOptions,
): Promise<Outcome> {
  const applied = await call(context, ChangeAnswerSchema, {
    method: 'POST',
    path: `${VERSIONS}/${requireVersion(version)}/restore`,
    query: changeQuery(options),
    acting: actingOf(options),
    headers: ifMatch(options),
    finishes: true,
  })
  return { json: applied, text: appliedText(applied) }
}
