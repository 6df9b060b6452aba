import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const SOURCE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const LANGUAGES = ['en', 'fi', 'sv', 'ar', 'zh-Hans'] as const
const PLURAL = /_(zero|one|two|few|many|other)$/

/** Every text of a language, by `namespace:key`. */
function textsOf(language: string): Map<string, string> {
  const texts = new Map<string, string>()
  for (const file of globSync(`**/texts/${language}.json`, { cwd: SOURCE })) {
    const namespace = path.basename(path.resolve(SOURCE, file, '../..'))
    flatten(`${namespace}:`, JSON.parse(readFileSync(path.join(SOURCE, file), 'utf8')), texts)
  }
  return texts
}

function flatten(prefix: string, value: unknown, into: Map<string, string>): void {
  if (typeof value === 'string') return void into.set(prefix, value)
  const join = prefix.endsWith(':') ? prefix : `${prefix}.`
  for (const [key, inner] of Object.entries(value ?? {})) flatten(`${join}${key}`, inner, into)
}

const withoutPlural = (key: string) => key.replace(PLURAL, '')
const basesOf = (texts: ReadonlyMap<string, string>) => new Set([...texts.keys()].map(withoutPlural))
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*([\w]+)[^}]*\}\}/g)].map(([, name = '']) => name).sort()

/** What the code asks for: whole keys, and the beginnings of those that end in something known later (`kind.${kind}`). */
function usedKeys(): { readonly whole: ReadonlySet<string>; readonly beginnings: readonly string[] } {
  const whole = new Set<string>()
  const beginnings: string[] = []
  for (const file of globSync('**/*.{ts,tsx}', { cwd: SOURCE })) {
    if (file.endsWith('.test.ts')) continue
    const code = readFileSync(path.join(SOURCE, file), 'utf8')
    for (const [, key = ''] of code.matchAll(/['"`]([a-z][a-z-]*:[A-Za-z][\w.-]*)['"`]/g)) whole.add(key)
    for (const [, start = ''] of code.matchAll(/`([a-z][a-z-]*:[A-Za-z][\w.-]*[._])\$\{/g)) beginnings.push(start)
  }
  return { whole, beginnings }
}

const english = textsOf('en')

describe('the texts of the page', () => {
  it('are there at all', () => {
    expect(english.size).toBeGreaterThan(20)
  })

  it.each(LANGUAGES)('are all there in %s, and no others', (language) => {
    expect([...basesOf(textsOf(language))].sort()).toEqual([...basesOf(english)].sort())
  })

  it.each(LANGUAGES)('have in %s each plural form that the language has', (language) => {
    const texts = textsOf(language)
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const counted = [...texts.keys()].filter((key) => PLURAL.test(key)).map(withoutPlural)
    const missing = [...new Set(counted)].flatMap((key) =>
      forms.filter((form) => !texts.has(`${key}_${form}`)).map((form) => `${key}_${form}`),
    )
    expect(missing).toEqual([])
  })

  it.each(LANGUAGES)('name in %s the same values as in English', (language) => {
    const texts = textsOf(language)
    const wrong = [...texts].filter(([key, text]) => {
      const original = english.get(key) ?? english.get(`${withoutPlural(key)}_other`) ?? ''
      const [named, wanted] = [placeholders(text), placeholders(original)]
      // "One deal" needs no number.
      const rest = PLURAL.test(key) ? wanted.filter((name) => name !== 'count' || named.includes('count')) : wanted
      return JSON.stringify(named) !== JSON.stringify(rest)
    })
    expect(wrong.map(([key]) => key)).toEqual([])
  })

  it('are none of them empty', () => {
    const empty = LANGUAGES.flatMap((language) => [...textsOf(language)].filter(([, text]) => text.trim() === ''))
    expect(empty).toEqual([])
  })

  it('are each asked for by the code, and the code asks for no other', () => {
    const bases = basesOf(english)
    const { whole, beginnings } = usedKeys()
    const namespaces = new Set([...bases].map((key) => key.split(':')[0]))
    const unknown = [...whole].filter((key) => namespaces.has(key.split(':')[0]) && !bases.has(key))
    const leftOver = [...bases].filter((key) => !whole.has(key) && !beginnings.some((start) => key.startsWith(start)))
    expect({ unknown, leftOver }).toEqual({ unknown: [], leftOver: [] })
  })
})
