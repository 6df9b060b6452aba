import { parseArgs } from 'node:util'

export const PEERS = ['ours', 'bare', 'casl', 'casbin', 'cedar', 'rls', 'directus'] as const
export type PeerKey = (typeof PEERS)[number]

export const SIZES = { small: 100_000, tiny: 10_000 } as const

export interface Options {
  readonly deals: number
  readonly only: ReadonlySet<PeerKey>
  /** How long a row is measured, in milliseconds. */
  readonly milliseconds: number
}

export const USAGE = `npm run bench:peers -- [--size small|tiny] [--only ${PEERS.join(',')}] [--seconds 3]

Compares Bailiwick with others on the same people and deals. Their packages are installed into bench/peers at the first call.
  --size     small: 100,000 deals (unless stated); tiny: 10,000, to try things out
  --only     some of them
  --seconds  how long each row is measured`

/** @throws Error that says what an argument may be */
export function readOptions(args: readonly string[]): Options | 'help' {
  const options = {
    size: { type: 'string' },
    only: { type: 'string' },
    seconds: { type: 'string' },
    help: { type: 'boolean' },
  } as const
  const { values } = parseArgs({ args: [...args], options })
  if (values.help) return 'help'
  return {
    deals: readSize(values.size ?? 'small'),
    only: new Set((values.only ?? PEERS.join(',')).split(',').map(requirePeer)),
    milliseconds: readSeconds(values.seconds ?? '3') * 1_000,
  }
}

function readSize(name: string): number {
  if (name === 'small' || name === 'tiny') return SIZES[name]
  throw new Error(`--size is ${Object.keys(SIZES).join(' or ')}, not ${name}`)
}

function requirePeer(name: string): PeerKey {
  const found = PEERS.find((peer) => peer === name.trim())
  if (found) return found
  throw new Error(`--only knows ${PEERS.join(', ')}, not ${name}`)
}

function readSeconds(text: string): number {
  const seconds = Number(text)
  if (seconds > 0 && seconds <= 600) return seconds
  throw new Error('--seconds is a number up to 600')
}
