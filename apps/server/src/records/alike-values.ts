import { type FieldType, fold } from '@bailiwick/access'

/** What a company's name may end with, which says how it is held and not which it is. */
const SUFFIXES = [
  ...['oy', 'oyj', 'ab', 'abp', 'ky', 'tmi', 'as', 'asa', 'aps', 'hb', 'kb'],
  ...['ltd', 'limited', 'plc', 'llc', 'llp', 'inc', 'incorporated', 'corp', 'corporation', 'co', 'company'],
  ...['gmbh', 'ag', 'kg', 'ug', 'bv', 'nv', 'sa', 'sas', 'sarl', 'srl', 'spa', 'pte', 'pty'],
]
const IS_SUFFIX: ReadonlySet<string> = new Set(SUFFIXES)

/** A title as it is compared: folded, with single spaces, without punctuation around words, and without what companies end with. */
export function plainTitle(text: string): string {
  const words = fold(text)
    .split(/[\s,;]+/u)
    .map((word) => word.replace(/^[.'"()]+|[.'"()]+$/gu, ''))
    .filter((word) => word !== '')
  while (words.length > 1 && IS_SUFFIX.has(words.at(-1)?.replaceAll('.', '') ?? '')) words.pop()
  return words.join(' ')
}

/** Folded titles that come to the same, as they are usually written: such as an index finds. */
export function titlesAlike(text: string): string[] {
  const plain = plainTitle(text)
  const endings = SUFFIXES.flatMap((suffix) => [` ${suffix}`, ` ${suffix}.`, `, ${suffix}`, `, ${suffix}.`])
  return [...new Set([fold(text.trim()), plain, ...endings.map((ending) => plain + ending)])]
}

/** Digits of a number beyond a leading zero, country code or not: the last nine tell two apart. */
const DIGITS = 9
const FEWEST_DIGITS = 5

/**
 * A value as values of the type are compared for being the same thing.
 * @returns nothing where it says too little to go by, or values of the type are not compared
 */
export function plainValue(type: FieldType, value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 1_000) return undefined
  if (type === 'email') return fold(value.trim()) || undefined
  if (type === 'url') return hostOf(value)
  if (type !== 'phone') return undefined
  const digits = value.replace(/\D/g, '')
  return digits.length < FEWEST_DIGITS ? undefined : digits.slice(-DIGITS)
}

const FEWEST_SIGNS = 4

/** An identifier as it is compared: the letters and digits of it, however they are parted. @returns nothing where there are too few */
export function plainIdentifier(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 1_000) return undefined
  const signs = fold(value).replace(/[^a-z0-9]/g, '')
  return signs.length < FEWEST_SIGNS ? undefined : signs
}

/** `www.` in front of a host, and what comes after it, don't make it another. */
function hostOf(text: string): string | undefined {
  const [, host] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#@\s]*@)?([^/?#:\s]+)/.exec(fold(text.trim())) ?? []
  return host?.replace(/^www\./, '') || undefined
}
