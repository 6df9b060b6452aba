import type { Key } from '@bailiwick/access'
import type { Actor } from '../../actor.ts'
import { evaluate } from '../../authzen/evaluate.ts'
import { evaluateBatch } from '../../authzen/evaluate-batch.ts'
import { searchResources } from '../../authzen/search-resources.ts'
import { exportPage } from '../../records/export-page.ts'
import type { Gateway } from '../../records/gateway.ts'
import type { ListQuery } from '../../records/list-query.ts'
import type { RecordsParts } from '../../records/parts.ts'
import { idOf } from './snapshot-organization.ts'

export interface Asking {
  readonly gateway: Gateway
  readonly parts: RecordsParts
  actor(user: Key): Actor
}

export interface SnapshotQuestion {
  /** Its file's name. */
  readonly name: string
  readonly asks: string
  ask(asking: Asking): Promise<unknown>
}

const list = (name: string, user: Key, asks: string, query: ListQuery = {}, module = 'things'): SnapshotQuestion => ({
  name,
  asks,
  ask: ({ gateway, actor }) => gateway.list(actor(user), module, query),
})

/** One of the desk's: Tiina and Pekka may change it, and representatives don’t see it. */
const DESKS = idOf(27)

const evaluations = [27, 28, 29, 30].map((at) => ({
  subject: { type: 'user', id: at % 2 === 0 ? 'head' : 'tiina' },
  action: { name: 'update' },
  resource: { type: 'things', id: idOf(at) },
}))

/** One of each way to reach records, and one of each thing that is asked of them. */
export const QUESTIONS: readonly SnapshotQuestion[] = [
  list('reach-own', 'rep1', 'a representative lists his own'),
  list('reach-team', 'tiina', 'a team’s leader lists what the team and its people own'),
  list('reach-superior', 'north', 'a manager lists what everybody below owns'),
  list('reach-head', 'head', 'whoever is at the top lists what everybody below owns'),
  list('reach-rule-by-owners', 'auditor', 'a rule shares what some role owns'),
  list('reach-rule-by-criteria', 'marketing', 'a rule shares what a condition holds on'),
  list('reach-rules-by-values', 'closer', 'one rule shares what has a value, another what some role owns with another'),
  list('reach-rules-by-values-name', 'closer', 'the same by name', { sort: 'name' }),
  list('reach-share', 'guest', 'somebody lists what was shared with him by hand'),
  list('reach-parent', 'rep1', 'records below others are reached through those', {}, 'parts'),
  list('reach-view-all', 'viewer', 'everything is seen but what is confidential'),
  list('reach-restricted', 'limited', 'restrictions cut what a head reaches'),
  list('reach-everything', 'everything', 'roles, a team, a rule, shares and restrictions at once'),
  list('reach-everything-below', 'everything', 'the same of records below those', {}, 'parts'),
  list('list-name', 'north', 'by name', { sort: 'name' }),
  list('list-two-keys', 'north', 'by two fields', { sort: 'stage,-amount' }),
  list('list-asked-order', 'viewer', 'by a field whose index came of such lists', { sort: '-amount' }),
  list('list-asked-order-two-keys', 'viewer', 'by two fields, likewise', { sort: 'stage,-due' }),
  list('list-filtered', 'north', 'filtered', { filter: { field: 'stage', op: 'eq', value: 'Won' } }),
  list('list-searched', 'north', 'searched', { q: 'thing 12' }),
  list('list-searched-rare', 'viewer', 'searched for a word that hardly any record has', { q: '4711' }),
  list('list-searched-count', 'viewer', 'counted under a search', { q: '123', limit: 5, count: 'capped' }),
  list('list-bin', 'north', 'the recycle bin', { deleted: true }),
  list('list-count', 'north', 'with an exact count', { count: 'exact' }),
  list('list-capped-count', 'viewer', 'with a capped count', { count: 'capped' }),
  {
    name: 'list-second-page',
    asks: 'the page after the first, by name',
    ask: async ({ gateway, actor }) => {
      const { next } = await gateway.list(actor('north'), 'things', { sort: 'name' })
      return gateway.list(actor('north'), 'things', { sort: 'name', cursor: next ?? undefined })
    },
  },
  {
    name: 'record-read',
    asks: 'one record',
    ask: ({ gateway, actor }) => gateway.read(actor('tiina'), 'things', DESKS),
  },
  {
    name: 'record-read-below',
    asks: 'one record that is reached through another',
    ask: ({ gateway, actor }) => gateway.read(actor('head'), 'parts', idOf(4_000)),
  },
  {
    name: 'record-update',
    asks: 'a change of one record',
    ask: async ({ gateway, actor }) => {
      // To what is there already it would be no change, so another one goes before it.
      await gateway.update(actor('tiina'), 'things', DESKS, { name: 'As before', due: null })
      await gateway.update(actor('tiina'), 'things', DESKS, { name: 'Changed' })
    },
  },
  {
    name: 'aggregate',
    asks: 'a count and a sum by stage',
    ask: ({ gateway, actor }) =>
      gateway.aggregate(actor('north'), 'things', { groupBy: ['stage'], measures: [{ op: 'sum', field: 'amount' }] }),
  },
  {
    name: 'aggregate-few',
    asks: 'the same of who reaches few records',
    ask: ({ gateway, actor }) =>
      gateway.aggregate(actor('tiina'), 'things', { groupBy: ['stage'], measures: [{ op: 'sum', field: 'amount' }] }),
  },
  {
    name: 'export-page',
    asks: 'a page of an export',
    ask: ({ parts, actor }) => exportPage(parts, actor('north'), 'things', {}, { limit: 500 }),
  },
  {
    name: 'authzen-one',
    asks: 'a decision on one record, by its id or its external id',
    ask: ({ parts, actor }) => {
      const question = { action: 'update', resource: { type: 'things', id: DESKS }, circumstances: {} }
      return evaluate(parts, actor('ada'), { type: 'user', id: 'north' }, [question])
    },
  },
  {
    name: 'authzen-batch',
    asks: 'decisions on several people and records',
    ask: ({ parts, actor }) => evaluateBatch(parts, actor('ada'), { evaluations }),
  },
  {
    name: 'authzen-search',
    asks: 'all records that somebody may change',
    ask: ({ parts, actor }) => {
      const subject = { type: 'user', id: 'north' }
      return searchResources(parts, actor('ada'), { subject, action: { name: 'update' }, resource: { type: 'things' } })
    },
  },
]
