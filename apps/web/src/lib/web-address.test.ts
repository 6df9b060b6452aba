import { describe, expect, it } from 'vitest'
import { webAddress } from './web-address.ts'

describe('a web address', () => {
  it.each([
    ['https://acme.example/a?b=1', 'https://acme.example/a?b=1'],
    ['acme.example', 'https://acme.example/'],
    ['acme.example:8080', 'https://acme.example:8080/'],
    ['http://acme.example', 'http://acme.example/'],
  ])('%s leads to %s', (text, address) => {
    expect(webAddress(text)).toBe(address)
  })

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'ftp://acme.example',
    'not an address',
    '',
  ])('%s leads nowhere', (text) => {
    expect(webAddress(text)).toBeUndefined()
  })
})
