import fc from 'fast-check'
import { test } from 'vitest'
import { keepFound } from '../found/keep-found.ts'
import { type KeptCase, keptCases } from './kept-cases.ts'

/** What speaks against a law, in words; nothing where it holds. */
export type Objection = string | undefined

/**
 * A law as a test of its name: cases kept from earlier failures first, then as many generated ones as `runs` says, or
 * `BAILIWICK_RUNS` where that is more. A failure tells the seed, the path and the smallest case it could be shrunk to, and keeps it as
 * a scenario.
 */
export function law<T>(name: string, cases: fc.Arbitrary<T>, object: (made: T) => Objection, runs = 300): void {
  test(name, { timeout: 600_000 }, () => {
    const numRuns = runsOf(runs)
    for (const kept of keptCases.filter((each) => each.law === name)) tryCase(cases, object, kept, numRuns)
    report(name, fc.check(asProperty(cases, object), { numRuns, ...seeded() }))
  })
}

/** As `law`, where every answer has to be asked for, of a database say: fewer cases, and one at a time. */
export function askedLaw<T>(
  name: string,
  cases: fc.Arbitrary<T>,
  object: (made: T) => Promise<Objection>,
  runs: number,
): void {
  const numRuns = runsOf(runs)
  test(name, { timeout: 600_000 + numRuns * 2_000 }, async () => {
    const asked = boundShrinking(object)
    const property = fc.asyncProperty(cases, async (made) => refuse(await asked(made)))
    for (const { seed, path } of keptCases.filter((each) => each.law === name)) {
      report(
        name,
        await fc.check(property, path === undefined ? { seed, numRuns } : { seed, path, endOnFailure: true }),
      )
    }
    report(name, await fc.check(property, { numRuns, ...seeded() }))
  })
}

const LONGEST_SHRINKING = 40_000

/** Once a case has failed, smaller ones are looked for as long as that, and what was the smallest by then is told. */
function boundShrinking<T>(object: (made: T) => Promise<Objection>): (made: T) => Promise<Objection> {
  let failedAt: number | undefined
  return async (made) => {
    if (failedAt !== undefined && Date.now() - failedAt > LONGEST_SHRINKING) return undefined
    const objection = await object(made)
    if (objection !== undefined) failedAt ??= Date.now()
    return objection
  }
}

function runsOf(runs: number): number {
  return Math.max(runs, Number(process.env.BAILIWICK_RUNS ?? 0))
}

/** The seed of a campaign; without one every run has its own. Whoever only asks whether a law fails needs no smallest case. */
function seeded(): { readonly seed?: number; readonly endOnFailure?: boolean } {
  const { BAILIWICK_SEED, BAILIWICK_SHRINKING } = process.env
  const endOnFailure = BAILIWICK_SHRINKING === 'off'
  return BAILIWICK_SEED === undefined ? { endOnFailure } : { endOnFailure, seed: Number(BAILIWICK_SEED) }
}

function tryCase<T>(cases: fc.Arbitrary<T>, object: (made: T) => Objection, kept: KeptCase, numRuns: number): void {
  const { seed, path } = kept
  const again = path === undefined ? { seed, numRuns } : { seed, path, endOnFailure: true }
  report(kept.law, fc.check(asProperty(cases, object), again))
}

function asProperty<T>(cases: fc.Arbitrary<T>, object: (made: T) => Objection): fc.IProperty<[T]> {
  return fc.property(cases, (made) => refuse(object(made)))
}

function refuse(objection: Objection): void {
  if (objection !== undefined) throw new Error(objection)
}

function report<T>(name: string, details: fc.RunDetails<[T]>): void {
  if (!details.failed) return
  const { seed, counterexamplePath, counterexample, errorInstance, numRuns } = details
  const why = errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance)
  throw new Error(
    `${name}: fails after ${numRuns} cases with { seed: ${seed}, path: '${counterexamplePath}' }\n${why}\n${told(counterexample)}${keepFound(name, seed, counterexample, why)}`,
  )
}

/** Left out: what every world has alike, what it was made from, and what is empty. */
function told(counterexample: unknown): string {
  const isWorld = (value: unknown) => typeof value === 'object' && value !== null && 'document' in value
  const withoutMakings = (value: unknown) =>
    isWorld(value)
      ? { ...Object(value), catalogue: undefined, names: undefined, modules: undefined, values: undefined }
      : value
  const replace = (_: string, value: unknown) => {
    if (value instanceof Set) return [...value]
    return value === null ? undefined : withoutMakings(value)
  }
  return JSON.stringify(counterexample, replace, 1).slice(0, 12_000)
}
