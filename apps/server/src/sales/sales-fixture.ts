import type { PolicyDocument } from '@bailiwick/access'
import type { InjectOptions } from 'fastify'
import { testOffice } from '../testing/test-office.ts'

const WORK = ['create', 'read', 'update', 'comment', 'delete'] as const
const system = ['useApi', 'viewReports'] as const
const person = (name: string, profiles: readonly string[], role?: string) => ({
  name,
  email: `${name.toLowerCase()}@nordwind.example`,
  profiles,
  ...(role && { role }),
})

/** Anna sells; Olli drives out what was sold and sees no prices; Nora looks on; Wendy works on marketing’s leads alone. */
export const SALES_POLICY: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind', timeZone: 'UTC' },
  profiles: {
    sales: {
      system,
      modules: {
        accounts: { actions: WORK, fields: { default: 'edit', revenue: 'read', rating: 'hidden' } },
        contacts: { actions: WORK, fields: { default: 'edit', fax: 'hidden' } },
        deals: { actions: WORK },
        leads: { actions: WORK, fields: { default: 'edit', mobile: 'masked', industry: 'hidden', fax: 'read' } },
        activities: { actions: WORK },
        quotes: { actions: WORK },
        orders: { actions: WORK, fields: { default: 'edit', paymentTerms: 'read', shippingCity: 'hidden' } },
        products: { actions: ['read'] },
        budgets: { actions: WORK },
      },
    },
    delivery: {
      system,
      modules: {
        quotes: { actions: WORK, fields: { default: 'edit', amount: 'hidden', shippingCost: 'hidden' } },
        orders: { actions: WORK, fields: { default: 'edit', tax: 'masked' } },
        leads: { actions: WORK, fields: { default: 'edit', converted: 'hidden' } },
        budgets: { actions: ['read'], fields: { default: 'read', actual: 'hidden', forecast: 'masked' } },
      },
    },
    reader: {
      system,
      modules: {
        accounts: { actions: ['read'] },
        contacts: { actions: ['read'] },
        leads: { actions: ['read'], fields: { default: 'read' } },
        quotes: { actions: ['read'], fields: { default: 'read', shippingCost: 'hidden', paymentTerms: 'masked' } },
        orders: { actions: ['read', 'update'], fields: { default: 'edit', amount: 'read' } },
        budgets: { actions: ['read'], fields: { default: 'read' } },
      },
    },
    marketing: {
      system,
      modules: {
        leads: { actions: WORK },
        contacts: { actions: ['create', 'read'] },
        activities: { actions: ['read'] },
      },
    },
  },
  users: {
    admin: { name: 'Ada', email: 'ada@nordwind.example', profiles: ['administrator'] },
    anna: person('Anna', ['sales']),
    olli: person('Olli', ['delivery']),
    nora: person('Nora', ['reader']),
    wendy: person('Wendy', ['marketing']),
    sam: { ...person('Sam', ['sales']), status: 'suspended' },
  },
}

type Body = Readonly<Record<string, unknown>>
type Person = 'admin' | 'anna' | 'olli' | 'nora' | 'wendy'

/** Nordwind’s office under `SALES_POLICY`; to be called at a test file's top level. */
export async function salesOffice(policy: PolicyDocument = SALES_POLICY) {
  const office = await testOffice()
  await office.apply('nordwind', policy)
  const ask = (who: Person, request: InjectOptions) =>
    office.network.inject({ ...request, headers: { authorization: `Bearer ${office.keyOf(who)}`, ...request.headers } })
  const url = (path: string) => `/api/v1/records/${path}`
  const get = (who: Person, path: string) => ask(who, { url: url(path) })
  const send =
    (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE') => (who: Person, path: string, body?: Body, version?: number) =>
      ask(who, {
        method,
        url: url(path),
        ...(body && { body }),
        ...(version !== undefined && { headers: { 'if-match': `"${version}"` } }),
      })
  const post = send('POST')
  return {
    office,
    ask,
    get,
    post,
    put: send('PUT'),
    patch: send('PATCH'),
    remove: send('DELETE'),
    make: async (who: Person, module: string, body: Body): Promise<string> => {
      const answer = await post(who, module, body)
      if (answer.statusCode !== 201) throw new Error(answer.payload)
      return answer.json<{ id: string }>().id
    },
    share: async (who: Person, path: string, grantee: Person, level: 'read' | 'edit' | 'full') => {
      const answer = await post(who, `${path}/shares`, { with: `user:${grantee}`, level })
      if (answer.statusCode !== 201) throw new Error(answer.payload)
    },
  }
}

export const NO_RECORD = '0197f000-0000-7000-8000-000000000099'
