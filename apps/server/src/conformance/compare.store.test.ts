import { classifyFacts, compilePolicy, type Key } from '@bailiwick/access'
import {
  arbitraryReorganization,
  askedLaw,
  first,
  type GeneratedWorld,
  type Objection,
  type Reorganization,
  unequal,
} from '@bailiwick/testkit'
import { findWarnings } from '../policy/find-warnings.ts'
import {
  type ComparedRecords,
  type ComparingQuestion,
  measureEffect,
  type RecordEffect,
} from '../policy/policy-effect.ts'
import { compareRecordsForPolicy } from '../records/compared-records.ts'
import { testDatabase } from '../testing/index.ts'
import { storedWorlds } from './stored-worlds.ts'

const { database, createOrganization } = await testDatabase()
const organization = await createOrganization()
const stored = await storedWorlds(database, organization)

/** The engine's comparison over facts is held to the law elsewhere; here, that tables make the same classes as facts. */
askedLaw('a comparison over tables says what one over facts says', arbitraryReorganization(), effectObjection, 60)

askedLaw('idle rules over tables are those over facts', arbitraryReorganization(), warningsObjection, 60)

async function warningsObjection({ before: world }: Reorganization): Promise<Objection> {
  await stored.settle(world)
  const policy = compilePolicy(world.document, world.catalogue)
  const warnings = (records: ComparedRecords) =>
    findWarnings({ before: policy, after: policy, now: world.now, records })
  const told = await overTables(world, {}, warnings)
  const facts = await warnings(factsOf(world))
  const named = (found: typeof told) => found.map(({ path, kind, holds }) => `${path} ${kind} ${holds}`).sort()
  return unequal('idle rules', named(told), named(facts))
}

async function effectObjection(change: Reorganization): Promise<Objection> {
  const { before, after } = change
  await stored.settle(before)
  const told = await inTables(change, Object.keys(before.document.users ?? {})[0] ?? '')
  const counted = await inTables(change)
  const expected = await measured(change, factsOf(before))
  return (
    unequal('people', people(told), people(expected)) ??
    unequal('actions', actions(told), actions(expected)) ??
    unequal('people, where no samples are asked for', people(counted), people(expected)) ??
    unequal('actions, where no samples are asked for', actions(counted), actions(expected)) ??
    first(told.actions, ({ module, action, samples }) => {
      const ofModule = after.records.filter((record) => record.module === module).map(({ id }) => id)
      const strangers = [...samples.gained, ...samples.lost].filter(({ id }) => !ofModule.includes(id))
      return unequal(`samples of ${action} ${module}`, strangers, [])
    })
  )
}

/** @param user who is shown samples; unstated, nobody is, and owners alike are counted as one */
function inTables(change: Reorganization, user?: Key): Promise<RecordEffect> {
  const asker = user === undefined ? {} : { asker: { user, isLicensed: () => true } }
  return overTables(change.before, asker, (records) => measured(change, records))
}

function overTables<Result>(
  { document, catalogue, now }: GeneratedWorld,
  asker: Pick<ComparingQuestion, 'asker'>,
  compare: (records: ComparedRecords) => Promise<Result>,
): Promise<Result> {
  const policy = compilePolicy(document, catalogue)
  return database
    .organization(organization)
    .transaction()
    .execute(async (transaction) =>
      compare(await compareRecordsForPolicy(transaction, organization, { policy, now, ...asker })),
    )
}

function measured({ before, after }: Reorganization, records: ComparedRecords): Promise<RecordEffect> {
  const [from, to] = [before, after].map(({ document, catalogue }) => compilePolicy(document, catalogue))
  if (!from || !to) throw new Error('Two policies were expected.')
  return measureEffect({ before: from, after: to, now: before.now, records })
}

function factsOf({ records, document, catalogue, now }: GeneratedWorld): ComparedRecords {
  const { timeZone } = compilePolicy(document, catalogue)
  return {
    withRecords: async (asked) =>
      asked.filter((key) => records.some(({ module, deleted }) => module === key && !deleted)),
    loadClasses: async ({ module, needed }) => classifyFacts(records, module, needed, { now, timeZone }),
    findSamples: async () => [],
    readSamples: async () => [],
  }
}

/** In an order of their own: classes come in another from tables than from facts. */
function people(effect: RecordEffect): string[] {
  return effect.people
    .map(({ because, ...one }) =>
      JSON.stringify({ ...one, because: because.map((cause) => JSON.stringify(cause)).sort() }),
    )
    .sort()
}

function actions(effect: RecordEffect): string[] {
  return effect.actions
    .map(({ samples: _samples, because, ...one }) =>
      JSON.stringify({ ...one, because: because.map((cause) => JSON.stringify(cause)).sort() }),
    )
    .sort()
}
