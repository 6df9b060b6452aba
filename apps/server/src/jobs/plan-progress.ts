import type { EffectProgress } from '../policy/policy-effect.ts'
import type { Progress } from './job.ts'

/** What a whole plan counts as: nobody knows at its start how many groups of people there will be to count. */
const WHOLE = 1_000

export const NOTHING_YET: Progress = { done: 0, total: WHOLE }

/** Makes one figure, which never falls, of the steps of a comparison: half of it are the people, half the modules, each for as much. */
export function planProgress(): (progress: EffectProgress) => Progress {
  let modules = { done: 0, total: 1 }
  let share = 0
  return ({ step, done, total }) => {
    if (step === 'records') modules = { done, total }
    const part = done / Math.max(total, 1)
    const ofModules = (modules.done + (step === 'reach' ? part : 0)) / Math.max(modules.total, 1)
    share = Math.max(share, step === 'people' ? part / 2 : (1 + ofModules) / 2)
    return { done: Math.min(WHOLE, Math.floor(share * WHOLE)), total: WHOLE }
  }
}
