import type { Side } from './duel.ts'

const SLICE = 1_000

/**
 * Asks every server so long that its code is compiled, its connections know their plans and the tables' pages are in memory: what is
 * measured afterwards is a server that has been at work for a while. In slices, each side in turn.
 */
export async function warmUp(sides: readonly Side[], seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    for (const { gun, next } of sides) await gun.fire(next, SLICE)
  }
}
