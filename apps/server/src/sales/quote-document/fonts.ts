import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { parseJson } from '../../http/json-text.ts'

const packages = createRequire(import.meta.url)

/**
 * Noto's faces, as their packages cut them: a file holds a part of the characters, and `unicode.json` says which. Only files whose
 * characters occur are read.
 */
const FACES = [
  { name: 'noto-sans', at: packages.resolve('@fontsource/noto-sans/unicode.json') },
  { name: 'noto-sans-arabic', at: packages.resolve('@fontsource/noto-sans-arabic/unicode.json') },
  { name: 'noto-sans-sc', at: packages.resolve('@fontsource/noto-sans-sc/unicode.json') },
] as const

export type Weight = 400 | 700

interface Part {
  readonly face: (typeof FACES)[number]
  /** As the files' names have it: `latin`, `arabic`, `57`. */
  readonly subset: string
  readonly ranges: readonly (readonly [from: number, to: number])[]
}

let known: readonly Part[] | undefined

function parts(): readonly Part[] {
  known ??= FACES.flatMap((face) =>
    Object.entries(requireRanges(readFileSync(face.at, 'utf8'))).map(([subset, ranges]) => ({
      face,
      subset: subset.replace(/[[\]]/g, ''),
      ranges: rangesOf(ranges),
    })),
  )
  return known
}

function requireRanges(text: string): Record<string, string> {
  const parsed = parseJson(text)
  if (typeof parsed !== 'object' || parsed === null) throw new Error('A font doesn’t say which characters it has.')
  return Object.fromEntries(Object.entries(parsed).map(([subset, ranges]) => [subset, String(ranges)]))
}

/** `U+20-7e,U+a9` → pairs of code points. */
function rangesOf(text: string): [number, number][] {
  return text.split(',').map((range) => {
    const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)]
  })
}

const found = new Map<number, Part | undefined>()
/** Beyond it all are looked for again. */
const MOST_FOUND = 20_000

/** The part of a face that has the character; the first face that has it, in the order above. */
function partOf(codePoint: number): Part | undefined {
  if (found.has(codePoint)) return found.get(codePoint)
  if (found.size >= MOST_FOUND) found.clear()
  const part = parts().find(({ ranges }) => ranges.some(([from, to]) => from <= codePoint && codePoint <= to))
  found.set(codePoint, part)
  return part
}

/** A name by which the font that has the character is registered and found; nothing where no face has it. */
export function fontOf(character: string, weight: Weight): string | undefined {
  const part = partOf(character.codePointAt(0) ?? 0)
  return part && `${part.face.name}-${part.subset}-${weight}`
}

/** The file of a font by that name. */
export function readFont(font: string): Buffer {
  const part = parts().find(({ face, subset }) => font.startsWith(`${face.name}-${subset}-`))
  if (!part) throw new Error(`There is no font ${font}.`)
  return readFileSync(path.join(path.dirname(part.face.at), 'files', `${font}-normal.woff`))
}
