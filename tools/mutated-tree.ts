import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Mutant } from './mutants/mutant.ts'

const COPIED = [
  'packages',
  'apps',
  'spec',
  'tools',
  'docs',
  'e2e',
  'bench',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
]

/** A copy of the tree in which one mistake at a time is made; packages that are installed are the tree's own. */
export class MutatedTree {
  readonly root: string

  constructor(source: string) {
    this.root = realpathSync(mkdtempSync(path.join(tmpdir(), 'bailiwick-mutants-')))
    for (const name of COPIED)
      cpSync(path.join(source, name), path.join(this.root, name), { recursive: true, filter: isSource })
    for (const folder of ['', ...workspacesOf(source)]) linkPackages(source, this.root, folder)
  }

  /** Makes the mistake. @returns how to undo it; nothing where its text isn't there exactly once */
  apply({ file, text, by }: Mutant): (() => void) | undefined {
    const at = path.join(this.root, file)
    const source = readFileSync(at, 'utf8')
    if (source.split(text).length !== 2) return undefined
    writeFileSync(
      at,
      source.replace(text, () => by),
    )
    return () => writeFileSync(at, source)
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}

function isSource(file: string): boolean {
  return path.basename(file) !== 'node_modules'
}

function workspacesOf(source: string): readonly string[] {
  return ['packages', 'apps'].flatMap((folder) =>
    readdirSync(path.join(source, folder)).map((name) => path.join(folder, name)),
  )
}

/** Installed packages as links, the workspaces themselves as links into the copy. */
function linkPackages(source: string, copy: string, folder: string): void {
  const installed = path.join(source, folder, 'node_modules')
  const own = path.join(copy, folder, 'node_modules')
  for (const name of namesIn(installed)) {
    const scoped =
      name === '@bailiwick' ? namesIn(path.join(installed, name)).map((one) => path.join(name, one)) : [name]
    for (const each of scoped) {
      mkdirSync(path.dirname(path.join(own, each)), { recursive: true })
      symlinkSync(placeOf(source, copy, path.join(installed, each)), path.join(own, each))
    }
  }
}

/** Leaves tools' caches where they are: the copy has its own. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.vite') && name !== '.cache')
  } catch {
    return []
  }
}

function placeOf(source: string, copy: string, installed: string): string {
  const real = realpathSync(installed)
  const inside = path.relative(source, real).split(path.sep)
  const isWorkspace = ['packages', 'apps'].includes(inside[0] ?? '') && !inside.includes('node_modules')
  return isWorkspace ? path.join(copy, ...inside) : real
}
