import {
  BUILT_IN_MODULES,
  checkDocument,
  compilePolicy,
  type FieldValue,
  type Policy,
  type PolicyField,
} from '@bailiwick/access'
import { describe, expect, it } from 'vitest'
import { createDemo, DEMO_SLUG } from './create-demo.ts'
import { readDemoPolicy } from './demo-files.ts'
import type { DemoLines, DemoParts, DemoRow, StoredDemoShare } from './demo-parts.ts'
import { signInList } from './demo-people.ts'

const NOW = Date.parse('2026-11-22T16:00:00Z')
const { document } = checkDocument(readDemoPolicy(), { catalogue: BUILT_IN_MODULES })
if (!document) throw new Error('The demonstration policy has problems.')
const options = { document, now: NOW, password: 'a password for the demonstration' }
const policy = compilePolicy(document, BUILT_IN_MODULES)

interface StoredRow extends DemoRow {
  readonly module: string
}

/** An organization that remembers what is done to it, and may give up before the nth deed. */
class RememberedOrganization implements DemoParts {
  standing: 'complete' | 'unfinished' | undefined
  readonly rows = new Map<string, StoredRow>()
  readonly shares: StoredDemoShare[] = []
  readonly lines = new Map<string, DemoLines['lines']>()
  readonly passwords = new Map<string, string>()
  readonly deeds: string[] = []
  givesUpBefore = Number.POSITIVE_INFINITY

  async findOrganization() {
    return this.standing
  }
  async dropOrganization() {
    this.#note('drop')
    this.standing = undefined
    this.rows.clear()
    this.lines.clear()
    this.shares.length = 0
    this.passwords.clear()
  }
  async createOrganization() {
    this.#note('create')
    this.standing = 'unfinished'
  }
  async applyPolicy() {
    this.#note('policy')
  }
  async insertRows(_slug: string, module: string, rows: readonly DemoRow[]) {
    this.#note(`rows of ${module}`)
    return rows.map((row) => {
      const id = `id-${this.rows.size + 1}`
      this.rows.set(id, { ...row, module })
      return id
    })
  }
  async insertLines(_slug: string, module: string, records: readonly DemoLines[]) {
    this.#note(`lines of ${module}`)
    for (const { id, lines } of records) this.lines.set(id, lines)
  }
  async shareRecord(_slug: string, share: StoredDemoShare) {
    this.#note('share')
    this.shares.push(share)
  }
  async setPasswords(_slug: string, people: readonly { key: string }[], password: string) {
    this.#note('passwords')
    for (const { key } of people) this.passwords.set(key, password)
  }
  async markComplete() {
    this.#note('complete')
    this.standing = 'complete'
  }

  of(module: string): StoredRow[] {
    return [...this.rows.values()].filter((row) => row.module === module)
  }

  #note(deed: string) {
    if (this.deeds.length === this.givesUpBefore) throw new Error('killed')
    this.deeds.push(deed)
  }
}

async function made(): Promise<RememberedOrganization> {
  const organization = new RememberedOrganization()
  await createDemo(organization, options)
  return organization
}

/** What would keep a row out of the tables that the policy asks for. */
function faultsOf(policy: Policy, row: StoredRow, rows: ReadonlyMap<string, StoredRow>): string[] {
  const fields = policy.modules.get(row.module)?.fields
  const known = Object.entries(row.values).flatMap(([key, value]) => {
    const field = fields?.get(key)
    if (!field) return [`${row.module} has no ${key}`]
    return fits(field, value, rows) ? [] : [`${row.module}.${key} can't be ${JSON.stringify(value)}`]
  })
  const missing = [...(fields?.values() ?? [])].filter((field) => field.required && !row.values[field.key])
  return [...known, ...missing.map((field) => `${row.module}.${field.key} is missing`), ...ownerFaults(policy, row)]
}

function ownerFaults({ users, teams }: Policy, { owner }: StoredRow): string[] {
  const [kind, key = ''] = owner.split(':')
  return (kind === 'user' ? users.has(key) : teams.has(key)) ? [] : [`nobody is ${owner}`]
}

function fits(field: PolicyField, value: FieldValue, rows: ReadonlyMap<string, StoredRow>): boolean {
  if (value === null) return true
  switch (field.type) {
    case 'choice':
      return field.options.some((option) => option.value === value)
    case 'lookup':
      return rows.get(String(value))?.module === field.module
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return Number.isSafeInteger(value)
    case 'money':
      return typeof value === 'number' && Number.isSafeInteger(Math.round(value * 10_000)) && value < 1e11
    case 'number':
    case 'percent':
      return Number.isFinite(value)
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) && !Number.isNaN(Date.parse(String(value)))
    case 'dateTime':
      return /T.*Z$/.test(String(value)) && !Number.isNaN(Date.parse(String(value)))
    default:
      return typeof value === 'string' && value !== ''
  }
}

describe('the demonstration company', () => {
  it('has quotes whose lines come to what stands in them', async () => {
    const organization = await made()
    expect(organization.lines.size).toBe(150)
    for (const [id, lines] of organization.lines) {
      const { amount, tax } = organization.rows.get(id)?.values ?? {}
      const nets = lines.map((line) => line.quantity * line.unitPrice * (1 - line.discountPercent / 100))
      expect(Math.abs(nets.reduce((sum, net) => sum + net, 0) - Number(amount))).toBeLessThan(0.02)
      expect(Math.abs(Number(amount) * 0.08 - Number(tax))).toBeLessThan(0.02)
      for (const { product } of lines)
        if (product !== null) expect(organization.rows.get(product)?.module).toBe('products')
    }
  })

  it('has records that fit its modules, whose lookups and owners are there', async () => {
    const { rows } = await made()
    const faults = [...rows.values()].flatMap((row) => faultsOf(policy, row, rows))
    expect([...new Set(faults)]).toEqual([])
  })

  it('has something in every module, and each external id once', async () => {
    const organization = await made()
    const counts = Object.fromEntries(
      [...policy.modules.keys()].map((module) => [module, organization.of(module).length]),
    )
    expect(counts).toMatchObject({
      products: 7,
      accounts: 85,
      deals: 8800,
      quotes: 150,
      orders: 200,
      installations: 90,
    })
    for (const [module, count] of Object.entries(counts)) {
      expect(count, module).toBeGreaterThan(0)
      expect(new Set(organization.of(module).map((row) => row.externalId)).size, module).toBe(count)
    }
  })

  it('shares records as their owners, with principals that are there', async () => {
    const { rows, shares } = await made()
    expect(shares.length).toBeGreaterThan(8)
    for (const share of shares) {
      expect(rows.get(share.id)).toMatchObject({ module: share.module, owner: share.by })
      const [kind = '', key = ''] = share.with.split(':')
      const places = { user: policy.users, group: policy.groups, team: policy.teams, 'role+': policy.roles }
      expect(places[kind as keyof typeof places].has(key), share.with).toBe(true)
    }
    expect(shares.some((share) => share.expiresAt !== undefined && share.expiresAt > NOW)).toBe(true)
    expect(shares.some((share) => rows.get(share.id)?.confidential)).toBe(true)
  })

  it('keeps what a leaver owned', async () => {
    const { rows } = await made()
    expect([...rows.values()].filter((row) => row.owner === 'user:hugo-marchetti').length).toBeGreaterThan(5)
  })

  it('is the same company every time', async () => {
    const [first, second] = [await made(), await made()]
    expect([...first.rows.values()]).toEqual([...second.rows.values()])
  })

  it('gives everyone who may sign in the password, and nobody else', async () => {
    const { passwords } = await made()
    expect(passwords.size).toBe(35 + 6 + 18)
    expect([...passwords.keys()]).toEqual(expect.arrayContaining(['anna-snelling', 'sari-lehtonen', 'ravi-menon']))
    for (const gone of ['hugo-marchetti', 'kim-aalto']) expect(passwords.has(gone)).toBe(false)
  })

  it('is left alone once it is there', async () => {
    const organization = await made()
    const deeds = organization.deeds.length
    expect(await createDemo(organization, options)).toMatchObject({ created: false })
    expect(organization.deeds).toHaveLength(deeds)
    expect(organization.deeds.at(-1)).toBe('complete')
  })

  it.each(['create', 'policy', 'rows of products', 'rows of deals', 'share', 'passwords', 'complete'])(
    'is made whole after a crash at the last of: %s',
    async (deed) => {
      const whole = await made()
      const organization = new RememberedOrganization()
      organization.givesUpBefore = whole.deeds.lastIndexOf(deed)
      expect(organization.givesUpBefore).toBeGreaterThanOrEqual(0)
      await expect(createDemo(organization, options)).rejects.toThrow('killed')
      expect(organization.standing).not.toBe('complete')
      organization.givesUpBefore = Number.POSITIVE_INFINITY
      expect((await createDemo(organization, options)).created).toBe(true)
      expect([...organization.rows.values()]).toEqual([...whole.rows.values()])
      expect(organization.shares).toEqual(whole.shares)
    },
  )

  it('tells how far it is', async () => {
    const steps: string[] = []
    let last = { done: 0, total: 1 }
    await createDemo(new RememberedOrganization(), {
      ...options,
      onProgress: (progress) => {
        steps.push(progress.step)
        last = progress
      },
    })
    expect(steps).toContain('loading deals')
    expect(last.done).toBe(last.total)
  })

  it('lists who may sign in, a line each, with the password once', async () => {
    const { people } = await createDemo(await made(), options)
    const lines = signInList(people, options.password).split('\n')
    expect(lines).toHaveLength(people.length + 1)
    expect(lines.filter((line) => line.includes(options.password))).toHaveLength(1)
    expect(lines.find((line) => line.includes('Anna Snelling'))).toMatch(
      /Sales agent Central +anna\.snelling@maventech\.example$/,
    )
    expect(DEMO_SLUG).toBe('maventech')
  })
})
