import type { Interface } from './interfaces.ts'

/** A test that holds a class of leaks shut: its file under `apps/server/src`, and words of its title. */
export interface Guard {
  readonly file: string
  readonly title: string
}

const guard = (file: string, title: string): Guard => ({ file, title })

const sweep = (title: string) => guard('hardening/sweep.test.ts', title)
const existence = (title: string) => guard('hardening/existence.test.ts', title)
const NOT_HIS = sweep('shows nobody what is not his')
const NOBODY = sweep('is shut to nobody, whatever he says of himself')
const ELSEWHERE = sweep('leads nobody into another organization')
const NO_PROFILE = sweep('is nothing to whom no profile grants the module')
const SUSPENDED = sweep('is shut to a suspended person from the change on')
const COUNTED = sweep('is what is seen: by a list, by its pages, by figures, by groups, by search')
const UNFOUND = sweep('is none of what stands in hidden or masked fields')
const MASKED = sweep('is never %s')
const EXPORTED = sweep('comes out of an export masked')
const STARTER = sweep('a job, its file and its rows are its starter’s alone')
const SYSTEM = sweep('nobody writes what the system keeps')
const RECORD = existence('record in $module as of none')
const MODULE = existence('of a module that is not his as of none')
const FIELD = existence('is one that is not there: %s')
const LOOKUP = existence('is none as the target of a lookup')
const HOSTILE = guard('hardening/fuzz-http.test.ts', 'hostile requests break nothing, change nothing and learn nothing')
const SCENARIOS = guard('conformance/scenarios-http.store.test.ts', 'httpLayer')
const AS_PERSON = guard('organizations/operator.test.ts', 'the operator acts as a person, with that person’s rights')
const IS_NOBODY = guard('organizations/operator.test.ts', 'the operator himself is nobody')
const IMPORT_RIGHTS = guard('imports/rights.store.test.ts', 'only whom a profile grants it')
const JOB_RIGHTS = guard('jobs/jobs.store.test.ts', 'a job runs as whoever started it')
const GATEWAY_STORY = guard('records/gateway.store.test.ts', 'keeps who changed what, without what is hidden')
const NEW_POLICY = guard('records/gateway.store.test.ts', 'is in force for the next request')
const FORMULAS = guard('imports/read-csv.test.ts', 'no cell of a written line runs as a formula')
const AUTHZEN_SELF = guard('authzen/callers.store.test.ts', 'asks about himself without managing access')
const AUTHZEN_LISTS = guard('authzen/search.store.test.ts', 'shows who asks about himself what his lists show')
const POLICY_SHUT = guard('policy/routes.test.ts', 'The policy over HTTP')
const PLAN_RIGHTS = guard('policy/plan-job.store.test.ts', 'is not made for whoever manages access no more')
const OLD_ANSWERS = guard(
  'http/idempotency.test.ts',
  'once the policy changed, the answer comes back without what it said',
)

const OWN_KEY = guard('http/idempotency.test.ts', 'a key is the user’s own')
const KEPT_REFUSAL = guard('http/idempotency.test.ts', 'a refusal is kept as well')

/** What an interface has against a class: a test, or the reason why it can't happen there. */
export type Cell = Guard | string

export interface LeakClass {
  readonly number: number
  readonly name: string
  readonly cells: Readonly<Partial<Record<Interface, Cell>>>
  /** For every interface that has no cell of its own: why the class can't happen there. */
  readonly elsewhere?: Cell
}

const OVER_HTTP = 'the command line is a client: it gets what the same routes answer to the person it acts for'
const NO_VALUES = 'tells no value of a record, nor how many there are'
const NO_CONDITION = 'takes no condition, order or grouping'
const ONE_RECORD = 'is about one record, which is read first'
const MANAGERS =
  'whoever manages access writes down who sees what: the document holds names of modules and fields, and no value'

/** Each class of leaks against each interface: a test by name, or a reason. An interface that is new joins every row. */
export const LEAK_TABLE: readonly LeakClass[] = [
  {
    number: 1,
    name: 'a count, group or aggregate tells of hidden rows or fields',
    cells: {
      list: COUNTED,
      search: UNFOUND,
      aggregate: COUNTED,
      export: EXPORTED,
      authzen: AUTHZEN_LISTS,
      related: NOT_HIS,
      jobs: STARTER,
      import: STARTER,
      policy: POLICY_SHUT,
      operator: AS_PERSON,
    },
    elsewhere: 'counts nothing',
  },
  {
    number: 2,
    name: 'filtering by a hidden field',
    cells: {
      errors: FIELD,
      list: FIELD,
      aggregate: FIELD,
      export: FIELD,
      jobs: FIELD,
      import: FIELD,
      explanation: FIELD,
      authzen: FIELD,
      search: UNFOUND,
      operator: OVER_HTTP,
    },
    elsewhere: NO_CONDITION,
  },
  {
    number: 3,
    name: 'sorting or grouping by a hidden field',
    cells: {
      errors: FIELD,
      list: FIELD,
      aggregate: FIELD,
      export: FIELD,
      operator: OVER_HTTP,
      related: 'is in the order of the last change, which every reader is told',
    },
    elsewhere: NO_CONDITION,
  },
  {
    number: 4,
    name: 'search that reaches hidden fields',
    cells: { search: UNFOUND, operator: OVER_HTTP },
    elsewhere: 'searches nothing',
  },
  {
    number: 5,
    name: 'a hop over a relation skips the target’s rules',
    cells: {
      errors: LOOKUP,
      idempotency: OLD_ANSWERS,
      list: NOT_HIS,
      detail: LOOKUP,
      related: NOT_HIS,
      aggregate: NOT_HIS,
      export: EXPORTED,
      import: guard('imports/rights.store.test.ts', 'a lookup finds only what one reads'),
      jobs: NOT_HIS,
      explanation: RECORD,
      authzen: RECORD,
      description: guard('people/me.test.ts', 'a lookup into a module that one can’t read doesn’t name it'),
      search: UNFOUND,
      operator: OVER_HTTP,
      story: NOT_HIS,
      policy: MANAGERS,
    },
    elsewhere: NO_VALUES,
  },
  {
    number: 6,
    name: 'a list is filtered, reading or writing by id is not',
    cells: {
      errors: RECORD,
      idempotency: OWN_KEY,
      list: RECORD,
      detail: RECORD,
      related: RECORD,
      story: RECORD,
      explanation: RECORD,
      authzen: RECORD,
      jobs: SCENARIOS,
      search: UNFOUND,
      aggregate: COUNTED,
      export: EXPORTED,
      import: guard(
        'imports/rights.store.test.ts',
        'an existing record that one can’t read answers as any that is there already',
      ),
      operator: AS_PERSON,
      policy: MANAGERS,
    },
    elsewhere: NO_VALUES,
  },
  {
    number: 7,
    name: 'side doors: preview, import, restore, merge, clone',
    cells: {
      detail: RECORD,
      import: IMPORT_RIGHTS,
      policy: POLICY_SHUT,
      jobs: JOB_RIGHTS,
      operator: AS_PERSON,
      explanation: RECORD,
      authzen: AUTHZEN_SELF,
    },
    elsewhere: 'has one door, which the other rows hold',
  },
  {
    number: 8,
    name: 'files by a guessed or passed-on id',
    cells: { export: STARTER, import: STARTER, jobs: STARTER, policy: STARTER, operator: OVER_HTTP },
    elsewhere: 'keeps no files',
  },
  {
    number: 9,
    name: 'history, feeds and audit show values of hidden fields',
    cells: {
      idempotency: OLD_ANSWERS,
      story: GATEWAY_STORY,
      jobs: STARTER,
      policy: MANAGERS,
      operator: OVER_HTTP,
    },
    elsewhere: 'tells what is, not what was',
  },
  {
    number: 10,
    name: 'exports check less; formulas in what is written',
    cells: { export: EXPORTED, import: FORMULAS, operator: OVER_HTTP, jobs: STARTER },
    elsewhere: 'writes no files',
  },
  {
    number: 11,
    name: 'jobs run without an identity, or with another’s',
    cells: {
      jobs: JOB_RIGHTS,
      import: guard('imports/resume.store.test.ts', 'whoever is suspended meanwhile imports nothing more'),
      export: guard(
        'exports/exports.store.test.ts',
        'a file is its taker’s alone, and only for as long as he may take it',
      ),
      policy: PLAN_RIGHTS,
      operator: AS_PERSON,
    },
    elsewhere: 'starts no job',
  },
  {
    number: 12,
    name: 'open where something is empty: no identity, no profile, no attribute',
    cells: {
      running: 'is for everyone, and holds nothing of an organization',
      search: NO_PROFILE,
      operator: IS_NOBODY,
      identity: NOBODY,
    },
    elsewhere: NOBODY,
  },
  {
    number: 13,
    name: 'identity, or a way around the checks, taken from the caller',
    cells: {
      errors: NOBODY,
      idempotency: OWN_KEY,
      running: guard('http/build-server.test.ts', 'on a real socket'),
      search: NOBODY,
      operator: guard('organizations/operator.test.ts', 'keys don’t count'),
      identity: guard('identity/identity.test.ts', 'does not take the caller’s word for where he is'),
    },
    elsewhere: NOBODY,
  },
  {
    number: 14,
    name: 'a mask undone: by a filter, an order, a figure, an export, a copy',
    cells: {
      errors: MASKED,
      idempotency: OLD_ANSWERS,
      list: MASKED,
      detail: NOT_HIS,
      aggregate: MASKED,
      export: EXPORTED,
      jobs: MASKED,
      search: UNFOUND,
      related: NOT_HIS,
      story: NOT_HIS,
      operator: OVER_HTTP,
      import: 'a file’s own values are its owner’s; what is in the records stays there',
      policy: MANAGERS,
    },
    elsewhere: NO_VALUES,
  },
  {
    number: 15,
    name: 'a refusal not honoured; several profiles put together wrongly',
    cells: {
      errors: RECORD,
      idempotency: OLD_ANSWERS,
      list: SCENARIOS,
      detail: SCENARIOS,
      search: SCENARIOS,
      aggregate: SCENARIOS,
      explanation: SCENARIOS,
      description: SCENARIOS,
      authzen: guard('authzen/worlds.store.test.ts', 'an evaluation is what the law says'),
      export: EXPORTED,
      import: IMPORT_RIGHTS,
      jobs: SCENARIOS,
      operator: AS_PERSON,
      related: NOT_HIS,
      story: RECORD,
      policy: guard('policy/policy-effect.test.ts', 'counts what a suspended person loses'),
    },
    elsewhere: 'asks no profile',
  },
  {
    number: 16,
    name: 'written first, authorised later; effects of what was refused',
    cells: {
      errors: HOSTILE,
      idempotency: KEPT_REFUSAL,
    },
    elsewhere: HOSTILE,
  },
  {
    number: 17,
    name: 'writing system fields or owners; rights gained by what one may edit',
    cells: {
      errors: SYSTEM,
      detail: SYSTEM,
      import: guard('imports/rights.store.test.ts', 'another owner needs transfer'),
      jobs: FIELD,
      policy: POLICY_SHUT,
      operator: IS_NOBODY,
    },
    elsewhere: 'writes nothing to records',
  },
  {
    number: 18,
    name: 'existence: another status, text, header or number of statements',
    cells: {
      errors: RECORD,
      idempotency: OWN_KEY,
      list: RECORD,
      detail: RECORD,
      related: RECORD,
      search: UNFOUND,
      aggregate: MODULE,
      export: MODULE,
      import: MODULE,
      story: RECORD,
      jobs: MODULE,
      explanation: RECORD,
      authzen: RECORD,
      description: MODULE,
      policy: MANAGERS,
      identity: guard('identity/identity.test.ts', 'guessing at a password ends with 429'),
      operator: 'whoever runs the server may know what it holds',
    },
    elsewhere: NO_VALUES,
  },
  {
    number: 19,
    name: 'stale rights: an open session, a key, a cached answer, a field made anew',
    cells: {
      idempotency: OLD_ANSWERS,
      running: 'knows no rights',
      identity: guard('identity/identity.test.ts', 'stops answering with the very request after the user is suspended'),
      operator: NEW_POLICY,
      search: SUSPENDED,
      detail: OLD_ANSWERS,
      policy: SUSPENDED,
      import: guard('imports/resume.store.test.ts', 'whoever is suspended meanwhile imports nothing more'),
      export: guard('exports/exports.store.test.ts', 'only for as long as he may take it'),
    },
    elsewhere: SUSPENDED,
  },
  {
    number: 20,
    name: 'surfaces for extensions and assistants skip the checks',
    cells: { authzen: AUTHZEN_SELF, operator: AS_PERSON },
    elsewhere: 'is used by pages, programs and assistants alike: there is no second surface',
  },
  {
    number: 21,
    name: 'filtered after it was fetched: short pages, wrong totals',
    cells: {
      errors: 'tells of one request, and of no list',
      idempotency: 'gives back an answer whole, as it was',
      list: COUNTED,
      search: COUNTED,
      aggregate: COUNTED,
      authzen: guard('authzen/search.store.test.ts', 'come one after the other, each result once'),
      export: guard('exports/exports.store.test.ts', 'in pages, each row once'),
      operator: OVER_HTTP,
      related: NOT_HIS,
    },
    elsewhere: ONE_RECORD,
  },
  {
    number: 22,
    name: 'crossing organizations',
    cells: {
      errors: ELSEWHERE,
      idempotency: OWN_KEY,
      running: 'knows no organization',
      description: ELSEWHERE,
      identity: guard('identity/identity.test.ts', 'does not reach an organization that the person is no user of'),
      operator: guard('organizations/operator.test.ts', 'the operator acts as a person'),
      policy: HOSTILE,
      export: STARTER,
      import: STARTER,
      authzen: guard('authzen/callers.store.test.ts', 'stays in his organization'),
    },
    elsewhere: ELSEWHERE,
  },
  {
    number: 23,
    name: 'injection through names, orders, aliases and paths',
    cells: {},
    elsewhere: HOSTILE,
  },
  {
    number: 24,
    name: 'the schema itself: names of hidden modules and fields',
    cells: {
      errors: FIELD,
      idempotency: OLD_ANSWERS,
      list: MODULE,
      detail: MODULE,
      aggregate: MODULE,
      export: MODULE,
      import: MODULE,
      jobs: MODULE,
      authzen: MODULE,
      description: NOT_HIS,
      explanation: FIELD,
      search: UNFOUND,
      related: NOT_HIS,
      story: GATEWAY_STORY,
      policy: POLICY_SHUT,
      operator: OVER_HTTP,
    },
    elsewhere: NO_VALUES,
  },
  {
    number: 25,
    name: 'open by default: a new module, field, user or route',
    cells: {
      running: 'is for everyone, and holds nothing of an organization',
      identity: NOBODY,
      policy: NOBODY,
      authzen: NOBODY,
      export: NOBODY,
      import: NOBODY,
      operator: IS_NOBODY,
    },
    elsewhere: NO_PROFILE,
  },
]
