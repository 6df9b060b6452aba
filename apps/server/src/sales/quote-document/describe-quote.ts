import type { Key, PolicyModule, Text } from '@bailiwick/access'
import { notFound } from '../../problem.ts'
import type { PresentedValue, RecordItem } from '../../records/present-record.ts'
import { findWithin, type Step } from '../../records/within-transaction.ts'
import { areThere, type Lines, linesOf } from '../lines.ts'
import type { Fact, Paper, PaperTable } from './paper.ts'
import { type Language, WORDS } from './words.ts'

interface Quote {
  readonly module: PolicyModule
  readonly item: RecordItem
  readonly language: Language
}

/** A quote as the person has it, for its paper: what is hidden isn't there, what is masked stands masked. */
export async function describeQuote(step: Step, module: PolicyModule, id: string, language: Language): Promise<Paper> {
  const { reading } = step
  const item = await findWithin(step, module.key, id)
  if (!item) throw notFound()
  const quote = { module, item, language }
  const lines = areThere(reading, module) ? await linesOf(reading, module, item) : undefined
  const terms = textOf(item.terms)
  return {
    language,
    at: reading.now,
    seller: textIn(reading.snapshot.document.organization?.name, language),
    title: textIn(module.name, language),
    facts: factsOf(quote),
    customer: { label: WORDS[language].customer, lines: await customerOf(step, quote) },
    ...(lines && lines.lines.length > 0 && { table: tableOf(quote, lines) }),
    totals: totalsOf(quote, lines),
    ...(terms !== '' && { terms: { label: labelOf(quote, 'terms'), value: terms } }),
  }
}

function textIn(text: Text | undefined, language: Language): string {
  if (text === undefined || typeof text === 'string') return text ?? ''
  return text[language] ?? text.en ?? Object.values(text)[0] ?? ''
}

/** A value in words; '' where there is none, or it is hidden. */
function textOf(value: PresentedValue | undefined): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' && 'masked' in value ? value.masked : String(value)
}

function labelOf({ module, language }: Quote, key: Key): string {
  return textIn(module.fields.get(key)?.name, language)
}

const FACTS = ['number', 'name', 'issuedDate', 'validUntil', 'paymentTerms'] as const
const DAYS: ReadonlySet<Key> = new Set(['issuedDate', 'validUntil'])

function factsOf(quote: Quote): Fact[] {
  return FACTS.flatMap((key) => {
    const text = textOf(quote.item[key])
    if (text === '') return []
    return [{ label: labelOf(quote, key), value: DAYS.has(key) ? dayOf(text, quote.language) : text }]
  })
}

function dayOf(text: string, language: Language): string {
  const day = Date.parse(`${text}T00:00:00Z`)
  if (Number.isNaN(day)) return text
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(day)
}

/** The account and the contact, each as far as its own module shows it, and the address that stands on the quote. */
async function customerOf(step: Step, { item }: Quote): Promise<string[]> {
  const names = [await titleOf(step, 'accounts', item.account), await titleOf(step, 'contacts', item.contact)]
  const place = [item.billingPostalCode, item.billingCity].map(textOf).filter(Boolean).join(' ')
  const address = [textOf(item.billingStreet), place, textOf(item.billingState), textOf(item.billingCountry)]
  return [...names, ...address].filter((line) => line !== '')
}

async function titleOf(step: Step, module: Key, id: PresentedValue | undefined): Promise<string> {
  const record = typeof id === 'string' ? await findWithin(step, module, id) : undefined
  const title = step.reading.snapshot.policy.modules.get(module)?.titleField
  return record && title ? textOf(record[title.key]) : ''
}

function tableOf({ language }: Quote, { lines, currency, decimals }: Lines): PaperTable {
  const words = WORDS[language]
  const money = moneyIn(language, currency, decimals)
  const plain = new Intl.NumberFormat(language, { maximumFractionDigits: 4 })
  const percent = (value: number) => (value === 0 ? '' : `${plain.format(value)} %`)
  return {
    head: {
      item: words.item,
      figures: [words.quantity, words.unitPrice, words.discount, words.taxPercent, words.sum],
    },
    rows: lines.map((line) => ({
      item: line.name,
      ...(line.description !== null && { description: line.description }),
      figures: [
        plain.format(line.quantity),
        money(line.unitPrice, 4),
        percent(line.discountPercent),
        percent(line.taxPercent),
        money(line.subtotal - line.discount),
      ],
    })),
  }
}

/** A sum of money; unit prices may have more decimals than the currency. */
function moneyIn(language: Language, currency: string | null, decimals: number) {
  return (value: number, most = decimals) => {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: Math.max(decimals, most) }
    const style = currency === null ? {} : { style: 'currency' as const, currency }
    return new Intl.NumberFormat(language, { ...style, ...digits }).format(value).replace(MARKS, '')
  }
}

/** They would have `-54.80 US$`, which stands alone in its cell, run to the left: the sign then comes between sum and currency. */
const MARKS = /[\u061c\u200e\u200f]/g

/** Of the lines; where there are none, what the quote itself says. */
function totalsOf(quote: Quote, lines: Lines | undefined): Fact[] {
  const { language, item } = quote
  const words = WORDS[language]
  if (!lines || lines.lines.length === 0) {
    const money = moneyIn(language, isCode(item.currency) ? item.currency : null, 2)
    return ['amount', 'tax', 'shippingCost'].flatMap((key) => {
      const value = item[key]
      if (value === null || value === undefined) return []
      return [{ label: labelOf(quote, key), value: typeof value === 'number' ? money(value) : textOf(value) }]
    })
  }
  const { totals, currency, decimals } = lines
  const money = moneyIn(language, currency, decimals)
  return [
    { label: words.subtotal, value: money(totals.subtotal) },
    ...(totals.discount === 0 ? [] : [{ label: words.discount, value: money(-totals.discount) }]),
    { label: words.tax, value: money(totals.tax) },
    ...(totals.shipping ? [{ label: words.shipping, value: money(totals.shipping) }] : []),
    { label: words.total, value: money(totals.total), isStrong: true },
  ]
}

function isCode(value: PresentedValue | undefined): value is string {
  return typeof value === 'string' && /^[A-Za-z]{3}$/.test(value)
}
