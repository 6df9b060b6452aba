import fc, { type Arbitrary } from 'fast-check'
import type { HostileBody } from './hostile-body.ts'

const TYPES = [
  'application/json',
  'application/json; charset=utf-16',
  'application/problem+json',
  'application/yaml',
  'text/plain',
  'text/csv; charset=utf-16le',
  'application/x-www-form-urlencoded',
  'application/xml',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'json',
  '',
  'a/b/c;;;=',
]

/** JSON with its end cut off, in another encoding, with members twice, or too much of it; or as something else than JSON. */
export function spoilt(sensible: Arbitrary<unknown>): Arbitrary<HostileBody> {
  const content = fc.oneof(
    fc.tuple(sensible, fc.nat()).map(([value, at]) => cut(jsonOf(value), at)),
    fc.tuple(sensible, fc.nat(), fc.nat(255)).map(([value, at, byte]) => overwrite(jsonOf(value), at, byte)),
    sensible.map((value) => Buffer.from(JSON.stringify(value) ?? '', 'utf16le')),
    sensible.map((value) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), jsonOf(value)])),
    fc.constantFrom(...SPOILT_TEXTS).map((text) => Buffer.from(text)),
    fc.constant(Buffer.alloc(1_200_000, 'a')),
    fc.constant(Buffer.from(`{"name":"${'b'.repeat(1_100_000)}"}`)),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  )
  return fc.tuple(fc.constantFrom(...TYPES), fc.boolean(), content).map(([type, isJson, bytes]) => ({
    type: isJson ? 'application/json' : type || undefined,
    content: bytes,
  }))
}

const SPOILT_TEXTS = [
  '{"name":"a","name":"b","owner":"user:anna","owner":"team:desk"}',
  '{"__proto__":{"isAdmin":true},"name":"a"}',
  '{"constructor":{"prototype":{"isAdmin":true}},"name":"a"}',
  '{"name":{"__proto__":{"x":1}}}',
  '{"\\u005f_proto__":{"x":1}}',
  '{"name":"\\ud800"}',
  '{"name":"\\u0000"}',
  '{"price":NaN}',
  '{"price":1e999,"name":"a"}',
  '{"price":123456789012345678901234567890,"name":"a"}',
  '{"price":0.1234567890123456789,"name":"a"}',
  '{"name":"a",}',
  "{'name':'a'}",
  '// comment\n{"name":"a"}',
  'null',
  '[]',
  '""',
  '0',
  '',
  ' ',
  '['.repeat(100_000),
  `${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`,
  `{${Array.from({ length: 20_000 }, (_, index) => `"k${index}":0`).join(',')}}`,
  'a: &a [*a, *a]\nb: *a',
  'a: &a ["x","x"]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: &d [*c,*c]\ne: [*d,*d]',
  'bailiwick: 1\n<<: {users: {}}',
  '!!js/function "function(){}"',
]

function cut(bytes: Buffer, at: number): Buffer {
  return bytes.subarray(0, bytes.length === 0 ? 0 : at % bytes.length)
}

function overwrite(bytes: Buffer, at: number, byte: number): Buffer {
  const copy = Buffer.from(bytes)
  if (copy.length > 0) copy[at % copy.length] = byte
  return copy
}

export function jsonOf(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value) ?? 'null')
}
