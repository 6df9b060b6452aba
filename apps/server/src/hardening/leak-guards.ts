import type { Interface } from './interfaces.ts'

/** A test that holds a class of leaks shut: its file under `apps/server/src`, and words of its title. */
export interface Guard {
  readonly file: string
  readonly title: string
}

export const guard = (file: string, title: string): Guard => ({ file, title })

const sweep = (title: string) => guard('hardening/sweep.test.ts', title)
export const NOT_HIS = sweep('shows nobody what is not his')
export const NOBODY = sweep('is shut to nobody, whatever he says of himself')
export const ELSEWHERE = sweep('leads nobody into another organization')
export const NO_PROFILE = sweep('is nothing to whom no profile grants the module')
export const SUSPENDED = sweep('is shut to a suspended person from the change on')
export const COUNTED = sweep('is what is seen: by a list, by its pages, by figures, by groups, by search')
export const UNFOUND = sweep('is none of what stands in hidden or masked fields')
export const MASKED = sweep('is never %s')
export const EXPORTED = sweep('comes out of an export masked')
export const STARTER = sweep('a job, its file and its rows are its starter’s alone')
export const SYSTEM = sweep('nobody writes what the system keeps')
export const RECORD = guard('hardening/existence.test.ts', 'record in $module as of none')
export const MODULE = guard('hardening/existence-of-modules.test.ts', 'of a module that is not his as of none')
export const FIELD = guard('hardening/existence-of-fields.test.ts', 'is one that is not there: %s')
export const LOOKUP = guard('hardening/existence.test.ts', 'is none as the target of a lookup')
export const HOSTILE = guard(
  'hardening/fuzz-http.test.ts',
  'hostile requests break nothing, change nothing and learn nothing',
)
export const SCENARIOS = guard('conformance/scenarios-http.store.test.ts', 'httpLayer')
export const AS_PERSON = guard(
  'organizations/operator.test.ts',
  'the operator acts as a person, with that person’s rights',
)
export const IS_NOBODY = guard('organizations/operator.test.ts', 'the operator himself is nobody')
export const IMPORT_RIGHTS = guard('imports/rights.store.test.ts', 'only whom a profile grants it')
export const JOB_RIGHTS = guard('jobs/jobs.store.test.ts', 'a job runs as whoever started it')
export const GATEWAY_STORY = guard(
  'records/gateway.stories.store.test.ts',
  'keeps who changed what, without what is hidden',
)
export const NEW_POLICY = guard('records/gateway.reading.store.test.ts', 'is in force for the next request')
export const TAKEN_FIELD = guard(
  'records/gateway.writing.store.test.ts',
  'names no unique field that is hidden from whom a taken value is in the way of',
)
export const EXPORT_TAKEN = guard('exports/exports.store.test.ts', 'a file is gone with a record of it')
export const FORMULAS = guard('imports/read-csv.test.ts', 'no cell of a written line runs as a formula')
export const AUTHZEN_SELF = guard('authzen/callers.store.test.ts', 'asks about himself without managing access')
export const AUTHZEN_LISTS = guard('authzen/search.store.test.ts', 'shows who asks about himself what his lists show')
export const POLICY_SHUT = guard('policy/routes.test.ts', 'The policy over HTTP')
export const PLAN_RIGHTS = guard('policy/plan-job.store.test.ts', 'is not made for whoever manages access no more')
export const PLAN_SAMPLES = guard('policy/plan-routes.test.ts', 'names no record that was taken from its asker since')
export const USUAL_ORDER = guard('records/usual-order.store.test.ts', 'tells nobody of what is hidden from him')
export const FILES = guard('hardening/files.test.ts', 'is whoever’s who reads its record, for as long as he does')
export const TIMELINE = guard(
  'records/story/story.store.test.ts',
  'shows nobody what he does not read, and no order that is hidden from him',
)
export const UNTOLD_CHANGES = guard(
  'records/story/story.store.test.ts',
  'nor its history: tells nobody of changes of what is hidden from him, nor who made those that he is told of',
)
export const OLD_ANSWERS = guard(
  'http/idempotency.test.ts',
  'once the policy changed, the answer comes back without what it said',
)
export const TAKEN_ANSWERS = guard(
  'http/idempotency.test.ts',
  'once a record is taken away, the answer comes back without what it said of it',
)
export const TOLD_ANEW = guard('http/idempotency.test.ts', 'what only tells is told anew')

const noticed = (title: string) => guard('notifications/notifications.store.test.ts', title)
export const NOTICED_RECORDS = noticed('is told nothing more of what he doesn’t read any more')
export const NOTICED_FIELDS = noticed('is told nothing of fields that are hidden from him')
export const NOTICED_WRITERS = noticed('is not named to whom the fields that say so are hidden')
export const NOTICED_TITLES = noticed('is not told the title that a new policy hides')
export const NOTICED_PAGES = noticed('comes in pages without gaps, whatever is hidden between')

const audited = (title: string) => guard('audit/audit.test.ts', title)
export const AUDIT_SHUT = audited('is shut to whoever does not hold viewAudit, and says what is missing')
export const AUDIT_VALUES = audited('shows no title, value or field that is hidden from its reader')
export const AUDIT_PAGES = audited('comes in pages, newest first, each thing once')
export const AUDIT_LATER = audited('shows no title any more once its reader may not read the record')

const told = (title: string) => guard('hardening/live-streams.test.ts', title)
export const TOLD_RECORDS = told('tells of watched records and of a list’s, and of none that its reader doesn’t read')
export const TOLD_GONE = told('tells of a record from the share on, and that it is gone when the share is')
export const TOLD_FIELDS = told('tells of a new notification, and not of one whose field is hidden')
export const TOLD_SUSPENDED = told('ends within seconds when its reader is suspended')

const mailed = (title: string) => guard('notifications/mails.store.test.ts', title)
export const MAILED_RECORDS = mailed('is not sent of what its receiver doesn’t read when it goes out')
export const MAILED_FIELDS = mailed('names no field that is hidden from its receiver')
export const MAILED_DATES = mailed('what is due is not told, nor mailed, to whom the date is hidden or masked')
export const MAILED_SUSPENDED = mailed('is not sent to who is suspended')
export const MAILED_HEADERS = mailed('begins no header by what a title holds')
export const MAILED_TO = 'goes to an active user of the organization alone, at the address that its policy holds'

export const OWN_KEY = guard('http/idempotency.test.ts', 'a key is the user’s own')
export const KEPT_REFUSAL = guard('http/idempotency.test.ts', 'a refusal is kept as well')

const sales = (file: string, title: string) => guard(`sales/${file}.store.test.ts`, title)
export const LINES_HIDDEN = sales('lines', 'are not there for whom what they come to is hidden or masked')
export const LINES_OF_NONE = sales('lines', 'of a record that one does not read are those of none')
export const LINES_READ_ONLY = sales('lines', 'are not changed by whom one of their sums is only to be read')
export const CONVERTED_IN_PART = sales('conversion', 'leaves nothing behind where a part of it is refused')
export const CONVERTED_COPIES = sales('conversion', 'copies what is read and may be written, and nothing else')
export const CONVERTED_LOOKUPS = sales('conversion', 'copies no lookup of a record that one does not read')
export const PAPER_OF_WHOM = sales('document', 'holds what its reader sees, masked where that is masked')
export const BUDGET_IN_PART = sales('budget', 'tells no figure that is hidden or masked')
export const BUDGET_OF_WHOM = sales('budget', 'and the orders of its account and period that one reads')
export const SEARCHED = guard(
  'search/search.store.test.ts',
  'finds no record that one doesn’t read, nor by a field that is hidden or masked',
)
const ofViews = (title: string) => guard('views/views.store.test.ts', title)
export const VIEW_OWNERS = ofViews('is its owner’s alone until it is shared')
export const VIEW_FIELDS = ofViews('has no column that doesn’t exist for its reader')
export const VIEW_MODULES = ofViews('of a module that its reader doesn’t read isn’t there for him')
const ofPreferences = (title: string) => guard('preferences/preferences.store.test.ts', title)
export const SHORTCUTS = ofPreferences('and only those that one reads now')
export const SHORTCUT_TITLES = ofPreferences('have no title where that is hidden, and are gone with their module')
export const RECENT = ofPreferences('a record that one doesn’t read can’t be put there, and answers as none')

const invited = (title: string) => guard('invitations/invitations.test.ts', title)
export const INVITED_OTHERS = invited('leaves who signs in already his password, which it takes')
export const INVITED_RIGHTS = invited('without manageAccess gives nobody what the inviter lacks, and says what that is')
export const INVITED_ALIKE = invited('of a wrong, a used, a replaced and an old token answers alike')
export const INVITED_LATER = invited('ends when the policy gives the user another address, or suspends him')
export const INVITED_HERE = invited('are this organization’s alone')

/** What an interface has against a class: a test, or the reason why it can't happen there. */
export type Cell = Guard | string

export interface LeakClass {
  readonly number: number
  readonly name: string
  readonly cells: Readonly<Partial<Record<Interface, Cell>>>
  /** For every interface that has no cell of its own: why the class can't happen there. */
  readonly elsewhere?: Cell
}

export const OVER_HTTP = 'the command line is a client: it gets what the same routes answer to the person it acts for'
export const NO_VALUES = 'tells no value of a record, nor how many there are'
export const NO_CONDITION = 'takes no condition, order or grouping'
export const ONE_RECORD = 'is about one record, which is read first'
export const MANAGERS =
  'whoever manages access writes down who sees what: the document holds names of modules and fields, and no value'
export const VEILED_REASONS = guard(
  'records/access/told-to-himself.store.test.ts',
  'of rules that turn on hidden values only what his level shows is told',
)
export const IMPORT_DEFAULTS = guard(
  'imports/rights.store.test.ts',
  'a value for all rows looks up only what one reads, too',
)
export const RETURNED_KEY = guard(
  'identity/returned-keys.test.ts',
  'a key that comes back for the same person finds its sign-ins; for another person it finds none',
)
export const FIGURES_IN_BULK = guard(
  'records/gateway.figures.store.test.ts',
  'is no way to take out what one may not export',
)
