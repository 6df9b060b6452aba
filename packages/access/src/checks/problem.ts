import type { FieldType, Key } from '../document.ts'
import { nearest } from './nearest.ts'

/** One thing that is wrong with a document. */
export interface Problem {
  /** JSON pointer into the document, such as `/sharingRules/emea-to-desk/when/field`. */
  readonly path: string
  /** What is wrong. */
  readonly message: string
  /** What would be right. */
  readonly cure: string
}

/** More than anyone reads at once; a hostile document must not make a report larger than itself. */
const REPORTED_PROBLEMS = 1_000

/** Letter comparisons that one check spends on near misses before it stops suggesting. */
const SUGGESTION_BUDGET = 10_000_000

const LISTED_CANDIDATES = 12

/** The pointer to a member of what `path` points at. */
export function childPath(path: string, key: string | number): string {
  return `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** Gathers what a check finds, in the order in which it finds it. */
export class Findings {
  readonly #problems: Problem[] = []
  readonly #seen = new Set<string>()
  #unlisted = 0
  #budget = SUGGESTION_BUDGET
  /** Sections that the document leaves as they are, and that can still be at odds with what it changes. */
  unstated: ReadonlySet<string> = new Set()

  add(path: string, message: string, cure: string): void {
    const known = `${path} ${message}`
    if (this.#seen.has(known)) return
    if (this.#problems.length >= REPORTED_PROBLEMS) {
      this.#unlisted += 1
      return
    }
    this.#seen.add(known)
    this.#problems.push({ path, message, cure: this.#withOrigin(path, cure) })
  }

  /** Reports a name that nothing has, with the nearest name that something has. */
  addUnknown(path: string, noun: string, name: string, candidates: Iterable<Key>): void {
    this.add(path, `There is no ${noun} ${shown(name)}.`, this.suggestion(noun, name, candidates))
  }

  suggestion(noun: string, name: string, candidates: Iterable<Key>): string {
    const near = this.#budget > 0 ? nearest(name, candidates, { spend: (cells) => this.#spend(cells) }) : undefined
    if (near !== undefined) return `Did you mean \`${near}\`?`
    const names = firstOf(candidates, LISTED_CANDIDATES + 1)
    if (names.length === 0) return `There is none to name: define the ${noun} first, or leave this out.`
    if (names.length <= LISTED_CANDIDATES) return `Name one of: ${names.join(', ')}.`
    return `Name a ${noun} that is there, or define this one.`
  }

  #spend(cells: number): boolean {
    this.#budget -= cells
    return this.#budget >= 0
  }

  /** Everything found; the last says how many problems went unlisted, where some did. */
  list(): Problem[] {
    if (this.#unlisted === 0) return [...this.#problems]
    const rest = `${this.#unlisted} more problems are not listed.`
    return [...this.#problems, { path: '', message: rest, cure: 'Mend these first, then check again.' }]
  }

  #withOrigin(path: string, cure: string): string {
    const section = path.split('/')[1] ?? ''
    if (!this.unstated.has(section)) return cure
    return `${cure} (The document leaves the section \`${section}\` as it is: state it, or keep what it refers to.)`
  }
}

function firstOf(candidates: Iterable<Key>, count: number): Key[] {
  const first: Key[] = []
  for (const candidate of candidates) {
    if (first.length === count) break
    first.push(candidate)
  }
  return first
}

const SHOWN_LENGTH = 60

/** A value as a message shows it: short, on one line, never failing. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `\`${shortened(value)}\``
  if (value === null) return '`null`'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`
  return `\`${shortened(String(value))}\``
}

/** `a text field`, `an integer field`. */
export function aField(type: FieldType): string {
  return `${/^[aei]/.test(type) ? 'an' : 'a'} ${type} field`
}

function shortened(text: string): string {
  const line = [...text.slice(0, SHOWN_LENGTH)]
    .map((letter) => (letter < ' ' || letter === '\u007f' ? '�' : letter))
    .join('')
  return text.length > SHOWN_LENGTH ? `${line}…` : line
}
