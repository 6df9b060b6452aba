import { isMapping, type Mapping } from './overlay.ts'

/** A mistake in a scenario file, with the place where it stands. */
export class ScenarioMistake extends Error {
  constructor(path: string, message: string) {
    super(`${path}: ${message}`)
    this.name = 'ScenarioMistake'
  }
}

/** The value as a mapping that has every required key and no key besides those named; else throws ScenarioMistake. */
export function readMapping(
  value: unknown,
  path: string,
  keys: { readonly required?: readonly string[]; readonly optional?: readonly string[] },
): Mapping {
  const mapping = readOpenMapping(value, path)
  const { required = [], optional = [] } = keys
  for (const key of required) if (mapping[key] === undefined) throw new ScenarioMistake(path, `${key} is missing`)
  for (const key of Object.keys(mapping)) requireOneOf(key, [...required, ...optional], `${path}/${key}`, 'key')
  return mapping
}

/** The value as a mapping with any keys. */
export function readOpenMapping(value: unknown, path: string): Mapping {
  if (!isMapping(value)) throw new ScenarioMistake(path, 'a mapping is expected')
  return value
}

export function readText(value: unknown, path: string): string {
  if (typeof value !== 'string' || value.trim() === '') throw new ScenarioMistake(path, 'a text is expected')
  return value
}

export function readOptionalText(value: unknown, path: string): string | undefined {
  return value === undefined ? undefined : readText(value, path)
}

export function readList(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new ScenarioMistake(path, 'a list is expected')
  return value
}

export function readTexts(value: unknown, path: string): readonly string[] {
  return readList(value, path).map((item, index) => readText(item, `${path}/${index}`))
}

/** One text or a list of texts, as a list that isn't empty. */
export function readOneOrMore(value: unknown, path: string): readonly string[] {
  const texts = Array.isArray(value) ? readTexts(value, path) : [readText(value, path)]
  if (texts.length === 0) throw new ScenarioMistake(path, 'at least one is expected')
  return texts
}

/** `yes` or `no`, and nothing else: `true`, `on` and `"no "` are mistakes. */
export function readYesNo(value: unknown, path: string): boolean {
  return requireOneOf(value, ['yes', 'no'], path, 'answer') === 'yes'
}

/** A date and time with its offset, as epoch milliseconds. */
export function readInstant(value: unknown, path: string): number {
  const text = readText(value, path)
  const instant = /T.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(instant)) throw new ScenarioMistake(path, `${text} is no instant (2026-03-02T09:00:00Z is)`)
  return instant
}

/** The value where it is among those allowed; else throws, naming the allowed ones. */
export function requireOneOf<T extends string>(value: unknown, allowed: readonly T[], path: string, noun: string): T {
  const found = allowed.find((candidate) => candidate === value)
  if (found !== undefined) return found
  throw new ScenarioMistake(path, `${JSON.stringify(value)} is no ${noun}; there are: ${allowed.join(', ') || 'none'}`)
}
