/** An address as its bits, most significant first: 32 of them or 128. */
type Bits = string

/** Whether the address lies in the CIDR block. An IPv4 address written as `::ffff:a.b.c.d` is that IPv4 address. */
export function isInNetwork(address: string, block: string): boolean {
  const [network = '', length = ''] = block.split('/')
  const bits = bitsOf(address)
  const start = bitsOf(network)
  if (bits === undefined || start === undefined || !/^\d+$/.test(length)) return false
  const [here] = plain(bits, 128)
  const [there, fixed] = plain(start, Number(length))
  return fixed >= 0 && here.length === there.length && here.slice(0, fixed) === there.slice(0, fixed)
}

const MAPPED = '0'.repeat(80) + '1'.repeat(16)

function plain(bits: Bits, prefix: number): [Bits, number] {
  const isMapped = bits.length === 128 && bits.startsWith(MAPPED)
  return isMapped ? [bits.slice(96), prefix - 96] : [bits, prefix]
}

function bitsOf(address: string): Bits | undefined {
  return address.includes(':') ? bitsOfSix(address) : bitsOfFour(address)
}

function bitsOfFour(address: string): Bits | undefined {
  const parts = address.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined
  return parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('')
}

/** Which interface an address of the same link is reached over (`%eth0`) isn't part of it. */
function bitsOfSix(address: string): Bits | undefined {
  const [written = ''] = address.split('%')
  const halves = written.split('::').map(groupsOf)
  const [before, after] = halves
  if (halves.length > 2 || before === undefined || (halves.length === 2 && after === undefined)) return undefined
  const bits = before.join('')
  if (after === undefined) return halves.length === 1 && bits.length === 128 ? bits : undefined
  const tail = after.join('')
  return bits.length + tail.length <= 112 ? bits + tail.padStart(128 - bits.length, '0') : undefined
}

function groupsOf(text: string): Bits[] | undefined {
  const groups: Bits[] = []
  for (const part of text === '' ? [] : text.split(':')) {
    const bits = part.includes('.') ? bitsOfFour(part) : bitsOfGroup(part)
    if (bits === undefined) return undefined
    groups.push(bits)
  }
  return groups
}

function bitsOfGroup(part: string): Bits | undefined {
  return /^[0-9a-f]{1,4}$/i.test(part) ? Number.parseInt(part, 16).toString(2).padStart(16, '0') : undefined
}
