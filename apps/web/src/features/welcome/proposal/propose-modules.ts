import type { Key, ModuleDefinition } from '@bailiwick/access'
import type { Answers, Business, Department, Size } from './answers.ts'
import { OWN_MODULES } from './own-modules.ts'

const USED: Readonly<Record<Business, readonly Key[]>> = {
  companies: ['accounts', 'contacts', 'leads', 'deals', 'activities', 'quotes', 'orders', 'products'],
  people: ['contacts', 'leads', 'deals', 'activities', 'orders', 'products'],
  services: ['accounts', 'contacts', 'leads', 'deals', 'activities', 'quotes', 'budgets', 'projects'],
  manufacturing: [
    'accounts',
    'contacts',
    'leads',
    'deals',
    'activities',
    'quotes',
    'orders',
    'products',
    'budgets',
    'installations',
  ],
  nonProfit: ['contacts', 'accounts', 'activities', 'budgets', 'gifts'],
}

const OF_DEPARTMENT: Readonly<Record<Department, readonly Key[]>> = {
  sales: [],
  support: ['tickets'],
  marketing: ['campaigns'],
}

/** The modules that the organization's people will work in. */
export function usedModules({ business, departments }: Answers): Key[] {
  return [...USED[business], ...departments.flatMap((department) => OF_DEPARTMENT[department])]
}

type Sharing = 'none' | 'read' | 'edit'

/** Who sees what nobody opened to him: the fewer people, the more is everyone's. */
const SHARED: Readonly<Record<Size, Readonly<Record<Key, Sharing>>>> = {
  few: { accounts: 'edit', contacts: 'edit', deals: 'read', leads: 'read', tickets: 'edit', activities: 'read' },
  some: { accounts: 'read', contacts: 'read', tickets: 'read' },
  many: {},
}

const SHARED_ALWAYS: Readonly<Record<Key, Sharing>> = { products: 'read', campaigns: 'read' }

/** What everyone gets of a module, unless more is opened to him. */
export function sharingOf({ size }: Pick<Answers, 'size'>, module: Key): Sharing {
  return SHARED[size][module] ?? SHARED_ALWAYS[module] ?? 'none'
}

/** Each used module with what everyone gets of it; contacts go with their account where both are used. */
export function proposeModules(answers: Answers): Record<Key, ModuleDefinition> {
  const used = usedModules(answers)
  return Object.fromEntries(
    used.map((module) => {
      const isChild = module === 'contacts' && used.includes('accounts')
      const sharing = sharingOf(answers, module)
      return [module, { ...OWN_MODULES[module], sharing, ...(isChild && { parent: 'account' }) }]
    }),
  )
}
