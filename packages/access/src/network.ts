/**
 * IP addresses and CIDR blocks as numbers. IPv4 addresses mapped into IPv6 (`::ffff:10.0.0.1`) count as IPv4, and so do blocks of such
 * alone (`::ffff:10.0.0.0/104` is `10.0.0.0/8`).
 */

interface Address {
  readonly bits: 32 | 128
  readonly value: bigint
}

/** Whether the address lies in the block. An address or block that can't be read is in nothing. */
export function isInNetwork(ip: string, cidr: string): boolean {
  const network = parseNetwork(cidr)
  const address = parseAddress(ip)
  if (!network || !address || network.address.bits !== address.bits) return false
  const shift = BigInt(address.bits - network.prefix)
  return address.value >> shift === network.address.value >> shift
}

/** Whether the text is a CIDR block such as `10.0.0.0/8` or `2001:db8::/32`; not one that begins among mapped addresses and reaches beyond. */
export function isNetwork(cidr: string): boolean {
  return parseNetwork(cidr) !== undefined
}

function parseNetwork(cidr: string): { address: Address; prefix: number } | undefined {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(cidr)
  const address = match?.[1] === undefined ? undefined : parseAddress(match[1])
  if (!address) return undefined
  const isMapped = address.bits === 32 && match?.[1]?.includes(':') === true
  const prefix = Number(match?.[2]) - (isMapped ? MAPPED_BITS : 0)
  return prefix >= 0 && prefix <= address.bits ? { address, prefix } : undefined
}

/** What stands before an IPv4 address that is written as one of IPv6. */
const MAPPED_BITS = 96

function parseAddress(text: string): Address | undefined {
  if (text.includes(':')) return parseIPv6(text)
  const value = parseIPv4(text)
  return value === undefined ? undefined : { bits: 32, value }
}

function parseIPv4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n)
}

function parseIPv6(text: string): Address | undefined {
  const halves = withoutDottedTail(text.replace(/%.*$/, ''))?.split('::')
  if (!halves || halves.length > 2) return undefined
  const head = groupsOf(halves[0])
  const tail = groupsOf(halves[1])
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail]
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  const value = groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n)
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value }
}

function groupsOf(half: string | undefined): string[] {
  return half === undefined || half === '' ? [] : half.split(':')
}

function withoutDottedTail(text: string): string | undefined {
  const at = text.lastIndexOf(':')
  const tail = text.slice(at + 1)
  if (!tail.includes('.')) return text
  const value = parseIPv4(tail)
  return value === undefined
    ? undefined
    : `${text.slice(0, at + 1)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`
}
