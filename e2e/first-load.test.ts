import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import zlib from 'node:zlib'
import { expect, it } from 'vitest'

const DIST = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../apps/web/dist')
const LIST_PAGE = 'src/features/lists/list-page.tsx'
/** Of compressed script, before the first list can be read. */
const MOST_BYTES = 250_000

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
}
type Manifest = Readonly<Record<string, Chunk>>

/** A chunk and all that the browser fetches with it before it runs. */
function withImports(manifest: Manifest, key: string, found = new Set<string>()): ReadonlySet<string> {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`There is no ${key} among what was built.`)
  if (found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const imported of chunk.imports ?? []) withImports(manifest, imported, found)
  return found
}

it('the first list page costs less than 250 kB of compressed script', () => {
  const built = path.join(DIST, 'manifest.json')
  expect(existsSync(built), 'the web application is built by `node tools/set-up.mjs`').toBe(true)
  const manifest: Manifest = JSON.parse(readFileSync(built, 'utf8'))
  const english = Object.keys(manifest).find((key) => key.endsWith('src/texts/en.ts')) ?? ''
  const page = readFileSync(path.join(DIST, 'index.html'), 'utf8')
  const atOnce = [...page.matchAll(/<(?:script|link rel="modulepreload")[^>]* (?:src|href)="\/([^"]+\.js)"/g)].map(
    ([, file = '']) => file,
  )
  expect(atOnce).not.toEqual([])
  const files = new Set([...atOnce, ...[LIST_PAGE, english].flatMap((key) => [...withImports(manifest, key)])])
  const sizes = [...files].map(
    (file) => [file, zlib.gzipSync(readFileSync(path.join(DIST, file)), { level: 9 }).length] as const,
  )
  const total = sizes.reduce((sum, [, size]) => sum + size, 0)
  console.log(`first list page: ${(total / 1_000).toFixed(1)} kB of compressed script in ${files.size} files`)
  expect(files.size).toBeGreaterThan(2)
  expect(files.size, 'each file is a question of its own').toBeLessThan(12)
  expect(total, JSON.stringify(sizes)).toBeLessThan(MOST_BYTES)
})
