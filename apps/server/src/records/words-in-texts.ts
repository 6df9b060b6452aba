import type { PolicyField } from '@bailiwick/access'
import { sql } from 'kysely'
import { fieldColumn, searchTable } from '../modules/columns.ts'
import { isSearchedField } from '../modules/searched-texts.ts'
import type { View } from './present-record.ts'
import { foldedText, type Reading, type SqlCondition } from './reach-to-sql.ts'
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
export function wordFound({ values }: Reading, view: View, { text }: Word<string | Slot>): SqlCondition {
  const fields = searchedFields(view)
  if (fields.length === 0) return sql`false`
  const sought = values?.placeOf(text, 'text') ?? sql`${text}`
  const found = fields.map((field) => {
    return sql`position(${sought} in ${foldedText(sql.ref(`t.${fieldColumn(field.key)}`))}) > 0`
  })
  return sql`(coalesce(${sql.join(found, sql`, false) or coalesce(`)}, false))`
}

/**
 * Whether the texts `w` of a record may have all of the words: the trigrams of each field are apart from those of others, so that what the
 * person doesn't read makes no difference to what is found, nor to how long it takes. Nothing where there is no word, or no text to read.
 */
export function textsHold(
  reading: Reading,
  view: View,
  words: readonly Word<string | Slot>[],
): SqlCondition | undefined {
  const fields = searchedFields(view)
  if (words.length === 0 || fields.length === 0) return undefined
  const each = words.map(({ pattern }) => {
    const sought = reading.values?.placeOf(pattern, 'text') ?? sql`${pattern}`
    return sql`(${sql.join(
      fields.map((field) => sql`${sql.ref(`w.${fieldColumn(field.key)}`)} like ${sought}`),
      sql` or `,
    )})`
  })
  return sql`(${sql.join(each, sql` and `)})`
}

/** The same of the row `t`, whose texts are looked at for each row that is asked about. */
export function textsMayHold(view: View, hold: SqlCondition): SqlCondition {
  return sql`exists (select from ${textsOf(view)} as w where w.id = t.id and ${hold} offset 0)`
}

/**
 * Whether the row `t` has all of the words, for a statement that is planned for them: their texts are found as the database thinks best.
 * To fold what a record holds costs far more than the database takes it to: said to hang on the text that was found (which is always
 * there), it isn't done before.
 */
export function wordsFound(reading: Reading, view: View, words: readonly Word<string | Slot>[]): SqlCondition[] {
  const each = words.map((word) => wordFound(reading, view, word))
  const hold = textsHold(reading, view, words)
  if (!hold) return each
  return [
    sql`exists (
      select from ${textsOf(view)} as w where w.id = t.id and ${hold} and (w.id is null or (${sql.join(each, sql` and `)})))`,
  ]
}

function textsOf({ module }: View) {
  return sql.table(searchTable(module.key))
}
