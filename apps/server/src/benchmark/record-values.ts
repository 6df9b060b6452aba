import type { Random } from './random.ts'

/** The first ones are common, as in life: see `skewed`. */
export const COUNTRIES = [
  'Finland',
  'Sweden',
  'Germany',
  'Norway',
  'Denmark',
  'Poland',
  'Italy',
  'Spain',
  'Japan',
  'India',
]
export const INDUSTRIES = ['Retail', 'Logistics', 'Software', 'Forestry', 'Energy', 'Health', 'Finance', 'Education']
/** About one account in five thousand. */
export const RARE_INDUSTRY = 'Shipbuilding'
const RARITY = 1 / 5_000
export const COMMON_COUNTRY = 'Finland'

const ACCOUNT_TYPES = ['Prospect', 'Customer', 'Former Customer', 'Partner']
const STAGES = ['Prospecting', 'Qualification', 'Proposal', 'Negotiation', 'Won', 'Lost']
const DEAL_TYPES = ['New Business', 'Existing Business', 'Renewal']
const FIRST_WORDS = [
  'Nordic',
  'Baltic',
  'Alpine',
  'Aurora',
  'Harbour',
  'Summit',
  'Granite',
  'River',
  'Copper',
  'Silver',
]
/** Each stands in about one name in twenty. */
const SECOND_WORDS = [
  ...['Timber', 'Freight', 'Optics', 'Foods', 'Paper', 'Steel', 'Energy', 'Textiles', 'Motors', 'Print'],
  ...['Systems', 'Marine', 'Glass', 'Dairy', 'Tools', 'Rail', 'Cables', 'Pumps', 'Seeds', 'Labs'],
]
export const COMMON_WORD = 'Timber'

/** The first of the items in half of the cases, the second in a quarter, and so on. */
function skewed<Item>(random: Random, items: readonly Item[]): Item {
  const at = Math.floor(-Math.log2(1 - random.next()))
  return items[at % items.length]!
}

/** The values of an account's fields. */
export function accountValues(random: Random, index: number) {
  const name = `${random.pick(FIRST_WORDS)} ${random.pick(SECOND_WORDS)} ${index}`
  return {
    name,
    accountNumber: `A-${String(index).padStart(7, '0')}`,
    type: skewed(random, ACCOUNT_TYPES),
    industry: random.chance(RARITY) ? RARE_INDUSTRY : random.pick(INDUSTRIES),
    country: skewed(random, COUNTRIES),
    phone: `+358 40 ${String(index).padStart(7, '0')}`,
    email: `office@company${index}.example`,
    website: `https://company${index}.example`,
    revenue: `${1 + random.below(9_999)}000.00`,
    employees: 1 + random.below(5_000),
    billingCity: random.pick(['Helsinki', 'Turku', 'Malmö', 'Hamburg', 'Bergen', 'Aarhus']),
  }
}

/** The values of a deal's fields, its account aside. */
export function dealValues(random: Random, index: number, created: number) {
  return {
    name: `${random.pick(SECOND_WORDS)} deal ${index}`,
    stage: random.pick(STAGES),
    amount: `${100 + random.below(300_000)}.50`,
    probability: random.below(101),
    type: random.pick(DEAL_TYPES),
    closeDate: new Date(created + random.below(180) * 86_400_000).toISOString().slice(0, 10),
    nextStep: random.chance(0.3) ? 'Call back' : null,
  }
}
