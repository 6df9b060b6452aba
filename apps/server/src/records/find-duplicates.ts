import { fold, isTextType, type Key, type PolicyField } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import { plainIdentifier, plainTitle, plainValue, titlesAlike } from './alike-values.ts'
import type { RecordsParts } from './parts.ts'
import { presentRecords, type RecordItem, type RecordRow, recordColumns, type View, viewOf } from './present-record.ts'
import { foldedText } from './reach-to-sql.ts'
import { titleText } from './record-titles.ts'
import { reachedRows, requireModule } from './require-module.ts'
import { type Reading, stampedRows } from './stamped.ts'

export interface DuplicatesQuestion {
  readonly values: Readonly<Record<string, unknown>>
  /** The record that has these values already. */
  readonly exceptId?: string
}

export interface Duplicate {
  readonly id: string
  readonly title: string | null
  readonly access: RecordItem['access']
  readonly matched: Key[]
}

const MOST_FOUND = 20
/** Of the records that changed last so many are looked through for what no index knows. */
const LOOKED_THROUGH = 20_000

/**
 * Records that the person reads and that are likely the same as the one of these values: by title, e-mail address, phone number,
 * website and identifier, as far as he has those fields in clear. A field that is hidden from him, masked or not there is not compared.
 * @throws Problem 404 for a module that he doesn't read
 */
export async function findDuplicates(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  question: DuplicatesQuestion,
): Promise<Duplicate[]> {
  const { rows, reading } = await stampedRows<RecordRow>(parts, actor, (now) => {
    const view = viewOf(now, requireModule(now, moduleKey, 'read'))
    return candidates(now, view, comparisonsOf(view, question.values))
  })
  const view = viewOf(reading, requireModule(reading, moduleKey, 'read'))
  const compared = comparisonsOf(view, question.values)
  const found = rows.filter(({ id }) => id !== null && id !== question.exceptId?.toLowerCase())
  const items = await presentRecords(parts, reading, view, found)
  return items
    .flatMap((item) => duplicateOf(view, compared, item) ?? [])
    .sort((a, b) => b.matched.length - a.matched.length)
    .slice(0, MOST_FOUND)
}

interface Comparison {
  readonly field: PolicyField
  readonly plain: string
  plainOf(value: unknown): string | undefined
  /** Whether the row `t` may be alike. */
  readonly isLikely: RawBuilder<unknown>
  readonly isIndexed: boolean
}

function comparisonsOf({ module, access, visible }: View, values: DuplicatesQuestion['values']): Comparison[] {
  return visible.flatMap((field) => {
    if (access.get(field.key) === 'masked' || field.encrypted || !Object.hasOwn(values, field.key)) return []
    const value = values[field.key]
    const compared = field === module.titleField ? titleComparison(field, value) : valueComparison(field, value)
    return compared ? [compared] : []
  })
}

function titleComparison(field: PolicyField, value: unknown): Comparison | undefined {
  if (typeof value !== 'string' || value.length > 1_000 || !isTextType(field.type)) return undefined
  const plain = plainTitle(value)
  if (plain === '') return undefined
  const isLikely = sql`${textOf(field)} = any(${titlesAlike(value).map(sound)}::text[])`
  return { field, plain, plainOf: (other) => plainTitle(String(other)), isLikely, isIndexed: true }
}

function valueComparison(field: PolicyField, value: unknown): Comparison | undefined {
  if (isIdentifier(field)) return identifierComparison(field, value)
  const plain = plainValue(field.type, value)
  if (plain === undefined) return undefined
  const plainOf = (other: unknown) => plainValue(field.type, other)
  const common = { field, plain, plainOf, isIndexed: field.type === 'email' && (field.indexed || field.unique) }
  const text = textOf(field)
  if (field.type === 'email') return { ...common, isLikely: sql`${text} = ${sound(plain)}` }
  if (field.type === 'url') return { ...common, isLikely: sql`position(${sound(plain)} in ${text}) > 0` }
  return {
    ...common,
    isLikely: sql`right(regexp_replace(${text}, '[^0-9]', '', 'g'), ${plain.length}::int) = ${plain}`,
  }
}

/** What tells one company from all others: a number of a register, or what the policy says is there once. */
function isIdentifier({ key, type, unique }: PolicyField): boolean {
  return type === 'text' && (unique || key === 'taxNumber' || key === 'accountNumber')
}

function identifierComparison(field: PolicyField, value: unknown): Comparison | undefined {
  const plain = plainIdentifier(value)
  if (plain === undefined) return undefined
  const isLikely = sql`regexp_replace(${textOf(field)}, '[^a-z0-9]', '', 'g') = ${plain}`
  return { field, plain, plainOf: plainIdentifier, isLikely, isIndexed: false }
}

function textOf({ key }: PolicyField): RawBuilder<unknown> {
  return foldedText(sql.ref(`t.${fieldColumn(key)}`))
}

/** What no text of the database's holds is in none of them. */
function sound(text: string): string {
  return fold(text.replaceAll('\0', '\ufffd').toWellFormed())
}

/** Rows that the person reads and that may be alike: those that indexes know, and of the others those that changed last. */
function candidates(reading: Reading, view: View, compared: readonly Comparison[]): RawBuilder<unknown> {
  const table = sql.table(recordTable(view.module.key))
  const columns = recordColumns(reading, view, 't')
  const reached = reachedRows(reading, view.module.key, 'read', 't')
  const indexed = compared.filter(({ isIndexed }) => isIndexed)
  const others = compared.filter(({ isIndexed }) => !isIndexed)
  const found = [
    ...indexed.map(
      ({ isLikely }) => sql`
      (select ${columns} from ${table} as t where t.deleted_at is null and ${isLikely} and ${reached} limit ${sql.lit(MOST_FOUND + 1)})`,
    ),
    ...(others.length === 0
      ? []
      : [
          sql`(select ${columns} from (
            select t.* from ${table} as t where t.deleted_at is null order by t.updated_at desc limit ${sql.lit(LOOKED_THROUGH)}
          ) as t where (${sql.join(
            others.map(({ isLikely }) => isLikely),
            sql` or `,
          )}) and ${reached} limit ${sql.lit(MOST_FOUND + 1)})`,
        ]),
  ]
  if (found.length === 0) return sql`select null::text as id where false`
  return sql`select distinct on (id) * from (${sql.join(found, sql` union all `)}) as found order by id`
}

function duplicateOf(view: View, compared: readonly Comparison[], item: RecordItem): Duplicate | undefined {
  const matched = compared
    .filter(({ field, plain, plainOf }) => {
      const value = item[field.key]
      return value !== null && value !== undefined && plainOf(value) === plain
    })
    .map(({ field }) => field.key)
  if (matched.length === 0) return undefined
  const title = view.visible.find((field) => field === view.module.titleField)
  return { id: item.id, title: title ? titleText(item[title.key]) : null, access: item.access, matched }
}
