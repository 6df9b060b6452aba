import type { MailLanguage } from './mail-texts.ts'

export interface MailLine {
  readonly text: string
  readonly html: string
}

type Values = Readonly<Record<string, string>>

/** Longer subjects are cut by those who show them. */
const LONGEST_SUBJECT = 150
/** Between these, what is put into a sentence doesn't turn the direction of what stands around it (Unicode's UAX 9). */
const [ISOLATED, ISOLATED_END] = ['\u2068', '\u2069']
/** What would end that from within, or turn it. */
const DIRECTION = /[\u202A-\u202E\u2066-\u2069]/g
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

/** A sentence of a mail with what is put in where braces stand, once as plain text and once for HTML. */
export function lineOf(language: MailLanguage, template: string, values: Values): MailLine {
  const plain = changed(values, (value) => oneLine(value.replace(DIRECTION, '')))
  return {
    text: oneLine(
      filled(
        template,
        changed(plain, (value) => isolated(language, value)),
      ),
    ),
    html: filled(
      escaped(template),
      changed(plain, (value) => `<bdi>${escaped(value)}</bdi>`),
    ),
  }
}

function isolated(language: MailLanguage, value: string): string {
  const mayTurn = language === 'ar' || RIGHT_TO_LEFT.test(value)
  return mayTurn && value !== '' ? `${ISOLATED}${value}${ISOLATED_END}` : value
}

function changed(values: Values, change: (value: string) => string): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]))
}

/** All at once, so that what is put in isn't read for braces again. */
function filled(template: string, values: Values): string {
  return template.replace(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? '')
}

/** Whatever a title holds, it begins no new line, and no new header. */
function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  return line.length > LONGEST_SUBJECT ? `${line.slice(0, LONGEST_SUBJECT)}…` : line
}

const ENTITIES: Values = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** As text within HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one)
}
