import { Client, type ClientConfig } from 'pg'
import { createGateway } from '../../apps/server/src/records/gateway.ts'
import { middle } from './measure.ts'
import type { PageRow, Reader } from './result.ts'
import type { OurTables } from './tables/our-tables.ts'
import { PAGE_SQL } from './tables/plain-tables.ts'
import type { Person } from './world/organization.ts'

/** Whoever reads a page out of a database: the ids of the newest 50 that a person may read. */
export interface PageSource {
  readonly peer: string
  readonly version: string
  /** What isn't part of reading: who asks from now on. */
  become?(person: Person): Promise<void>
  read(person: Person): Promise<string[]>
  /** Whether what it shows is meant to be what the person may read. */
  readonly knowsPeople: boolean
}

/** So often at least, and so many milliseconds: code is compiled then, and plans are kept. */
const WARM_UP = { times: 10, milliseconds: 1_000 }
const TIMES = 60

export async function measurePages(
  source: PageSource,
  readers: readonly (readonly [Reader, Person])[],
  expected: (person: Person) => readonly string[],
): Promise<PageRow> {
  const p50: { [reader in Reader]?: number } = {}
  const different: Reader[] = []
  for (const [reader, person] of readers) {
    await source.become?.(person)
    const ids = await source.read(person)
    if (source.knowsPeople && ids.join() !== expected(person).join()) different.push(reader)
    const warm = performance.now() + WARM_UP.milliseconds
    for (let time = 0; time < WARM_UP.times || performance.now() < warm; time++) await source.read(person)
    const times: number[] = []
    for (let time = 0; time < TIMES; time++) {
      const began = performance.now()
      await source.read(person)
      times.push(performance.now() - began)
    }
    p50[reader] = middle(times)
  }
  return { peer: source.peer, version: source.version, p50, givenUp: [], different }
}

/** Ours inside the process: checked, compiled to SQL, read, and made ready for the answer. */
export function ourPages({ program, organization }: OurTables): PageSource {
  const gateway = createGateway(program.parts)
  return {
    peer: 'Bailiwick',
    version: 'this one',
    knowsPeople: true,
    read: async ({ key }) => {
      const actor = { organization, user: key, asking: { now: Date.now() }, via: 'job' } as const
      const { items } = await gateway.list(actor, 'deals', { limit: 50, sort: '-updatedAt', fields: FIELDS })
      return items.map(({ id }) => String(id))
    },
  }
}

const FIELDS = 'name,stage,amount,nextStep'

export async function barePages(
  address: ClientConfig,
  version: string,
): Promise<PageSource & { close(): Promise<void> }> {
  const client = new Client({ ...address, options: '-c jit=off' })
  await client.connect()
  return {
    peer: 'bare SQL, no access control',
    version,
    knowsPeople: false,
    read: async () => {
      const { rows } = await client.query<{ id: string }>({ name: 'page', text: PAGE_SQL })
      return rows.map(({ id }) => id)
    },
    close: () => client.end(),
  }
}
