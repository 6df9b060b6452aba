import { parseInstant } from '../calendar.ts'
import type { Key } from '../document.ts'
import { parsePrincipal } from '../principal.ts'
import { level, owner, principal } from './common-shapes.ts'
import type { Context, ModuleShape } from './context.ts'
import { checkPrincipal, checkReference, findField, findModule } from './context.ts'
import type { LooseField, LooseTest } from './loose.ts'
import { childPath, shown } from './problem.ts'
import { capital, flag, isRecord, object, text } from './shape.ts'
import { checkValue, isRecordId } from './values.ts'

/** A made-up record may hold the record that it looks up, which may hold another; a chain of parents is not longer than this. */
const DEEPEST_RECORD = 10

/** Where a record of a test stands. */
interface RecordPlace {
  readonly path: string
  readonly depth: number
  /** Whether an id alone stands for a stored record: the record itself and its parents, whose facts the test reads. */
  readonly isRead: boolean
}

/** The examples: they ask as a user that is there, about a record that could be there, and something. */
export function checkTests(context: Context): void {
  for (const [key, test] of Object.entries(context.document.tests ?? {})) {
    checkTest(context, test, childPath('/tests', key))
  }
}

function checkTest(context: Context, test: LooseTest, path: string): void {
  checkAsker(context, test.as, `${path}/as`)
  refuseContradiction(context, test, path)
  const module = findModule(context, test.module, `${path}/module`)
  for (const field of Object.keys(test.fields ?? {})) {
    if (module) findField(context, module, field, childPath(`${path}/fields`, field))
  }
  const place = { path: `${path}/record`, depth: 1, isRead: true }
  if (test.record !== undefined) checkRecord(context, test.record, module, place)
}

function checkAsker(context: Context, as: string | undefined, path: string): void {
  if (as === undefined) return
  const asker = parsePrincipal(as)
  if (asker?.kind === 'user') checkReference(context, 'user', asker.key, path)
  else context.findings.add(path, `${shown(as)} is not a single user.`, 'Write user:<key>.')
}

function refuseContradiction(
  { findings }: Context,
  { can = [], cannot = [], fields = {} }: LooseTest,
  path: string,
): void {
  for (const [index, action] of cannot.entries()) {
    if (!can.includes(action)) continue
    findings.add(`${path}/cannot/${index}`, `The test asks for ${action} and against it.`, 'Keep one of the two.')
  }
  if (can.length + cannot.length + Object.keys(fields).length > 0) return
  findings.add(path, 'The test asks for nothing: it could never fail.', 'State `can`, `cannot` or `fields`.')
}

function checkRecord(context: Context, record: unknown, module: ModuleShape | undefined, place: RecordPlace): void {
  const { findings } = context
  const { path, depth, isRead } = place
  if (depth > DEEPEST_RECORD) {
    findings.add(path, `The record is more than ${DEEPEST_RECORD} records deep.`, 'Leave the farther records out.')
  } else if (!isRecord(record)) {
    findings.add(path, `${capital(shown(record))} is not a record.`, 'Write { field: value, … } or { id: … }.')
  } else if (isRead && Object.keys(record).length === 1 && Object.hasOwn(record, 'id')) {
    storedId.read(record.id, `${path}/id`, findings)
  } else {
    for (const [key, value] of Object.entries(record)) {
      if (value !== undefined) checkPart(context, key, value, module, { ...place, path: childPath(path, key) })
    }
  }
}

const storedId = text({
  refuse: (value) =>
    isRecordId(value)
      ? undefined
      : {
          message: `${shown(value)} is not the id of a record.`,
          cure: 'Write the id of a record that is there, or make one up: { owner: user:<key>, … }.',
        },
})

function checkPart(
  context: Context,
  key: Key,
  value: unknown,
  module: ModuleShape | undefined,
  place: RecordPlace,
): void {
  const { path } = place
  if (key === 'id') text().read(value, path, context.findings)
  else if (key === 'confidential') flag().read(value, path, context.findings)
  else if (key === 'shares') checkShares(context, value, path)
  else if (key === 'owner') checkOwner(context, value, path)
  else if (module) {
    const field = findField(context, module, key, path)
    const isRead = place.isRead && key === module.parent
    if (field) checkFieldValue(context, value, field, { ...place, isRead })
  }
}

function checkOwner(context: Context, value: unknown, path: string): void {
  const sound = owner.read(value, path, context.findings)
  if (sound !== undefined) checkPrincipal(context, sound, path)
}

interface WrittenShare {
  readonly with: string
  readonly level: string
  readonly expiresAt?: string
}

const share = object<WrittenShare>(
  {
    with: principal,
    level,
    expiresAt: text({
      refuse: (value) =>
        parseInstant(value) === undefined
          ? { message: `${shown(value)} is not an instant.`, cure: 'Write one such as "2026-03-31T08:00:00Z".' }
          : undefined,
    }),
  },
  ['with', 'level'],
)

function checkShares(context: Context, shares: unknown, path: string): void {
  if (!Array.isArray(shares)) {
    context.findings.add(path, `${capital(shown(shares))} is not a list.`, 'Write a list of { with, level }.')
    return
  }
  for (const [index, one] of shares.entries()) {
    const sound = share.read(one, childPath(path, index), context.findings)
    if (sound?.with !== undefined) checkPrincipal(context, sound.with, `${childPath(path, index)}/with`)
  }
}

function checkFieldValue(context: Context, value: unknown, field: LooseField, place: RecordPlace): void {
  const { path, depth, isRead } = place
  if (value === null || field.type === 'file') return
  if (field.type === 'lookup' && isRecord(value)) {
    const module = field.module === undefined ? undefined : context.modules.get(field.module)
    checkRecord(context, value, module, { path, depth: depth + 1, isRead })
  } else if (field.type === 'lookup' && isRead) {
    storedId.read(value, path, context.findings)
  } else if (field.type !== 'choices') {
    checkValue(context, value, field, { path, isMadeUp: true })
  } else if (Array.isArray(value)) {
    for (const [index, option] of value.entries()) checkValue(context, option, field, { path: childPath(path, index) })
  } else {
    context.findings.add(path, `${capital(shown(value))} is not a list.`, 'Write a list of options.')
  }
}
