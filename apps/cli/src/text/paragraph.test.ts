import { describe, expect, it } from 'vitest'
import { clean, counted, lengthOf, wrap } from './paragraph.ts'

describe('A line', () => {
  it('is broken between words, further lines set in', () => {
    expect(wrap('  one two three four', 12)).toBe('  one two\n    three\n    four')
  })

  it('that fits stays as it is', () => {
    expect(wrap('a  b   c', 8)).toBe('a  b   c')
    expect(wrap('one two three', Number.POSITIVE_INFINITY)).toBe('one two three')
  })

  it('keeps a word that is longer than it whole', () => {
    expect(wrap('see /a/very/long/path here', 10)).toBe('see\n  /a/very/long/path\n  here')
  })

  it('is no longer for its colours', () => {
    expect(lengthOf('\u001b[31mred\u001b[39m')).toBe(3)
    expect(wrap('\u001b[31mred\u001b[39m one', 7)).toBe('\u001b[31mred\u001b[39m one')
  })

  it('can’t steer the terminal by what somebody is called', () => {
    expect(clean('Anna\u001b[2J\u009b1m\r\nVirtanen')).toBe('Anna\ufffd[2J\ufffd1m\ufffd\nVirtanen')
  })

  it('counts', () => {
    expect([counted(1, 'person', 'people'), counted(1200, 'record')]).toEqual(['1 person', '1,200 records'])
  })
})
