import { OPERATORS } from '@bailiwick/access'
import fc, { type Arbitrary } from 'fast-check'
import { nastyNumber, nastyText, nastyValue } from './hostile-values.ts'
import { FIELDS, known } from './known-names.ts'

const sensibleValue = fc.oneof(
  known,
  nastyNumber,
  fc.constantFrom<unknown>('Open', 'red', true, '2026-03-31', '2026-03-31T09:30:00Z', 'north', 12.5, { today: -3 }),
  fc.constantFrom<unknown>({ user: 'id' }, { user: 'role' }, { user: 'quota' }, { user: 'missing' }, { today: 1e9 }),
)
const value = fc.oneof(
  { weight: 5, arbitrary: sensibleValue },
  { weight: 2, arbitrary: fc.array(sensibleValue, { maxLength: 5 }) },
  { weight: 3, arbitrary: nastyValue },
)

const comparison = fc.record(
  {
    field: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...FIELDS) }, { weight: 1, arbitrary: nastyText }),
    op: fc.oneof({ weight: 14, arbitrary: fc.constantFrom(...OPERATORS) }, { weight: 1, arbitrary: nastyText }),
    value,
  },
  { requiredKeys: ['field', 'op'] },
)

/** Conditions of the access model's grammar, and what only looks like one. */
export const hostileCondition: Arbitrary<unknown> = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 6, arbitrary: comparison },
    { weight: 1, arbitrary: fc.record({ all: fc.array(tie('node'), { maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ any: fc.array(tie('node'), { maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ not: tie('node') }) },
    { weight: 1, arbitrary: nastyValue },
  ),
})).node
