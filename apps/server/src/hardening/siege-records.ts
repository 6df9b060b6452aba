import type { RecordFacts } from '@bailiwick/access'

/** Texts that stand in records, and who must never be shown them. Nobody sends them. */
export const CANARIES = {
  /** In a field that is hidden from all but the administrator. */
  secret: 'cnrysecret',
  /** Masked but for its last four. */
  iban: 'cnryiban',
  /** A record of the administrator's, which the auditor may read. */
  hidden: 'cnryhidden',
  confidential: 'cnryconfidential',
  deleted: 'cnrydeleted',
  /** In the module that the administrator alone reads; keys of modules and fields begin so, too. */
  vault: 'cnryvault',
  /** In the other organization. */
  south: 'cnrysouth',
} as const

const id = (number: number) => `0197f000-0000-7000-8000-${String(number).padStart(12, '0')}`

/** Records at fixed ids, so that a seed always tells the same story. */
export const IDS = {
  account: id(1),
  hiddenAccount: id(2),
  thing: id(11),
  otherThing: id(12),
  hiddenThing: id(13),
  confidentialThing: id(14),
  deletedThing: id(15),
  deletedOwnThing: id(16),
  vault: id(21),
  south: id(31),
  missing: id(99),
} as const

type Facts = Pick<RecordFacts, 'module' | 'id' | 'values'> & Partial<RecordFacts>

function record(facts: Facts): RecordFacts {
  return { owner: 'user:admin', confidential: false, deleted: false, parent: null, shares: [], version: 1, ...facts }
}

const FULL_VALUES = {
  secret: CANARIES.secret,
  cnryShade: CANARIES.secret,
  iban: `${CANARIES.iban}1234`,
  notes: 'A longer\ntext, with “quotes” & <tags>',
  price: 12.5,
  budget: 100.25,
  weight: 1.5,
  pieces: 3,
  share: 0.5,
  done: true,
  due: '2026-03-31',
  seenAt: '2026-03-31T09:30:00.000Z',
  mail: 'thing@example.org',
  phone: `${CANARIES.iban}0000`,
  site: 'https://example.org/',
  stage: 'Open',
  tags: ['red', 'blue'],
  keeper: 'user:anna',
}

/** Of the organization that is asked; accounts before things, which look them up. */
export const NORTH_RECORDS: readonly RecordFacts[] = [
  record({
    module: 'accounts',
    id: IDS.account,
    owner: 'user:anna',
    values: { name: 'Open account', taxNumber: CANARIES.secret, phone: `${CANARIES.iban}1234`, country: 'north' },
  }),
  record({
    module: 'accounts',
    id: IDS.hiddenAccount,
    values: { name: CANARIES.hidden, industry: CANARIES.confidential },
  }),
  record({
    module: 'things',
    id: IDS.thing,
    owner: 'user:anna',
    values: { ...FULL_VALUES, name: 'Open thing', code: 'A-1', account: IDS.account, externalId: 'ext-1' },
  }),
  record({ module: 'things', id: IDS.otherThing, owner: 'team:desk', values: { name: 'Thing of the desk' } }),
  record({ module: 'things', id: IDS.hiddenThing, values: { ...FULL_VALUES, name: CANARIES.hidden, code: 'A-2' } }),
  record({
    module: 'things',
    id: IDS.confidentialThing,
    confidential: true,
    values: { name: CANARIES.confidential, account: IDS.hiddenAccount },
  }),
  record({ module: 'things', id: IDS.deletedThing, deleted: true, values: { name: CANARIES.deleted } }),
  record({ module: 'things', id: IDS.deletedOwnThing, owner: 'user:anna', deleted: true, values: { name: 'Gone' } }),
  record({ module: 'cnryVault', id: IDS.vault, values: { name: CANARIES.vault } }),
]

/** Of the organization that nobody here may come near. */
export const SOUTH_RECORDS: readonly RecordFacts[] = [
  record({ module: 'accounts', id: IDS.south, values: { name: CANARIES.south } }),
]
