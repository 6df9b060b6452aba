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
export { askedLaw, law, type Objection } from './law.ts'
export { CUSTOM_TYPES, generationCatalogue, KEYS } from './pools.ts'
export {
  difference,
  type EngineReading,
  engineReading,
  first,
  oracleReading,
  type Reading,
  unequal,
  usersOf,
} from './readings.ts'
export { arbitraryReorganization, type Reorganization } from './reorganizations.ts'
export {
  arbitraryHistory,
  DEEDS,
  type Deed,
  type History,
  type RecordStep,
  type Step,
  stepOf,
  TITLE,
  withRecord,
} from './steps.ts'
export { arbitraryWorld, type GeneratedWorld, type GenerationOptions } from './world.ts'
