import { checkMeasurements } from './checks.ts'
import { countMeasurements } from './counts.ts'
import { engineMeasurements } from './engine.ts'
import { interactionMeasurements } from './interactions.ts'
import { pageMeasurements } from './pages.ts'
import { reorganizeMeasurements } from './reorganize.ts'
import type { Measurement } from './row.ts'
import { singleMeasurements } from './single-records.ts'
import { sqlMeasurements } from './sql.ts'
import { startMeasurements } from './start.ts'

/** Everything that is measured, in the order of the table: what writes comes behind what reads. */
export const measurements: readonly Measurement[] = [
  ...pageMeasurements,
  ...interactionMeasurements,
  ...sqlMeasurements,
  ...countMeasurements,
  ...checkMeasurements,
  ...engineMeasurements,
  ...singleMeasurements,
  ...reorganizeMeasurements,
  ...startMeasurements,
]
