import type { Gun, Shot } from './fire.ts'
import { median } from './median.ts'

export interface Side {
  readonly gun: Gun
  next(): Shot
}

export interface Duel {
  /** Answers a second, medians over the slices. */
  readonly ours: number
  readonly bare: number
  /** The median of the slices' own ratios: what slows a moment down slows both. */
  readonly ratio: number
  /** Milliseconds an answer took, in the middle. */
  readonly oursTook: number
  readonly bareTook: number
}

const SLICES = 7
/** Of the seconds, for each side: a server is asked until its code is compiled and its connections know their plans. */
const WARM_UP = 0.5

/** Fires at both in turns, in short slices, so that noise hits both alike. */
export async function duel(ours: Side, bare: Side, seconds: number, connections?: number): Promise<Duel> {
  const slice = (seconds * 1000) / (2 * SLICES)
  await ours.gun.fire(ours.next, seconds * 1000 * WARM_UP, connections)
  await bare.gun.fire(bare.next, seconds * 1000 * WARM_UP, connections)
  const rounds = []
  for (let round = 0; round < SLICES; round++) {
    // Who comes first changes, for the second meets what the first left behind.
    const first = round % 2 === 0 ? ours : bare
    const one = await fireFor(first, slice, connections)
    const other = await fireFor(first === ours ? bare : ours, slice, connections)
    rounds.push(first === ours ? { ours: one, bare: other } : { ours: other, bare: one })
  }
  return {
    ours: median(rounds.map((round) => round.ours.rate)),
    bare: median(rounds.map((round) => round.bare.rate)),
    ratio: median(rounds.map((round) => round.ours.rate / round.bare.rate)),
    oursTook: median(rounds.map((round) => round.ours.took)),
    bareTook: median(rounds.map((round) => round.bare.took)),
  }
}

async function fireFor({ gun, next }: Side, milliseconds: number, connections?: number) {
  const began = performance.now()
  const times = await gun.fire(next, milliseconds, connections)
  return { rate: (times.length * 1000) / (performance.now() - began), took: median(times) }
}
