import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterAll, expect, it, test } from 'vitest'
import type { Problem } from '../../problem.ts'
import { openTable } from '../table.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'bw-xlsx-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const file = path.join(folder, 'file.xlsx')

interface Member {
  readonly name: string
  readonly text: string
  /** What the archive says that it unpacks to. */
  readonly size?: number
}

const BOOK: Member = {
  name: 'xl/workbook.xml',
  text: '<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
}
const LINKS: Member = {
  name: 'xl/_rels/workbook.xml.rels',
  text: '<Relationships><Relationship Id="r1" Target="/xl/worksheets/sheet9.xml"/></Relationships>',
}
const sheet = (rows: string): Member => ({
  name: 'xl/worksheets/sheet9.xml',
  text: `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
})
const HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'

/** An archive by hand, so that it can lie. */
function archive(members: readonly Member[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, text, size = Buffer.byteLength(text) } of members) {
    const packed = deflateRawSync(text)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    local.writeUInt16LE(Buffer.byteLength(name), 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(size, 24)
    entry.writeUInt16LE(Buffer.byteLength(name), 28)
    entry.writeUInt32LE(at, 42)
    locals.push(local, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    at += 30 + Buffer.byteLength(name) + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, ...directory, end])
}

async function read(content: Buffer): Promise<string[][]> {
  await writeFile(file, content)
  const table = await openTable(file)
  const rows: string[][] = [[...table.header]]
  for await (const some of table.rows()) rows.push(...some.map((row) => [...row]))
  return rows
}

const refusal = (content: Buffer) =>
  read(content).then(
    () => 'read',
    (error: Problem) => error.errors?.[0]?.message ?? String(error),
  )

it('a sheet is found where the workbook says it is', async () => {
  const rows = `${HEADER}<row r="3"><c r="A3"><v>7</v></c></row>`
  expect(await read(archive([BOOK, LINKS, sheet(rows)]))).toEqual([['name'], ['7']])
})

const bomb = sheet(HEADER + '<row r="2"></row>'.repeat(100_000))
test.each([
  ['says that it unpacks to too much', archive([BOOK, LINKS, { ...sheet(HEADER), size: 0x7fffffff }]), 'too large'],
  ['unpacks to more than it says', archive([BOOK, LINKS, { ...bomb, size: 500 }]), 'broken'],
  ['has an outline without end', archive([{ ...BOOK, size: 0x7fffffff }, LINKS, sheet(HEADER)]), 'too large'],
  [
    'has texts without end',
    archive([BOOK, LINKS, sheet(HEADER), { name: 'xl/sharedStrings.xml', text: '', size: 0x7fffffff }]),
    'too large',
  ],
  [
    'has a cell without end',
    archive([BOOK, LINKS, sheet(`<row r="1"><c r="A1" t="str"><v>${'x'.repeat(300_000)}</v></c></row>`)]),
    'too long',
  ],
  ['is no XML', archive([BOOK, LINKS, sheet('<row r="1"><c')]), 'can’t be read'],
  ['has too many columns', archive([BOOK, LINKS, sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')]), 'columns'],
  ['is another kind of archive', archive([{ name: 'a.txt', text: 'a' }]), 'no workbook'],
  ['is cut off', archive([BOOK, LINKS, bomb]).subarray(0, 300), 'broken'],
])('a workbook that %s is refused', async (_name, content, why) => {
  expect(await refusal(content)).toContain(why)
})
