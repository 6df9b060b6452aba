export {
  arbitraryChange,
  arbitraryChangedWorld,
  CHANGE_KINDS,
  type Change,
  type ChangedWorld,
  type ChangeKind,
} from './changes.ts'
export { arbitraryConditions, conditionDifference } from './condition-readings.ts'
export { type KeptCase, keptCases } from './kept-cases.ts'
export { law, type Objection } from './law.ts'
export { generationCatalogue } from './pools.ts'
export { difference, engineReading, oracleReading, type Reading } from './readings.ts'
export { arbitraryWorld, type GeneratedWorld, type GenerationOptions } from './world.ts'
