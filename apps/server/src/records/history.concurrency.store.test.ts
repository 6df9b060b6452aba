import {
  type Action,
  BUILT_IN_MODULES,
  type Key,
  LEVELS,
  type PolicyDocument,
  type RecordFacts,
} from '@bailiwick/access'
import { oracleAllows } from '@bailiwick/access/oracle'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { Problem } from '../problem.ts'
import { testDatabase } from '../testing/index.ts'
import { createRecordsFixture } from './records-fixture.ts'

/**
 * Many write at once, at random, while policies, owners, shares and parents change. Triggers write down in which order it all happened;
 * afterwards the law's naive form judges each entry of the history by everything that was committed before it.
 */

const NOW = Date.parse('2026-03-02T10:00:00Z')
const SEED = Number(process.env.BAILIWICK_SEED ?? 20_261_122)
const STEPS = 400
const HANDS = 10

const { database, createOrganization } = await testDatabase()
const WRITING = ['read', 'update', 'share', 'transfer', 'confide'] as const
const PEOPLE = ['pekka', 'mikko', 'nils'] as const

function policyOf(users: PolicyDocument['users'], sharing: 'none' | 'read'): PolicyDocument {
  return {
    bailiwick: 1,
    organization: { name: 'Nordwind' },
    profiles: {
      sales: { modules: { accounts: { actions: WRITING }, deals: { actions: WRITING } } },
      reader: { modules: { accounts: { actions: ['read'] }, deals: { actions: ['read', 'update'] } } },
    },
    users: { ada: { profiles: ['administrator'] }, ...users },
    modules: { accounts: { sharing }, deals: { parent: 'account' } },
  }
}

const SALES = { profiles: ['sales'] }
const POLICIES: readonly PolicyDocument[] = [
  policyOf({ pekka: SALES, mikko: SALES, nils: SALES }, 'none'),
  policyOf({ pekka: { profiles: ['reader'] }, mikko: SALES, nils: SALES }, 'none'),
  policyOf({ pekka: SALES, mikko: { profiles: ['sales'], status: 'suspended' }, nils: SALES }, 'none'),
  policyOf({ pekka: SALES, mikko: SALES, nils: { profiles: ['reader'] } }, 'read'),
]

const organization = await createOrganization()
const { apply, gateway, actor } = await createRecordsFixture(database, organization, POLICIES[0]!, NOW)

/** Mulberry32: small, and the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const random = randomOf(SEED)
const oneOf = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!

interface Entry {
  readonly tx: string
  readonly what: string
  readonly removed: boolean
  readonly row: Readonly<Record<string, unknown>>
}

async function writeDown(): Promise<void> {
  const log = `"${organization.schema}".log`
  const body = `begin insert into ${log} (tx, what, removed, row)
    values (pg_current_xact_id()::text, tg_table_name, tg_op = 'DELETE', to_jsonb(case when tg_op = 'DELETE' then old else new end));
    return null; end`
  await database.ownerTransaction(organization, async (owner) => {
    await sql`create table log (seq bigint generated always as identity, tx text, what text, removed boolean, row jsonb)`.execute(
      owner,
    )
    await sql`create function write_down() returns trigger language plpgsql security definer as ${sql.lit(body)}`.execute(
      owner,
    )
    for (const table of ['r_accounts', 'r_deals', 'shares', 'history', 'policy_versions']) {
      await sql`create trigger zz_log after insert or update or delete on ${sql.table(table)}
        for each row execute function write_down()`.execute(owner)
    }
  })
}

/** All that was written down, by transactions in the order in which they came to what they contend for. */
async function transactions(): Promise<Entry[][]> {
  const entries = await database.ownerTransaction(organization, async (owner) => {
    const { rows } = await sql<Entry>`select tx, what, removed, row from log order by seq`.execute(owner)
    return rows
  })
  return [...Map.groupBy(entries, ({ tx }) => tx).values()]
}

/** What stood when a transaction began to write. */
class State {
  readonly #records = new Map<string, { readonly module: Key; readonly row: Entry['row'] }>()
  readonly #shares = new Map<string, Entry['row']>()
  readonly #owners: ReadonlyMap<unknown, string>
  policy = 0

  constructor(owners: ReadonlyMap<unknown, string>) {
    this.#owners = owners
  }

  take({ what, removed, row }: Entry, policies: ReadonlyMap<unknown, number>): void {
    if (what === 'policy_versions') this.policy = policies.get(row.number) ?? this.policy
    if (what === 'r_accounts' || what === 'r_deals') this.#records.set(String(row.id), { module: what.slice(2), row })
    const share = `${row.record_id} ${row.grantee}`
    if (what === 'shares' && removed) this.#shares.delete(share)
    else if (what === 'shares') this.#shares.set(share, row)
  }

  factsOf(id: unknown): RecordFacts | undefined {
    const found = this.#records.get(String(id))
    if (!found) return undefined
    const { module, row } = found
    const shares = [...this.#shares.values()].filter(({ record_id }) => record_id === id)
    return {
      module,
      id: String(id),
      owner: `user:${this.#owners.get(row.owner_id)}`,
      confidential: row.confidential === true,
      deleted: row.deleted_at !== null,
      values: {},
      shares: shares.map(({ grantee, level }) => ({ with: String(grantee), level: LEVELS[Number(level)] ?? 'none' })),
      parent: module === 'deals' ? (this.factsOf(row.f_account) ?? null) : null,
    }
  }
}

const ASKED: { readonly [action: string]: Action } = { unshare: 'share' }

/** Whether whoever stands in the history was allowed what he did, by what stood before. */
function isAllowed(state: State, { row }: Entry, owners: ReadonlyMap<unknown, string>): boolean {
  const facts = state.factsOf(row.record_id)
  const user = owners.get(row.actor)
  const document = POLICIES[state.policy]
  if (!facts || user === undefined || !document) return false
  const action = ASKED[String(row.action)] ?? (row.action as Action)
  return oracleAllows({ document, catalogue: BUILT_IN_MODULES, now: NOW }, user, action, facts)
}

it('nobody writes what he is not allowed at that moment, nothing is lost, and no read is older than its policy', {
  timeout: 90_000,
}, async () => {
  const ada = actor('ada')
  const accounts: string[] = []
  for (const owner of PEOPLE)
    accounts.push((await gateway.create(ada, 'accounts', { name: owner, owner: `user:${owner}` })).id)
  const fixed = (await gateway.create(ada, 'accounts', { name: 'fixed', owner: 'user:mikko' })).id
  await writeDown()
  const records: (readonly [Key, string])[] = accounts.map((id) => ['accounts', id])
  for (const account of [...accounts, ...accounts]) {
    records.push([
      'deals',
      (await gateway.create(ada, 'deals', { name: 'deal', account, owner: 'user:ada', amount: 0 })).id,
    ])
  }
  for (const id of accounts) await gateway.update(ada, 'accounts', id, { phone: 'begun' })
  const deals = records.filter(([module]) => module === 'deals').map(([, id]) => id)

  const versions = new Map<unknown, number>([[1, 0]])
  const known = { applied: 0, begun: 0, chosen: [0] }
  const counted = new Map<string, number>(deals.map((id) => [id, 0]))
  const figures = { done: 0, refused: 0, stale: [] as unknown[] }
  let applying: Promise<unknown> = Promise.resolve()

  const applyOne = (): Promise<unknown> => {
    applying = applying.then(async () => {
      const chosen = (known.chosen.at(-1)! + 1 + Math.floor(random() * (POLICIES.length - 1))) % POLICIES.length
      known.chosen.push(chosen)
      known.begun += 1
      const { version } = await apply(POLICIES[chosen]!)
      versions.set(version, chosen)
      known.applied += 1
    })
    return applying
  }

  const count = async (who: Key, id: string) => {
    const seen = await gateway.read(actor(who), 'deals', id)
    await gateway.update(actor(who), 'deals', id, { amount: Number(seen.amount) + 1 }, seen.version)
    counted.set(id, (counted.get(id) ?? 0) + 1)
  }

  /** Mikko's own, which nobody else touches: he sees it whenever he isn't suspended. */
  const readFixed = async () => {
    const from = known.applied
    const seen = await gateway.read(actor('mikko'), 'accounts', fixed).then(
      () => true,
      (error: unknown) => !(error instanceof Problem && error.status === 401),
    )
    const inForce = known.chosen.slice(from, known.begun + 1)
    if (!inForce.some((policy) => (policy !== 2) === seen)) figures.stale.push({ inForce, seen })
  }

  const step = (): Promise<unknown> => {
    const [who, other, [module, id]] = [oneOf([...PEOPLE, ...PEOPLE, 'ada']), oneOf(PEOPLE), oneOf(records)]
    const dice = random()
    if (dice < 0.04) return applyOne()
    if (dice < 0.12) return readFixed()
    if (dice < 0.2)
      return gateway.transfer(actor(oneOf([who, 'ada'])), 'accounts', oneOf(accounts), { owner: `user:${other}` })
    if (dice < 0.32)
      return gateway.share(actor(oneOf([who, 'ada'])), module, id, {
        with: `user:${other}`,
        level: oneOf(['read', 'edit', 'full']),
      })
    if (dice < 0.38) return gateway.unshare(actor('ada'), module, id, `user:${other}`)
    if (dice < 0.42) return gateway.confide(actor('ada'), 'accounts', oneOf(accounts), random() < 0.3)
    if (dice < 0.46) return gateway.update(actor('ada'), 'deals', oneOf(deals), { account: oneOf(accounts) })
    if (dice < 0.7) return count(who, oneOf(deals))
    return gateway.update(actor(who), module, id, { name: `by ${who}` })
  }

  let left = STEPS
  const hand = async () => {
    while (left-- > 0) {
      try {
        await step()
        figures.done += 1
      } catch (error) {
        if (!(error instanceof Problem) || error.status >= 500) throw error
        figures.refused += 1
      }
    }
  }
  await Promise.all(Array.from({ length: HANDS }, hand))

  const { rows } = await sql<{ id: number; key: string }>`select id, key from owners`.execute(
    database.organization(organization),
  )
  const owners = new Map<unknown, string>(rows.map(({ id, key }) => [id, key]))
  const state = new State(owners)
  const unlawful: unknown[] = []
  let judged = 0
  for (const entries of await transactions()) {
    for (const entry of entries) {
      if (entry.what !== 'history' || entry.row.action === 'create' || !state.factsOf(entry.row.record_id)) continue
      judged += 1
      if (!isAllowed(state, entry, owners))
        unlawful.push({ entry: entry.row, policy: state.policy, facts: state.factsOf(entry.row.record_id) })
    }
    for (const entry of entries) state.take(entry, versions)
  }
  expect({ seed: SEED, unlawful }).toEqual({ seed: SEED, unlawful: [] })
  expect(figures.stale).toEqual([])
  for (const [id, times] of counted) expect(await gateway.read(ada, 'deals', id)).toMatchObject({ amount: times })
  // Both have to come up, or nothing was tried.
  expect(judged).toBeGreaterThan(STEPS / 8)
  expect(figures.refused).toBeGreaterThan(STEPS / 20)
})
