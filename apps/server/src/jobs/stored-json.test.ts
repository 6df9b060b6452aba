import { expect, test } from 'vitest'
import { storedJson, storedText } from './stored-json.ts'

test.each<readonly [unknown, unknown]>([
  ['a\0b', 'a\ufffdb'],
  [{ 'n\0': ['\ud800', 'x\udfff'] }, { 'n\ufffd': ['\ufffd', 'x\ufffd'] }],
  ['\\u0000 and \\\\ud800, written out', '\\u0000 and \\\\ud800, written out'],
  ['\\\0', '\\\ufffd'],
  ['tab\t, bell\u0007, quote", 👩‍💻', 'tab\t, bell\u0007, quote", 👩‍💻'],
  [undefined, null],
])('%j is stored as %j', (value, stored) => {
  expect(JSON.parse(storedJson(value))).toEqual(stored)
})

test('a text keeps all but what cannot be stored', () => {
  expect(storedText('a\0\ud800é👩‍💻')).toBe('a\ufffd\ufffdé👩‍💻')
})
