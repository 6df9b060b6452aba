import { expect, test } from 'vitest'
import { contentWithin } from './streamed-content.ts'

const form = (boundary: string, content: string, after = '') =>
  `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n${content}\r\n--${boundary}--\r\n${after}`

function digestOf(boundary: string, text: string, size = text.length): string | undefined {
  const content = contentWithin(boundary)
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) content.write(bytes.subarray(at, at + size))
  return content.digest()
}

test('a form is the same however it is cut, whatever its boundary and what follows it', () => {
  const text = 'a--\r\n--x1\r--xx'
  const whole = digestOf('x12', form('x12', text))
  expect(whole).toMatch(/^[0-9a-f]{64}$/)
  for (const size of [1, 2, 3, 5, 7, 64]) expect(digestOf('x12', form('x12', text), size)).toBe(whole)
  expect(digestOf('another boundary', form('another boundary', text, 'after'), 3)).toBe(whole)
})

test('another content of the same length is another form, and one that is cut off is none', () => {
  expect(digestOf('x', form('x', 'abc'))).not.toBe(digestOf('x', form('x', 'abd')))
  expect(digestOf('x', form('x', 'abc').slice(0, -5))).toBeUndefined()
})
