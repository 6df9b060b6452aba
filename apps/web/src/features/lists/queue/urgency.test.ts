import { expect, it } from 'vitest'
import { byUrgency, deadlineOf } from './urgency.ts'

const at = (hours: number) => new Date(Date.UTC(2026, 0, 1, hours)).toISOString()

it('a ticket of high priority that came later goes before one of low priority that waits longer', () => {
  const low = { createdAt: at(0), priority: 'Low' }
  const high = { createdAt: at(20), priority: 'High' }
  expect([low, high].sort(byUrgency)).toEqual([high, low])
})

it('a due time of its own counts, whatever the priority', () => {
  expect(deadlineOf({ createdAt: at(0), dueAt: at(2), priority: 'Low' })).toBe(Date.parse(at(2)))
})

it('a ticket of which no time is known comes last', () => {
  const unknown = { priority: 'Urgent' }
  const low = { createdAt: at(0), priority: 'Low' }
  expect([unknown, low].sort(byUrgency)).toEqual([low, unknown])
})
