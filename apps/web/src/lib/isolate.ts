import type { Language } from './languages.ts'

/** Between these, what is put into a sentence doesn't turn the direction of what stands around it (Unicode's UAX 9): `<bdi>` as text. */
const [BEGIN, END] = ['\u2068', '\u2069']
/** What begins the same, but is read in a direction of its own. */
const [BEGIN_LEFT_TO_RIGHT, BEGIN_RIGHT_TO_LEFT] = ['\u2066', '\u2067']
/** What would end that from within, or turn it. */
const DIRECTION = /[\u202A-\u202E\u2066-\u2069]/g
/** A text with parts that stand by themselves already, and nothing else that turns it. */
const IN_PARTS = /^(?:[^\u202A-\u202E\u2066-\u2069]|\u2068[^\u202A-\u202E\u2066-\u2069]*\u2069)*$/
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}\p{Script=Hangul}]/u

/**
 * A name (or whatever else is put into a text) that stands in a sentence of the language, also in labels, where there is no markup. A list
 * of them is read in the language's direction, each of them in its own.
 */
export function isolate(language: Language, value: string): string {
  const other = language === 'ar' ? LEFT_TO_RIGHT : RIGHT_TO_LEFT
  if (!other.test(value)) return value
  if (!value.includes(BEGIN) || !IN_PARTS.test(value)) return `${BEGIN}${value.replace(DIRECTION, '')}${END}`
  return `${language === 'ar' ? BEGIN_RIGHT_TO_LEFT : BEGIN_LEFT_TO_RIGHT}${value}${END}`
}
