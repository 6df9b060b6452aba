import type { Key, ModuleCatalogue } from '@bailiwick/access'
import type { QueryExecutorProvider } from 'kysely'
import type { Database } from '../db/database.ts'
import type { OrganizationRef } from '../db/tables.ts'
import { compileSnapshot, type Snapshot } from './snapshot.ts'
import { readStoredPolicy } from './store.ts'

export type { OwnerParts, Owners } from './owners.ts'
export type { Snapshot } from './snapshot.ts'
export { POLICY_CHANNEL } from './store.ts'

/** An organization, as an actor carries it. */
export interface OrganizationPlace extends OrganizationRef {
  readonly slug: string
}

export interface LivePolicies {
  /** What `current` answers, where this process has it: without waiting, which for each request costs more than to look it up. */
  held(organization: OrganizationRef): Snapshot | undefined
  /** The policy as this process knows it: for statements, which compare its stamp and say so where it is stale. */
  current(organization: OrganizationRef): Promise<Snapshot>
  /** A snapshot at least as new as the stamp that a statement met. */
  refresh(organization: OrganizationRef, atLeastStamp: number): Promise<Snapshot>
  /** The policy as it stands now, asked of the database: for answers that no statement on records stands behind. */
  confirm(organization: OrganizationRef): Promise<Snapshot>
  forget(organization: OrganizationRef): void
}

export interface LivePolicyOptions {
  readonly catalogue: ModuleCatalogue
  /** The modules that the organization's licence covers; unstated, all. Whoever changes a licence raises the stamp. */
  readonly findLicensed?: (organization: OrganizationRef) => Promise<ReadonlySet<Key> | undefined>
  /** Bytes of documents that may be held; the compiled form is some five times as large. The one in use is always held. */
  readonly mostBytes?: number
}

interface Held {
  readonly snapshot: Snapshot
  readonly licensed: ReadonlySet<Key> | undefined
  /** Bytes of the document. */
  readonly size: number
  /** Bytes of the version that its users are written in: the policy's own, or an older one. */
  readonly usersSize: number
}

const MOST_BYTES = 16 * 1024 * 1024
/** A replica may be behind the node that raised the stamp: it is asked this often, then the caller gets what there is. */
const MOST_LOADS = 3

/** Compiled policies by organization, one load at a time for each; the least recently used go where memory is short. */
export function createLivePolicies(database: Pick<Database, 'organization'>, options: LivePolicyOptions): LivePolicies {
  const held = new Map<string, Held>()
  const loading = new Map<string, Promise<Snapshot>>()

  const load = async (organization: OrganizationRef) => {
    const known = held.get(organization.id)
    const loaded = await loadPolicy(database.organization(organization), organization, options, known)
    keep(held, organization.id, loaded, options.mostBytes ?? MOST_BYTES)
    return loaded.snapshot
  }

  /** Who comes while a load runs shares it. */
  const loadOnce = (organization: OrganizationRef) => {
    const running = loading.get(organization.id)
    if (running) return running
    const started = load(organization).finally(() => loading.delete(organization.id))
    loading.set(organization.id, started)
    return started
  }

  return {
    held: (organization) => use(held, organization.id),
    current: async (organization) => use(held, organization.id) ?? loadOnce(organization),
    refresh: async (organization, atLeastStamp) => {
      let snapshot = use(held, organization.id)
      for (let loads = 0; loads < MOST_LOADS && (snapshot?.stamp ?? -1) < atLeastStamp; loads++) {
        snapshot = await loadOnce(organization)
      }
      return snapshot ?? loadOnce(organization)
    },
    confirm: async (organization) => {
      // A load that runs already may have read before the question was asked.
      await loading.get(organization.id)?.catch(() => {})
      return loadOnce(organization)
    },
    forget: (organization) => {
      held.delete(organization.id)
    },
  }
}

async function loadPolicy(
  reader: QueryExecutorProvider,
  organization: OrganizationRef,
  { catalogue, findLicensed }: LivePolicyOptions,
  known: Held | undefined,
): Promise<Held> {
  const licensed = await findLicensed?.(organization)
  const heldPolicy = known && sameModules(known.licensed, licensed) ? known.snapshot : undefined
  const stored = await readStoredPolicy(reader, organization, heldPolicy)
  if (!stored) throw new Error(`The organization ${organization.schema} has no policy yet.`)
  const { stamp, document, owners, size } = stored
  if (known && (!document || !owners)) return { ...known, licensed, snapshot: { ...known.snapshot, stamp } }
  if (!document || !owners || size === null) throw new Error(`The policy of ${organization.schema} is not whole.`)
  const isWhole = stored.usersFrom === stored.version
  const usersSize = isWhole ? size : (stored.usersSize ?? known?.usersSize ?? 0)
  return {
    size: isWhole ? size : size + usersSize,
    usersSize,
    licensed,
    snapshot: compileSnapshot({ ...stored, document, owners }, catalogue, licensed, heldPolicy?.policy),
  }
}

function sameModules(a: ReadonlySet<Key> | undefined, b: ReadonlySet<Key> | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.size === b.size && [...a].every((module) => b.has(module))
}

/** Marks it as used last: a map keeps the order in which it was filled. */
function use(held: Map<string, Held>, id: string): Snapshot | undefined {
  const found = held.get(id)
  if (!found) return undefined
  if (held.size > 1) {
    held.delete(id)
    held.set(id, found)
  }
  return found.snapshot
}

function keep(held: Map<string, Held>, id: string, loaded: Held, mostBytes: number): void {
  held.delete(id)
  held.set(id, loaded)
  let bytes = [...held.values()].reduce((sum, { size }) => sum + size, 0)
  for (const [oldest, { size }] of held) {
    if (bytes <= mostBytes || oldest === id) return
    held.delete(oldest)
    bytes -= size
  }
}
