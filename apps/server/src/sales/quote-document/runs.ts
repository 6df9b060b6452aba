import bidiFactory from 'bidi-js'
import { fontOf, type Weight } from './fonts.ts'

/** The package is CommonJS with the types of a module: what TypeScript takes for its namespace is the function itself. */
const bidi = requireFactory(bidiFactory)()

function requireFactory(imported: unknown): typeof bidiFactory.default {
  if (!isFactory(imported)) throw new Error('bidi-js is not what it was.')
  return imported
}

function isFactory(imported: unknown): imported is typeof bidiFactory.default {
  return typeof imported === 'function'
}

/** A piece of a line that one font draws in one direction; the pieces of a line come from left to right. */
export interface Run {
  readonly text: string
  readonly font: string
}

const RTL_LETTER = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
/** Marks that steer the order, and are never drawn. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/u
/** Kinds of space and hyphen that few fonts have. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ['\u00a0', ' '],
  ['\u202f', ' '],
  ['\u2009', ' '],
  ['\u2007', ' '],
  ['\t', ' '],
  ['\u2011', '-'],
  ['\u2212', '−'],
])

interface Place {
  readonly at: number
  readonly character: string
  readonly font: string
  readonly isRightToLeft: boolean
}

/** A line of text as it is drawn (Unicode’s bidirectional algorithm, the direction being that of its first letter). */
export function runsOf(text: string, weight: Weight): Run[] {
  const levels = bidi.getEmbeddingLevels(text, 'auto')
  const mirrored = bidi.getMirroredCharactersMap(text, levels.levels)
  const places = bidi.getReorderedIndices(text, levels).flatMap((at): Place[] => {
    const character = characterAt(text, at)
    if (character === undefined || INVISIBLE.test(character)) return []
    const isRightToLeft = ((levels.levels[at] ?? 0) & 1) === 1
    return [{ at, isRightToLeft, ...drawn(mirrored.get(at) ?? character, weight) }]
  })
  return grouped(places).map(runOf)
}

/** The character that begins there; the second half of a pair begins none. */
function characterAt(text: string, at: number): string | undefined {
  const unit = text.charCodeAt(at)
  if (unit >= 0xdc00 && unit <= 0xdfff) return undefined
  return String.fromCodePoint(text.codePointAt(at) ?? 0)
}

/** What no font has is drawn as a question mark. */
function drawn(character: string, weight: Weight): { readonly character: string; readonly font: string } {
  const plain = PLAIN.get(character) ?? character
  const font = fontOf(plain, weight)
  if (font !== undefined) return { character: plain, font }
  const unknown = fontOf('?', weight)
  if (unknown === undefined) throw new Error('The fonts have no question mark.')
  return { character: '?', font: unknown }
}

function grouped(places: readonly Place[]): Place[][] {
  const groups: Place[][] = []
  for (const place of places) {
    const last = groups.at(-1)?.at(-1)
    const goesOn = last && last.font === place.font && last.isRightToLeft === place.isRightToLeft
    if (goesOn) groups.at(-1)?.push(place)
    else groups.push([place])
  }
  return groups
}

/** A shaper turns letters of right-to-left scripts around itself, and takes them as they are written; all else comes as it is seen. */
function runOf(places: readonly Place[]): Run {
  const seen = places.map(({ character }) => character)
  const isTurned = places[0]?.isRightToLeft === true && seen.some((one) => RTL_LETTER.test(one))
  const written = isTurned ? [...places].sort((a, b) => a.at - b.at).map(({ character }) => character) : seen
  return { text: written.join(''), font: places[0]?.font ?? '' }
}
