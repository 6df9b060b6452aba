import {
  BUILT_IN_MODULES,
  compilePolicy,
  decide,
  holds,
  type Key,
  type Policy,
  type PolicyDocument,
  type RecordFacts,
  reach,
  reachCondition,
} from '@bailiwick/access'
import type { OpenDataSet } from '../data-set/open-data-set.ts'
import { runAsOwner } from '../data-set/run-as-owner.ts'
import { median } from '../load/median.ts'
import { askedBy, atLeastFigure, atMost, type Bench, get, type Measurement, type Row } from './row.ts'

const DECISIONS_PER_SECOND = 5_000_000
const REACH_MS = 2
const POLICY_MS = 300
const PEOPLE = 200
const TIMES = 5
const BLOCK = 100_000
const asking = { now: Date.now() }

/** The engine alone, in this process: no database, no server. */
export const engineMeasurements: readonly Measurement[] = [{ name: 'engine', run: measureEngine }]

async function measureEngine(bench: Bench): Promise<Row[]> {
  const { dataSet, seconds } = bench
  const text = await readDocument(bench)
  const loads = Array.from({ length: TIMES }, () => timeOf(() => compile(text)))
  const users = somePeople(compile(text))
  const compiled = compile(text)
  const reaches = users.map((user) => timeOf(() => reach(compiled, user, 'accounts', 'read', asking)))
  const facts = await readSomeFacts(dataSet)
  const people = `${compiled.users.size.toLocaleString('en')} people`
  return [
    atMost(POLICY_MS, { what: `policy of ${people} read and compiled`, unit: 'ms', ours: median(loads) }),
    atMost(REACH_MS, { what: 'reach of a person compiled', unit: 'ms', ours: median(reaches), note: worst(reaches) }),
    decisions(compiled, dataSet.cast.manager, facts, seconds),
    {
      what: 'decisions in process, by policy and person',
      unit: '/s',
      ours: perSecond(facts, seconds, (one) => decide(compiled, dataSet.cast.manager, 'read', one, asking)),
    },
  ]
}

function worst(times: readonly number[]): string {
  return `the slowest of ${times.length}: ${Math.max(...times).toFixed(1)} ms`
}

function compile(text: string): Policy {
  const document: PolicyDocument = JSON.parse(text)
  return compilePolicy(document, BUILT_IN_MODULES)
}

function timeOf(work: () => unknown): number {
  const began = performance.now()
  work()
  return performance.now() - began
}

/** From all over the role tree. */
function somePeople({ users }: Policy): Key[] {
  const keys = [...users.keys()]
  const step = Math.max(1, Math.floor(keys.length / PEOPLE))
  return keys.filter((_key, index) => index % step === 0)
}

/** As a list of records is decided: the reach is asked for once. */
function decisions(policy: Policy, user: Key, facts: readonly RecordFacts[], seconds: number): Row {
  const condition = reachCondition(reach(policy, user, 'accounts', 'read', asking))
  const moment = { ...asking, timeZone: policy.timeZone }
  const ours = perSecond(facts, seconds, (one) => holds(condition, one, moment))
  return atLeastFigure(DECISIONS_PER_SECOND, { what: 'decisions in process, reach compiled', unit: '/s', ours })
}

/** Of this process's own time, which others on the machine don't change much. */
function perSecond(facts: readonly RecordFacts[], seconds: number, isAllowed: (facts: RecordFacts) => boolean): number {
  const rates: number[] = []
  let allowed = 0
  for (const until = performance.now() + seconds * 1_000; performance.now() < until; ) {
    const before = process.cpuUsage()
    for (let index = 0; index < BLOCK; index++) if (isAllowed(facts[index % facts.length]!)) allowed += 1
    const { user, system } = process.cpuUsage(before)
    rates.push((BLOCK * 1_000_000) / (user + system))
  }
  if (allowed === 0) throw new Error('Nothing was allowed: these decisions say nothing.')
  return median(rates)
}

/** The policy as the server gives it, in JSON. */
async function readDocument(bench: Bench): Promise<string> {
  const { status, text } = await bench.ours.ask(askedBy(bench, 'administrator', get('/api/v1/policy')))
  if (status !== 200) throw new Error(`${status}: ${text}`)
  return text
}

async function readSomeFacts({ place, organization }: OpenDataSet): Promise<RecordFacts[]> {
  const query = `select r_accounts.id::text, kind || ':' || key as owner, confidential, f_country as country, f_industry as industry
    from r_accounts join owners on owners.id = owner_id order by r_accounts.id limit 1000`
  const rows = await runAsOwner<{
    id: string
    owner: string
    confidential: boolean
    country: string
    industry: string
  }>(place.address, organization.schema, [query])
  return rows.map(({ id, owner, confidential, ...values }) => {
    return { id, module: 'accounts', owner, confidential, values, shares: [] }
  })
}
