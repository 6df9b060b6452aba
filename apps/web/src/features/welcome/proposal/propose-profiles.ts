import type { Action, Key, ProfileDefinition, ProfileModule } from '@bailiwick/access'
import type { Answers, Department } from './answers.ts'
import { NAMES, type NamedKey } from './names.ts'
import { usedModules } from './propose-modules.ts'

const WORK = ['create', 'read', 'update', 'comment', 'share'] as const
const LEAD = [...WORK, 'delete', 'transfer', 'export', 'mass'] as const
const ENTER = ['create', 'read', 'import'] as const

/** Modules that sell, or bring money in. */
const OF_SALES = ['accounts', 'contacts', 'leads', 'deals', 'activities', 'quotes', 'orders', 'projects', 'gifts']
const OF_SUPPORT = ['tickets', 'activities', 'contacts', 'installations']

const can = (modules: readonly Key[], actions: readonly Action[]): Record<Key, ProfileModule> =>
  Object.fromEntries(modules.map((module) => [module, { actions: [...actions] }]))
const canRead = (...modules: readonly Key[]): Record<Key, ProfileModule> =>
  Object.fromEntries(modules.map((module) => [module, { actions: ['read'], fields: { default: 'read' } }]))

const PRODUCTS: Record<Key, ProfileModule> = {
  products: { actions: ['read'], fields: { default: 'read', cost: 'hidden' } },
}
const CUSTOMERS_OF_SUPPORT: Record<Key, ProfileModule> = {
  accounts: { actions: ['read', 'comment'], fields: { default: 'read', revenue: 'hidden' } },
}

/** What each job may do, were every module used. */
const PROFILES: Readonly<Record<NamedKey, Omit<ProfileDefinition, 'name'>>> = {
  sales: {
    system: ['useApi', 'viewReports'],
    modules: { ...canRead('tickets', 'campaigns', 'installations'), ...PRODUCTS, ...can(OF_SALES, WORK) },
  },
  'sales-manager': {
    system: ['useApi', 'viewReports'],
    modules: { ...canRead('tickets', 'campaigns', 'budgets', 'products', 'installations'), ...can(OF_SALES, LEAD) },
  },
  support: {
    system: ['useApi'],
    modules: { ...PRODUCTS, ...CUSTOMERS_OF_SUPPORT, ...can(OF_SUPPORT, WORK) },
  },
  'support-lead': {
    system: ['useApi', 'viewReports'],
    modules: { ...PRODUCTS, ...CUSTOMERS_OF_SUPPORT, ...can(OF_SUPPORT, LEAD) },
  },
  marketing: {
    system: ['useApi', 'viewReports'],
    modules: {
      ...PRODUCTS,
      ...canRead('accounts'),
      ...can(['campaigns', 'activities'], LEAD),
      ...can(['leads', 'contacts'], [...WORK, 'import']),
    },
  },
  management: {
    system: ['useApi', 'viewReports'],
    modules: Object.fromEntries(
      Object.entries(
        canRead(
          'accounts',
          'contacts',
          'leads',
          'deals',
          'activities',
          'quotes',
          'orders',
          'products',
          'tickets',
          'campaigns',
          'budgets',
          'projects',
          'installations',
          'gifts',
        ),
      ).map(([module, access]) => [module, { ...access, viewAll: true, aggregate: 'all' as const }]),
    ),
  },
  'data-entry': { system: ['useApi'], modules: can(['accounts', 'contacts', 'leads', 'products', 'gifts'], ENTER) },
  auditor: { system: ['viewAudit', 'reviewAccess', 'viewReports', 'useApi'] },
}

const OF_DEPARTMENT: Readonly<Record<Department, readonly NamedKey[]>> = {
  sales: ['sales', 'sales-manager'],
  support: ['support', 'support-lead'],
  marketing: ['marketing'],
}

/** The jobs that there are. */
export function jobsOf({ departments }: Pick<Answers, 'departments'>): NamedKey[] {
  return [...departments.flatMap((department) => OF_DEPARTMENT[department]), 'management', 'data-entry', 'auditor']
}

/** A profile for each job, over the modules that are used. */
export function proposeProfiles(answers: Answers): Record<Key, ProfileDefinition> {
  const used = new Set(usedModules(answers))
  return Object.fromEntries(
    jobsOf(answers).map((job) => {
      const { modules, ...profile } = PROFILES[job]
      const kept = Object.entries(modules ?? {}).filter(([module]) => used.has(module))
      return [job, { name: NAMES[job], ...profile, ...(modules && { modules: Object.fromEntries(kept) }) }]
    }),
  )
}
