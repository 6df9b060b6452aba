import { checkMeasurements } from './checks.ts'
import { countMeasurements } from './counts.ts'
import { engineMeasurements } from './engine.ts'
import { pageMeasurements } from './pages.ts'
import type { Measurement } from './row.ts'
import { singleMeasurements } from './single-records.ts'

/** Everything that is measured, in the order of the table: what writes comes behind what reads. */
export const measurements: readonly Measurement[] = [
  ...pageMeasurements,
  ...countMeasurements,
  ...checkMeasurements,
  ...engineMeasurements,
  ...singleMeasurements,
]
