import fc, { type Arbitrary } from 'fast-check'
import type { HostileBody } from './hostile-body.ts'
import { nastyText } from './hostile-values.ts'
import { MODULES } from './known-names.ts'

const CSV_TEXTS = [
  'name,price\nA thing,12.5\n',
  'name;price\nA thing;12,5\n',
  'name,name\na,b\n',
  'name\n"unclosed\n',
  '"',
  '',
  '\n\n\n',
  'name\n=cmd|calc\n',
  `name\n${'z'.repeat(70_000)}\n`,
  `${'h,'.repeat(5_000)}\n`,
  '__proto__,constructor\na,b\n',
  'name,owner,id,version\na,user:admin,1,9\n',
  'nome\u0000,\ud800\na,b\n',
]

const csv = fc
  .tuple(fc.constantFrom(...CSV_TEXTS), fc.constantFrom('utf8', 'utf16le', 'latin1'), fc.constantFrom('', '\ufeff'))
  .map(([text, encoding, mark]) => Buffer.from(mark + text, encoding as BufferEncoding))

const soundFields = fc.record(
  {
    module: fc.constantFrom('things', 'things', 'accounts'),
    mapping: fc.constantFrom(
      '{}',
      '{"columns":{"name":"name","price":"budget"}}',
      '{"defaults":{"notes":"a"},"key":"code"}',
    ),
    overwrite: fc.constantFrom('true', 'false'),
    dryRun: fc.constantFrom('true', 'false'),
  },
  { requiredKeys: ['module'] },
)
const brokenFields = fc.dictionary(
  fc.constantFrom('module', 'mapping', 'overwrite', 'dryRun', '__proto__', 'nothing'),
  fc.oneof(fc.constantFrom(...MODULES), fc.constantFrom('true', '{}', '{'), nastyText),
  { maxKeys: 4 },
)

/** A form with a file, whole and broken. */
export const multipart: Arbitrary<HostileBody> = fc
  .record({
    file: fc.oneof(
      csv,
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    ),
    filename: fc.constantFrom('things.csv', '../../x.csv', 'a"b.csv', '', 'things.xlsx'),
    fields: fc.oneof({ weight: 2, arbitrary: soundFields }, { weight: 1, arbitrary: brokenFields }),
    isFileFirst: fc.boolean(),
    isClosed: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  })
  .map(({ file, filename, fields, isFileFirst, isClosed }) => {
    const parts = Object.entries(fields).map(([name, value]) => part(`name="${name}"`, Buffer.from(value)))
    const filePart = part(`name="file"; filename="${filename}"`, file)
    const all = isFileFirst ? [filePart, ...parts] : [...parts, filePart]
    const end = Buffer.from(isClosed ? '--siege--\r\n' : '')
    return { type: 'multipart/form-data; boundary=siege', content: Buffer.concat([...all, end]) }
  })

function part(disposition: string, content: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`--siege\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`),
    content,
    Buffer.from('\r\n'),
  ])
}
