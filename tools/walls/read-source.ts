import { parseSync } from 'oxc-parser'

/** One mention of another module in a source file, whatever its form. */
export interface Import {
  readonly specifier: string
  readonly line: number
  /** Gone when the types are stripped. */
  readonly typeOnly: boolean
  /** What is taken from there; `*` for all of it, nothing for its effects alone. */
  readonly names: readonly string[]
}

/** Something else that a wall asks about, and where. */
export interface Found {
  readonly what: string
  readonly line: number
}

/** What the walls have to know of a source file. */
export interface Source {
  readonly imports: Import[]
  /** Every literal text, the pieces of templates included. */
  readonly texts: Found[]
  /** Calls that ask the clock or draw lots. */
  readonly chances: Found[]
  /** What could not be read: a scan must not pass over it in silence. */
  readonly unread: Found[]
}

interface Node {
  readonly type: string
  readonly start: number
  readonly [property: string]: unknown
}

/**
 * Reads a TypeScript or JavaScript file with a real parser. The classic TypeScript interface is no option: TypeScript 7
 * has none, and a scan built on it finds nothing and passes.
 */
export function readSource(file: string, text: string): Source {
  const { program, errors } = parseSync(file, text)
  const source: Source = { imports: [], texts: [], chances: [], unread: [] }
  for (const { message } of errors) source.unread.push({ what: message, line: 1 })
  visit(program, (node) => noteNode(node, lineOf(text, node.start), source))
  return source
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, see)
  else if (isNode(value)) {
    see(value)
    for (const child of Object.values(value)) visit(child, see)
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

function noteNode(node: Node, line: number, source: Source): void {
  if (IMPORTING.has(node.type)) noteImport(node, line, source)
  else if (node.type === 'CallExpression') noteCall(node, line, source)
  else if (node.type === 'NewExpression' && isBareDate(node)) source.chances.push({ what: 'new Date()', line })
  const text = textOf(node)
  if (text !== undefined) source.texts.push({ what: text, line })
}

const IMPORTING = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
  'TSExternalModuleReference',
])

function noteImport(node: Node, line: number, source: Source): void {
  const from = node.source ?? node.expression
  if (!isNode(from)) return
  const specifier = textOf(from)
  if (specifier === undefined) source.unread.push({ what: 'an import whose name is computed', line })
  else source.imports.push({ specifier, line, typeOnly: isTypeOnly(node), names: namesOf(node) })
}

function isTypeOnly(node: Node): boolean {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true
  const specifiers = Array.isArray(node.specifiers) ? node.specifiers : []
  return (
    specifiers.length > 0 && specifiers.every(({ importKind, exportKind }) => (importKind ?? exportKind) === 'type')
  )
}

function namesOf({ type, specifiers }: Node): string[] {
  if (!Array.isArray(specifiers)) return type === 'ImportDeclaration' ? [] : ['*']
  return specifiers.map(
    ({ imported, local, type: kind }) =>
      (kind === 'ImportSpecifier' ? imported : kind === 'ExportSpecifier' ? local : {}).name ?? '*',
  )
}

function noteCall(node: Node, line: number, source: Source): void {
  const callee = nameOf(node.callee)
  if (CHANCES.has(callee)) source.chances.push({ what: `${callee}()`, line })
  if (callee === 'require') source.unread.push({ what: 'a call of require', line })
}

const CHANCES = new Set([
  'Date',
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.randomUUID',
  'crypto.getRandomValues',
])

function isBareDate({ callee, arguments: given }: Node): boolean {
  return nameOf(callee) === 'Date' && Array.isArray(given) && given.length === 0
}

function nameOf(node: unknown): string {
  if (!isNode(node)) return ''
  if (node.type === 'Identifier') return String(node.name)
  return node.type === 'MemberExpression' ? `${nameOf(node.object)}.${nameOf(node.property)}` : ''
}

function textOf({ type, value, quasis, expressions }: Node): string | undefined {
  if (type === 'Literal') return typeof value === 'string' ? value : undefined
  if (type === 'TemplateElement' && isTemplateText(value)) return value.cooked
  if (type !== 'TemplateLiteral' || !Array.isArray(quasis) || !Array.isArray(expressions)) return undefined
  return expressions.length === 0 ? quasis[0]?.value.cooked : undefined
}

function isTemplateText(value: unknown): value is { cooked: string } {
  return typeof value === 'object' && value !== null && 'cooked' in value && typeof value.cooked === 'string'
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
