import type { ListSearch } from '../../../lib/list-search.ts'
import { type FieldInfo, type ModuleInfo, titleField } from '../../../lib/modules.ts'
import type { ListQuestion } from '../../../lib/records.ts'

const FIRST = 25

/** The choice that a board's columns are the options of: the one asked for, the stage or status, or the first there is. */
export function columnField(module: ModuleInfo, { group }: ListSearch): FieldInfo | undefined {
  const choices = module.fields.filter(({ type, access }) => type === 'choice' && access !== 'masked')
  const named = (name: string | undefined) => choices.find(({ field }) => field === name)
  return named(group) ?? named('stage') ?? named('status') ?? choices[0]
}

/** The records of one column; `null` for those without a choice. */
export function columnQuestion(module: ModuleInfo, search: ListSearch, field: FieldInfo, option: string): ListQuestion {
  const { q, filter, sort } = search
  const here = { field: field.field, op: 'eq', value: option }
  return {
    module: module.module,
    ...(q && { q }),
    filter: filter === undefined ? here : { all: [filter, here] },
    ...(sort && { sort }),
    fields: cardFields(module, field).map((one) => one.field),
    limit: FIRST,
  }
}

/** What a card shows, in this order: the name, for whom, what it is worth, by when, and whose it is. */
export function cardFields(module: ModuleInfo, field: FieldInfo): readonly FieldInfo[] {
  const named = (key: string) => module.fields.find((one) => one.field === key)
  const date = named('closeDate') ?? module.fields.find(({ type, system }) => type === 'date' && !system)
  const shown = [
    titleField(module),
    named('account'),
    moneyField(module),
    date,
    named('confidential'),
    field,
    named('owner'),
  ]
  return [...new Set(shown)].filter((one) => one !== undefined)
}

/** The amount that is added up, where there is one that may be. */
export function moneyField({ fields }: ModuleInfo): FieldInfo | undefined {
  const amounts = fields.filter(({ type, access, encrypted }) => type === 'money' && access !== 'masked' && !encrypted)
  return amounts.find(({ field }) => field === 'amount') ?? amounts[0]
}
