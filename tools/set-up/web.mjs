import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import { runVite } from './vite.mjs'

const STAMP = '.set-up-stamp'
/** What the pages are made of, below apps/web; the lock says which libraries. */
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json']
const COMPRESSED = /\.(js|css|html|svg|json|webmanifest)$/

/** Whether apps/web/dist is what the sources make. */
export function webIsBuilt(root) {
  if (!existsSync(path.join(root, 'apps/web/index.html'))) return true
  const stamp = path.join(root, 'apps/web/dist', STAMP)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === stampOf(root)
}

/**
 * Builds the web application, beside the one that is there: whoever serves it meanwhile has the old pages or the new, whole. Files are
 * kept compressed as well, so that a server needn't do it for every visitor.
 */
export function buildWeb(root) {
  if (webIsBuilt(root)) return
  const stamp = stampOf(root)
  console.error('set-up: building the web application (once per change of it) …')
  const web = path.join(root, 'apps/web')
  const fresh = path.join(web, 'dist.new')
  rmSync(fresh, { recursive: true, force: true })
  runVite(root, web, 'dist.new')
  for (const file of filesIn(fresh)) if (COMPRESSED.test(file)) compress(file)
  writeFileSync(path.join(fresh, STAMP), stamp)
  rmSync(path.join(web, 'dist'), { recursive: true, force: true })
  renameSync(fresh, path.join(web, 'dist'))
}

function stampOf(root) {
  const hash = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json')))
  for (const source of SOURCES) {
    for (const file of filesIn(path.join(root, 'apps/web', source)).sort()) {
      hash.update(`\0${path.relative(root, file).split(path.sep).join('/')}\0`).update(readFileSync(file))
    }
  }
  return `${hash.digest('hex')}\n`
}

function filesIn(place) {
  if (!existsSync(place)) return []
  if (statSync(place).isFile()) return [place]
  return readdirSync(place).flatMap((name) => filesIn(path.join(place, name)))
}

function compress(file) {
  const content = readFileSync(file)
  const text = { [zlib.constants.BROTLI_PARAM_MODE]: zlib.constants.BROTLI_MODE_TEXT }
  writeFileSync(`${file}.br`, zlib.brotliCompressSync(content, { params: text }))
  writeFileSync(`${file}.gz`, zlib.gzipSync(content, { level: 9 }))
}
