import { BlockList } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isInNetwork, isNetwork } from './network.ts'
import { isInNetwork as isInNetworkByLaw } from './oracle/network.ts'

const ADDRESSES = ['10.1.2.3', '11.0.0.1', '0.0.0.0', '::1', '2001:db8::7', '::ffff:10.1.2.3', 'fe80::1%eth0'] as const

describe('A block of mapped addresses', () => {
  test.each([
    ['::ffff:10.0.0.0/104', ['10.1.2.3', '::ffff:10.1.2.3']],
    ['::ffff:0:0/96', ['10.1.2.3', '11.0.0.1', '0.0.0.0', '::ffff:10.1.2.3']],
    ['::ffff:a01:203/128', ['10.1.2.3', '::ffff:10.1.2.3']],
  ])('%s is one of IPv4', (block, inside) => {
    expect(isNetwork(block)).toBe(true)
    expect(ADDRESSES.filter((ip) => isInNetwork(ip, block))).toEqual(inside)
    expect(ADDRESSES.filter((ip) => isInNetworkByLaw(ip, block))).toEqual(inside)
  })

  test.each(['::ffff:10.0.0.0/8', '::ffff:0:0/0', '::ffff:10.0.0.0/129'])('%s is none, and lets nobody in', (block) => {
    expect(isNetwork(block)).toBe(false)
    expect(ADDRESSES.filter((ip) => isInNetwork(ip, block))).toEqual([])
    expect(ADDRESSES.filter((ip) => isInNetworkByLaw(ip, block))).toEqual([])
  })
})

test('an interface is no part of an address', () => {
  for (const decide of [isInNetwork, isInNetworkByLaw]) {
    expect(decide('fe80::1%eth0', 'fe80::/10')).toBe(true)
    expect(decide('::ffff:10.1.2.3%eth0', '10.0.0.0/8')).toBe(true)
  }
})

/** Of few digits, so that addresses often lie in the blocks. */
const four = fc.array(fc.constantFrom(0, 1, 10, 255), { minLength: 4, maxLength: 4 }).map((parts) => parts.join('.'))
const six = fc
  .array(fc.constantFrom('0', '1', 'fe80', '2001'), { minLength: 8, maxLength: 8 })
  .map((parts) => parts.join(':'))

test('blocks hold what Node’s own lists say', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.tuple(fc.constant('ipv4' as const), four, four, fc.integer({ min: 0, max: 32 })),
        fc.tuple(fc.constant('ipv6' as const), six, six, fc.integer({ min: 0, max: 128 })),
      ),
      ([family, address, start, prefix]) => {
        const list = new BlockList()
        list.addSubnet(start, prefix, family)
        const held = list.check(address, family)
        expect(isInNetwork(address, `${start}/${prefix}`)).toBe(held)
        expect(isInNetworkByLaw(address, `${start}/${prefix}`)).toBe(held)
      },
    ),
    { numRuns: 1_000 },
  )
})
