import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, it, test } from 'vitest'
import type { Problem } from '../problem.ts'
import { findStyles } from './cell-styles.ts'
import { csvLine } from './csv-line.ts'
import { openCsvFile, readCsv } from './read-csv.ts'
import { openTable } from './table.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'bw-csv-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const file = path.join(folder, 'file.csv')

async function read(content: string | Buffer) {
  await writeFile(file, content)
  const csv = await openCsvFile(file)
  const rows: (readonly string[])[] = []
  for await (const some of readCsv(csv)) rows.push(...some)
  return { header: csv.header, rows, encoding: csv.encoding, separator: csv.separator }
}

async function stylesOf() {
  const table = await openTable(file)
  return findStyles(table.rows(), table.header.length, table.styles)
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: Problem) => error.errors?.[0]?.message,
  )

const TEXT = 'name,city\nÅström & Söhne,Jyväskylä\n'
const ROWS = [['Åström & Söhne', 'Jyväskylä']]
const MARK = '\uFEFF'

describe('a file is read in the encoding that it is in', () => {
  test.each([
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(MARK + TEXT), 'utf-8'],
    ['UTF-16, little end first', iconv.encode(TEXT, 'utf16le', { addBOM: true }), 'utf-16le'],
    ['UTF-16, big end first', iconv.encode(TEXT, 'utf-16be', { addBOM: true }), 'utf-16be'],
    ['Windows-1252', iconv.encode(TEXT, 'win1252'), 'windows-1252'],
  ])('%s', async (_name, content, encoding) => {
    expect(await read(content)).toMatchObject({ header: ['name', 'city'], rows: ROWS, encoding })
  })

  it('UTF-8 whose only odd byte stands far down is not UTF-8', async () => {
    const content = Buffer.concat([
      Buffer.from('name\n'),
      Buffer.from('Plain\n'.repeat(200_000)),
      Buffer.from([0xe4, 0x0a]),
    ])
    const { rows, encoding } = await read(content)
    expect([encoding, rows.at(-1)]).toEqual(['windows-1252', ['ä']])
  })

  it('a character that two pieces of the file share stays whole', async () => {
    const cell = 'ä'.repeat(100_001)
    expect((await read(`name\nx${cell}\n`)).rows).toEqual([[`x${cell}`]])
  })
})

describe('the dialect is found out', () => {
  test.each([',', ';', '\t', '|'])('separator %j', async (separator) => {
    const text = `${['a', '"b,c;d"', 'e'].join(separator)}\r\n${['1', '"x\r\ny ""z"""', ''].join(separator)}`
    expect(await read(text)).toMatchObject({ separator, header: ['a', 'b,c;d', 'e'], rows: [['1', 'x\r\ny "z"', '']] })
  })

  test.each([
    ['point', 'a,b\n"1,234.50",1.5\n', ['.', '.']],
    ['comma', 'a;b\n1.234,50;1,5\n', [',', ',']],
    ['a comma that may group is told by its column', 'a;b\n1,5;x\n1,234;x\n', [',', ',']],
    ['what nothing tells is as the separator has it', 'a;b\n1.234;x\n', [',', ',']],
    ['each column for itself', 'a;b\n1,5;1.5\n2,5;2.5\n', [',', '.']],
  ])('decimals: %s', async (_name, text, decimals) => {
    await writeFile(file, text)
    expect((await stylesOf()).map(({ decimal }) => decimal)).toEqual(decimals)
  })

  test.each([
    ['31/12/2026', 'dmy'],
    ['12/31/2026', 'mdy'],
    ['11/12/2026', undefined],
    ['31/12/2026\n12/31/2026', undefined],
  ])('dates: %s → %s', async (text, order) => {
    await writeFile(file, `d\n${text}\n`)
    expect((await stylesOf())[0]?.dateOrder).toBe(order)
  })
})

describe('what is no CSV is refused with a reason', () => {
  test.each([
    ['nothing', '', 'is empty'],
    ['a workbook', Buffer.from('PK\u0003\u0004rest'), 'is a spreadsheet or an archive'],
    ['ten million columns', ','.repeat(10_000_000), 'has a first row that is too long'],
    ['too many columns', `${'a,'.repeat(2_000)}\n`, 'has more than 1000 columns'],
    ['no header', ',,\n1,2,3\n', 'has no header'],
    ['a quotation mark that is never closed', `a,b\n1,2\n3,"${'x\n'.repeat(3_000_000)}`, "can't be read after row 2"],
    ['one that isn’t closed before the end', 'a,b\n1,2\n3,"x\n', "can't be read after row"],
  ])('%s', async (_name, content, reason) => {
    expect(await refusal(read(content))).toContain(reason)
  })

  it('a row of a hundred megabytes, in little memory', async () => {
    const stream = createWriteStream(file)
    stream.write('a,b\n1,2\n')
    for (let piece = 0; piece < 100; piece++) stream.write(Buffer.alloc(1024 * 1024, piece % 2 ? ',' : 'x'))
    await new Promise<void>((resolve) => stream.end(resolve))
    const before = process.memoryUsage().rss
    const csv = await openCsvFile(file)
    const reason = await refusal(
      (async () => {
        for await (const _rows of readCsv(csv));
      })(),
    )
    expect(reason).toContain("can't be read after row 2")
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
  })
})

describe('no cell of a written line runs as a formula', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+358 40 123', "'+358 40 123"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-2+3', "'-2+3"],
    ['\tx', "'\tx"],
    ['\rx', `"'\rx"`],
    ['-12.5', '-12.5'],
    ['+7', '+7'],
    ['plain', 'plain'],
    ['say "hi", you', '"say ""hi"", you"'],
  ])('%j → %j', (cell, written) => {
    expect(csvLine([cell])).toBe(`${written}\r\n`)
  })
})
