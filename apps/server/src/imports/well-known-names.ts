import type { Key } from '@bailiwick/access'
import { NAMES_BY_MODULE } from './names-by-module.ts'

/**
 * What columns are called in the exports of other systems (Salesforce, HubSpot, Zoho, Pipedrive) and in files made by hand, beside the fields' own keys and names; letters and digits
 * alone, in lower case. These are called so in all modules.
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
  zipcode: 'postalCode',
  code: 'postalCode',
  mobilenumber: 'mobile',
  phonenumber: 'phone',
  faxnumber: 'fax',
  websiteurl: 'website',
  emailoptedout: 'emailOptOut',
  unsubscribedfromallemail: 'emailOptOut',
  streetaddress: 'street',
  stateregion: 'state',
  countryregion: 'country',
  originalsource: 'source',
  noofemployees: 'employees',
  closingdate: 'closeDate',
  notes: 'description',
  mailingzip: 'mailingPostalCode',
  otherzip: 'otherPostalCode',
  billingcode: 'billingPostalCode',
  billingzip: 'billingPostalCode',
  billingzippostalcode: 'billingPostalCode',
  billingstateprovince: 'billingState',
  shippingcode: 'shippingPostalCode',
  shippingzip: 'shippingPostalCode',
  shippingzippostalcode: 'shippingPostalCode',
  shippingstateprovince: 'shippingState',
  mailingzippostalcode: 'mailingPostalCode',
  mailingstateprovince: 'mailingState',
  accountname: 'account',
  companyname: 'account',
  associatedcompany: 'account',
  contactname: 'contact',
  associatedcontact: 'contact',
  dealname: 'deal',
  opportunityname: 'deal',
  opportunityid: 'deal',
  productname: 'product',
  campaignsource: 'campaign',
}

const OWNER_COLUMNS: ReadonlySet<string> = new Set([
  'owner',
  'ownerid',
  'owneremail',
  'ownername',
  'recordowner',
  'salesagent',
  'assignedto',
  'assignedtoid',
  'salesrep',
  'salesperson',
  'salesowner',
  'accountowner',
  'contactowner',
  'companyowner',
  'leadowner',
  'dealowner',
  'opportunityowner',
  'ticketowner',
  'caseowner',
  'campaignowner',
  'productowner',
  'taskowner',
  'eventowner',
  'quoteowner',
  'salesorderowner',
  'personowner',
  'organizationowner',
  'hubspotowner',
  'omistaja',
  'ägare',
  'المالك',
  '所有者',
  '负责人',
])

/** The values of choices that other systems call otherwise. */
const VALUES: Readonly<Record<string, string>> = {
  'closed won': 'Won',
  closedwon: 'Won',
  closedlost: 'Lost',
  appointmentscheduled: 'Qualification',
  'appointment scheduled': 'Qualification',
  'qualified to buy': 'Needs Analysis',
  qualifiedtobuy: 'Needs Analysis',
  'decision maker bought-in': 'Decision Makers',
  decisionmakerboughtin: 'Decision Makers',
  'contract sent': 'Negotiation',
  contractsent: 'Negotiation',
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

/** Fields that other systems call so, the likeliest first. */
export function wellKnownFields(module: Key, header: string): readonly Key[] {
  const bare = bareName(header)
  return [NAMES_BY_MODULE[module] ?? {}, FOR_ALL].flatMap((names) =>
    Object.hasOwn(names, bare) ? (names[bare] ?? []) : [],
  )
}

export function namesOwner(header: string): boolean {
  return OWNER_COLUMNS.has(bareName(header))
}

export function wellKnownValue(text: string): string | undefined {
  const folded = text.trim().toLowerCase()
  return Object.hasOwn(VALUES, folded) ? VALUES[folded] : undefined
}
