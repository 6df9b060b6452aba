import type { Key, Operator, PolicyField, PolicyModule, ReachCondition } from '@bailiwick/access'
import { conjunctsOf } from '@bailiwick/access'
import { sql } from 'kysely'
import { fieldColumn, searchTable } from '../modules/columns.ts'
import { isSearchedField } from '../modules/searched-texts.ts'
import { isIndexed } from './known-conditions.ts'
import type { View } from './present-record.ts'
import { foldedText, type Reading, reachToSql, type SqlCondition } from './reach-to-sql.ts'
import type { Slot } from './remembered-statements.ts'

/** A word that is looked for in records. */
export interface Word<Value = string> {
  /** Folded. */
  readonly text: Value
  /** For `like`, in texts as they are spelled in the table of texts: whatever has the word is found so, and now and then something else. */
  readonly pattern: Value
}

/** @param text folded */
export function wordOf(text: string): Word {
  return { text, pattern: `%${spelled(text)}%` }
}

/** As `control.spelled` does. */
function spelled(text: string): string {
  const bytes = [...Buffer.from(text, 'utf8')]
  return bytes
    .map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : byte.toString(8)))
    .join('')
    .replaceAll('\\', '')
}

/** Search goes through the texts that the person reads in clear, and no others. */
function searchedFields({ visible, access }: View): PolicyField[] {
  return visible.filter((field) => isSearchedField(field.key, field) && access.get(field.key) !== 'masked')
}

/** Whether the row `t` has the word. */
export function wordFound(reading: Reading, view: View, word: Word<string | Slot>): SqlCondition {
  return inSomeField(view, ({ key }) => sql`coalesce(${wordIn(reading, key, word)}, false)`)
}

/** The same with its texts `w` at hand: only a text that may have the word is folded. */
function wordConfirmed(reading: Reading, view: View, word: Word<string | Slot>): SqlCondition {
  return inSomeField(view, ({ key }) => sql`(${like(reading, key, word.pattern)} and ${wordIn(reading, key, word)})`)
}

function inSomeField(view: View, test: (field: PolicyField) => SqlCondition): SqlCondition {
  const fields = searchedFields(view)
  return fields.length === 0 ? sql`false` : sql`(${sql.join(fields.map(test), sql` or `)})`
}

function wordIn({ values }: Reading, field: Key, { text }: Word<string | Slot>): SqlCondition {
  const sought = values?.placeOf(text, 'text') ?? sql`${text}`
  return sql`position(${sought} in ${foldedText(sql.ref(`t.${fieldColumn(field)}`))}) > 0`
}

function like({ values }: Reading, field: Key, pattern: string | Slot): SqlCondition {
  const sought = values?.placeOf(pattern, 'text') ?? sql`${pattern}`
  return sql`${sql.ref(`w.${fieldColumn(field)}`)} like ${sought}`
}

/** A part of a filter that asks for a text in one field, of which no index but that of the texts knows. */
export interface TextPart<Value = string> {
  readonly field: Key
  /** For `like`, as a word's. */
  readonly pattern: Value
  readonly condition: ReachCondition
}

const PATTERNS: { readonly [op in Operator]?: (spelled: string) => string } = {
  contains: (part) => `%${part}%`,
  startsWith: (beginning) => `${beginning}%`,
  eq: (whole) => whole,
}

/** Those parts of a filter that must hold. */
export function textParts(module: PolicyModule, filter: ReachCondition | undefined): TextPart[] {
  const conjuncts = filter === undefined ? [] : conjunctsOf(filter)
  return conjuncts.flatMap((condition) => {
    if (!('compare' in condition)) return []
    const { field: key, op, value } = condition.compare
    const field = module.fields.get(key)
    const pattern = PATTERNS[op]
    if (!field || !pattern || typeof value !== 'string' || !isSearchedField(key, field)) return []
    return op === 'eq' && isIndexed(module, field) ? [] : [{ field: key, pattern: pattern(spelled(value)), condition }]
  })
}

/** What is asked for in texts: words, in whichever fields, and parts of a filter. */
export interface AskedTexts {
  readonly words: readonly Word<string | Slot>[]
  readonly parts: readonly TextPart<string | Slot>[]
}

/**
 * Whether the texts `w` of a record may have all that is asked for: the trigrams of each field are apart from those of others, so that what
 * the person doesn't read makes no difference to what is found, nor to how long it takes. Nothing where no text is asked for, or none read.
 */
export function textsHold(reading: Reading, view: View, { words, parts }: AskedTexts): SqlCondition | undefined {
  if (words.length + parts.length === 0 || searchedFields(view).length === 0) return undefined
  const held = words.map(({ pattern }) => inSomeField(view, ({ key }) => like(reading, key, pattern)))
  const all = [...held, ...parts.map(({ field, pattern }) => like(reading, field, pattern))]
  return sql`(${sql.join(all, sql` and `)})`
}

/** The same of the row `t`, whose texts are looked at for each row that is asked about. */
export function textsMayHold(view: View, hold: SqlCondition): SqlCondition {
  return sql`exists (select from ${textsOf(view)} as w where w.id = t.id and ${hold} offset 0)`
}

/**
 * Whether the row `t` has all of the texts, for a statement that is planned for them: they are found as the database thinks best. To fold
 * what a record holds costs far more than the database takes it to: said to hang on the text that was found (which is always there), it
 * isn't done before.
 */
export function textsFound(reading: Reading, view: View, { words, parts }: AskedTexts): SqlCondition[] {
  const hold = textsHold(reading, view, { words, parts })
  const inFields = parts.map(({ condition }) => reachToSql(reading, view.module.key, 't', condition))
  if (!hold) return [...inFields, ...words.map((word) => wordFound(reading, view, word))]
  const each = [...inFields, ...words.map((word) => wordConfirmed(reading, view, word))]
  return [
    sql`exists (
      select from ${textsOf(view)} as w where w.id = t.id and ${hold} and (w.id is null or (${sql.join(each, sql` and `)})))`,
  ]
}

function textsOf({ module }: View) {
  return sql.table(searchTable(module.key))
}
