import type { Key } from '@bailiwick/access'

/**
 * What columns are called in other systems' exports and in files made by hand, beside the fields' own keys and names; letters and digits
 * alone, in lower case. By module, or for all of them.
 */
const FOR_ALL: Readonly<Record<string, Key>> = {
  id: 'externalId',
  recordid: 'externalId',
  accountid: 'account',
  contactid: 'contact',
  productid: 'product',
  product2id: 'product',
  campaignid: 'campaign',
  leadsource: 'source',
  stagename: 'stage',
  annualrevenue: 'revenue',
  numberofemployees: 'employees',
  mobilephone: 'mobile',
  mobilephonenumber: 'mobile',
  emailaddress: 'email',
  hasoptedoutofemail: 'emailOptOut',
  isescalated: 'escalated',
  zip: 'postalCode',
}

const BY_MODULE: Readonly<Record<Key, Readonly<Record<string, Key>>>> = {
  accounts: {
    account: 'name',
    accountname: 'name',
    company: 'name',
    parentid: 'parentAccount',
    subsidiaryof: 'parentAccount',
    sic: 'sicCode',
    accountsource: 'source',
    sector: 'industry',
    yearstarted: 'founded',
    yearestablished: 'founded',
    officelocation: 'country',
  },
  contacts: { title: 'jobTitle', reportstoid: 'reportsTo', fullname: 'name' },
  leads: { title: 'jobTitle', leadtypec: 'type', fullname: 'name' },
  deals: {
    opportunityid: 'externalId',
    opportunityname: 'name',
    totalopportunityquantity: 'quantity',
    forecastcategoryname: 'forecastCategory',
    dealstage: 'stage',
    engagedate: 'engagedDate',
    closevalue: 'amount',
    value: 'amount',
  },
  tickets: { closeddate: 'closedAt', parentid: 'parentTicket' },
  products: { product: 'name', productname: 'name', productcode: 'code', salesprice: 'price' },
}

const OWNER_COLUMNS: ReadonlySet<string> = new Set([
  'owner',
  'ownerid',
  'owneremail',
  'ownername',
  'recordowner',
  'salesagent',
  'assignedto',
])

/** The values of choices that other systems call otherwise. */
const VALUES: Readonly<Record<string, string>> = {
  'closed won': 'Won',
  'closed lost': 'Lost',
  forecast: 'Commit',
  bestcase: 'Best Case',
  'id. decision makers': 'Decision Makers',
  'proposal/price quote': 'Proposal',
  'negotiation/review': 'Negotiation',
  'open - not contacted': 'New',
  'working - contacted': 'Working',
  'closed - converted': 'Converted',
  'closed - not converted': 'Unqualified',
}

/** A name as it is compared: its letters and digits. */
export function bareName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '')
}

export function wellKnownField(module: Key, header: string): Key | undefined {
  const bare = bareName(header)
  const own = BY_MODULE[module] ?? {}
  if (Object.hasOwn(own, bare)) return own[bare]
  return Object.hasOwn(FOR_ALL, bare) ? FOR_ALL[bare] : undefined
}

export function namesOwner(header: string): boolean {
  return OWNER_COLUMNS.has(bareName(header))
}

export function wellKnownValue(text: string): string | undefined {
  const folded = text.trim().toLowerCase()
  return Object.hasOwn(VALUES, folded) ? VALUES[folded] : undefined
}
