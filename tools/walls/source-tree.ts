import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Import, readSource, type Source } from './read-source.ts'

/** A package of this repository: where it lies, what it lets others import, what it says it needs. */
export interface Workspace {
  readonly name: string
  readonly folder: string
  /** Import name → file, both from the repository's root; `.` is the package itself. */
  readonly exports: ReadonlyMap<string, string>
  readonly needs: ReadonlySet<string>
}

/** Where an import leads. */
export type Target =
  | { readonly kind: 'file'; readonly file: string; readonly through?: Workspace }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'sealed'; readonly workspace: Workspace }
  | { readonly kind: 'nowhere' }

export interface Edge extends Import {
  readonly from: string
  readonly target: Target
}

/** The sources of the repository, read and linked. Paths are relative to its root, with `/`. */
export interface SourceTree {
  readonly workspaces: readonly Workspace[]
  readonly files: ReadonlyMap<string, Source>
  readonly edges: readonly Edge[]
}

const SOURCE_FOLDERS = ['packages', 'apps', 'tools', 'bench', 'e2e']
/** What others wrote, and what is built. */
const NOT_SOURCES = new Set(['node_modules', 'dist', 'dist.new'])
const SOURCE = /\.(ts|mts|mjs|js|tsx)$/

/** Every source file and package description under the root, by path. */
export function readRepository(root: string): Map<string, string> {
  const texts = new Map<string, string>([['package.json', readFileSync(path.join(root, 'package.json'), 'utf8')]])
  for (const folder of SOURCE_FOLDERS) if (existsSync(path.join(root, folder))) collect(root, folder, texts)
  return texts
}

function collect(root: string, folder: string, texts: Map<string, string>): void {
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const place = `${folder}/${entry.name}`
    if (entry.isDirectory()) {
      if (!NOT_SOURCES.has(entry.name)) collect(root, place, texts)
    } else if (SOURCE.test(entry.name) || entry.name === 'package.json')
      texts.set(place, readFileSync(path.join(root, place), 'utf8'))
  }
}

/** Reads the files' imports and finds out where each leads. */
export function linkSources(texts: ReadonlyMap<string, string>): SourceTree {
  const workspaces = [...texts].filter(([file]) => file.endsWith('package.json')).map(readWorkspace)
  const files = new Map(
    [...texts].filter(([file]) => SOURCE.test(file)).map(([file, text]) => [file, readSource(file, text)]),
  )
  const edges = [...files].flatMap(([from, { imports }]) =>
    imports.map((found) => ({ ...found, from, target: findTarget(found.specifier, from, workspaces, files) })),
  )
  return { workspaces, files, edges }
}

function readWorkspace([file, text]: [string, string]): Workspace {
  const description = JSON.parse(text)
  const folder = path.posix.dirname(file)
  const exported = Object.entries<string>(description.exports ?? {})
  return {
    name: description.name,
    folder,
    exports: new Map(
      exported.map(([name, place]) => [path.posix.join(description.name, name), path.posix.join(folder, place)]),
    ),
    needs: new Set(
      ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
        Object.keys(description[kind] ?? {}),
      ),
    ),
  }
}

function findTarget(
  specifier: string,
  from: string,
  workspaces: readonly Workspace[],
  files: ReadonlyMap<string, Source>,
): Target {
  if (specifier.startsWith('node:')) return { kind: 'node', name: specifier }
  if (/^[./]/.test(specifier)) return findFile(path.posix.join(path.posix.dirname(from), specifier), files)
  const workspace = workspaces.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`))
  if (!workspace) return { kind: 'package', name: packageOf(specifier) }
  const file = workspace.exports.get(specifier)
  return file === undefined ? { kind: 'sealed', workspace } : { kind: 'file', file, through: workspace }
}

function findFile(file: string, files: ReadonlyMap<string, Source>): Target {
  // Data beside the code (JSON, YAML) is no module of ours: only sources have walls.
  if (files.has(file) || !SOURCE.test(file)) return { kind: 'file', file }
  return { kind: 'nowhere' }
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** The package that a file belongs to; files outside all of them belong to the repository itself. */
export function workspaceOf(file: string, { workspaces }: Pick<SourceTree, 'workspaces'>): Workspace | undefined {
  const home = workspaces.find(({ folder }) => folder !== '.' && file.startsWith(`${folder}/`))
  return home ?? workspaces.find(({ folder }) => folder === '.')
}
