import { type FieldType, fold, isTextType, type PolicyField, type PolicyModule } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import { writeCursor } from './cursor.ts'
import type { ListQuery } from './list-query.ts'
import { listRecords } from './list-records.ts'
import type { RecordsParts } from './parts.ts'
import { type RecordItem, type View, viewOf } from './present-record.ts'
import { itemsOrNone, titleText } from './record-titles.ts'
import { sortableField } from './sort-keys.ts'

export interface Suggestion {
  readonly id: string
  readonly title: string | null
  readonly subtitle?: string
  readonly access: RecordItem['access']
}

/**
 * Some records of the module that the person reads and that hold the words: first those whose title begins so, wherever they are; then
 * others whose title has the words, and others at all, of those that changed last or, where the words are rare, of all. Each is asked as
 * a list, and costs little whatever the words are; the list's own `q` finds all.
 */
export async function suggestRecords(
  parts: RecordsParts,
  actor: Actor,
  module: PolicyModule,
  question: { readonly text: string; readonly limit: number },
): Promise<Suggestion[]> {
  const snapshot = await parts.policies.current(actor.organization)
  const shown = shownFields(viewOf({ snapshot, actor }, module))
  const list = (query: ListQuery) => itemsOrNone(() => listRecords(parts, actor, module.key, query))
  const text = question.text.trim().replace(/\s+/gu, ' ')
  const fields = ['id', ...(shown.title ? [shown.title.key] : []), ...shown.below.map(({ key }) => key)].join(',')
  const common = { fields, limit: question.limit }
  const begun = shown.sorted ? await list({ ...common, ...fromTitle(shown.sorted, text) }) : []
  const found = new Map(
    begun.filter((item) => titleOf(item, shown).startsWith(fold(text))).map((item) => [item.id, item]),
  )
  if (found.size < question.limit) {
    const others = await list({ ...common, q: text, glance: true })
    for (const item of titlesFirst(others, shown, text)) if (!found.has(item.id)) found.set(item.id, item)
  }
  return [...found.values()].slice(0, question.limit).map((item) => suggestionOf(item, shown))
}

interface ShownFields {
  readonly title?: PolicyField
  /** The title, where a list can be sorted by it. */
  readonly sorted?: PolicyField
  readonly below: readonly PolicyField[]
}

/** What tells two records of the same title apart best, the best first. */
const TELLING: readonly FieldType[] = ['email', 'url', 'phone', 'choice']

function shownFields({ module, access, visible }: View): ShownFields {
  const title = visible.find((field) => field === module.titleField)
  const isClear = (field: PolicyField) => access.get(field.key) !== 'masked' && !field.encrypted
  const below = TELLING.flatMap((type) => visible.find((field) => field.type === type && isClear(field)) ?? [])
  const isSorted = title && isClear(title) && isTextType(title.type) && sortableField(title)
  return {
    ...(title && { title }),
    ...(isSorted && { sorted: title }),
    below: below.filter((field) => field !== title),
  }
}

/** The list by title, from the first that could begin with the text. */
function fromTitle(field: PolicyField, text: string): Pick<ListQuery, 'sort' | 'cursor'> {
  const cursor = writeCursor([{ field, descending: false }], { position: [fold(text)], id: BEFORE_ALL })
  return { sort: field.key, cursor }
}

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

function titleOf(item: RecordItem, { sorted }: ShownFields): string {
  return sorted ? fold(titleText(item[sorted.key]) ?? '') : ''
}

function titlesFirst(items: readonly RecordItem[], shown: ShownFields, text: string): RecordItem[] {
  const words = fold(text).split(' ')
  const isTitled = (item: RecordItem) => words.every((word) => titleOf(item, shown).includes(word))
  return [...items.filter(isTitled), ...items.filter((item) => !isTitled(item))]
}

function suggestionOf(item: RecordItem, { title, below }: ShownFields): Suggestion {
  const [subtitle] = below.flatMap(({ key }) => titleText(item[key]) ?? [])
  return {
    id: item.id,
    title: title ? titleText(item[title.key]) : null,
    ...(subtitle !== undefined && { subtitle }),
    access: item.access,
  }
}
