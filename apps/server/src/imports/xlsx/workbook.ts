import { unreadable } from '../csv-file.ts'
import { openZip, unpackText, type ZipEntry, type ZipFile } from './zip-file.ts'

export interface Sheet {
  readonly name: string
  readonly entry: ZipEntry
}

/** A workbook, looked at: its sheets are named, and none is unpacked. */
export interface Workbook {
  readonly zip: ZipFile
  /** Those that are shown, in their order. */
  readonly sheets: readonly Sheet[]
  /** Days are counted from 1904, not from 1900. */
  readonly isFrom1904: boolean
}

const LARGEST_OUTLINE = 2 * 1024 * 1024
const MOST_SHEETS = 500

/** @throws Problem 422 where it is no workbook that can be read */
export async function openWorkbook(path: string): Promise<Workbook> {
  const zip = await openZip(path)
  const [book, links] = [await outline(zip, 'xl/workbook.xml'), await outline(zip, 'xl/_rels/workbook.xml.rels')]
  const targets = new Map(elements(links, 'Relationship').map((link) => [link.Id, targetOf(link.Target ?? '')]))
  const all = elements(book, 'sheet').flatMap(({ name = '', state, 'r:id': id }) => {
    const entry = zip.entries.get(targets.get(id) ?? '')
    return entry?.name.startsWith('xl/worksheets/')
      ? [{ name, entry, isShown: state === undefined || state === 'visible' }]
      : []
  })
  const shown = all.filter(({ isShown }) => isShown).slice(0, MOST_SHEETS)
  if (shown.length === 0) throw unreadable('is a workbook without a sheet')
  const [properties] = elements(book, 'workbookPr')
  return { zip, sheets: shown, isFrom1904: properties?.date1904 === '1' || properties?.date1904 === 'true' }
}

async function outline(zip: ZipFile, name: string): Promise<string> {
  const entry = zip.entries.get(name)
  if (!entry) throw unreadable('is an archive, and no workbook')
  return unpackText(zip, entry, LARGEST_OUTLINE)
}

/** Paths stand in it from the workbook on, or from the archive's root. */
function targetOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

type Attributes = Readonly<Partial<Record<string, string>>>

/** The attributes of every element of that name: the two documents that this reads hold nothing else of interest. */
function elements(xml: string, name: string): Attributes[] {
  const tags = xml.matchAll(new RegExp(`<${name}\\s([^<>]*)>`, 'g'))
  return [...tags].map(([, inside = '']) =>
    Object.fromEntries([...inside.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(attributeOf)),
  )
}

function attributeOf([, key = '', double, single]: RegExpMatchArray): [string, string] {
  return [key, decoded(double ?? single ?? '')]
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function decoded(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** @throws Problem 422 where no sheet has the name; unnamed, the first. */
export function findSheet({ sheets }: Workbook, name: string | undefined): Sheet {
  const sheet = name === undefined ? sheets[0] : sheets.find((one) => one.name === name)
  if (!sheet) throw unreadable(`has no sheet "${name}"`)
  return sheet
}
