import type { Key } from '@bailiwick/access'

/** What a lead becomes, and the module that it becomes a record of. */
export const BECOMES = { account: 'accounts', contact: 'contacts', deal: 'deals' } as const
export type Becoming = keyof typeof BECOMES

/** Fields of the new record → the lead's fields that fill it, the first that has a value. */
type Filled = Readonly<Record<Key, readonly Key[]>>

const SAME = (...keys: readonly Key[]): Filled => Object.fromEntries(keys.map((key) => [key, [key]]))
const ADDRESS = ['street', 'city', 'state', 'postalCode', 'country'] as const

function address(prefix: string): Filled {
  return Object.fromEntries(ADDRESS.map((key) => [`${prefix}${key.charAt(0).toUpperCase()}${key.slice(1)}`, [key]]))
}

export const FILLED: Readonly<Record<Becoming, Filled>> = {
  account: {
    name: ['company', 'name'],
    ...SAME('website', 'phone', 'fax', 'industry', 'revenue', 'employees', 'country', 'rating', 'source'),
    ...address('billing'),
  },
  contact: {
    ...SAME('name', 'salutation', 'firstName', 'lastName', 'jobTitle', 'email', 'phone', 'mobile', 'fax'),
    ...SAME('source', 'emailOptOut', 'doNotCall'),
    ...address('mailing'),
  },
  deal: { name: ['company', 'name'], ...SAME('product', 'campaign', 'source', 'description') },
}

/** The lead's fields in which stands what it became. */
export const BECAME: Readonly<Record<Becoming, Key>> = {
  account: 'convertedAccount',
  contact: 'convertedContact',
  deal: 'convertedDeal',
}

/** The new records' lookups of each other. */
export const LINKED: Readonly<Record<Becoming, readonly Becoming[]>> = {
  account: [],
  contact: ['account'],
  deal: ['account', 'contact'],
}
