import { BUILT_IN_MODULES, compilePolicy, type FieldType, type PolicyField } from '@bailiwick/access'
import { expect, test } from 'vitest'
import type { CellForm } from './read-cell.ts'
import { readCell } from './read-cell.ts'

const policy = compilePolicy(
  {
    bailiwick: 1,
    organization: { name: 'Nordwind' },
    modules: {
      things: {
        fields: {
          number: { type: 'number' },
          money: { type: 'money' },
          boolean: { type: 'boolean' },
          date: { type: 'date' },
          dateTime: { type: 'dateTime' },
          choices: { type: 'choices', options: ['a', 'b'] },
        },
      },
    },
  },
  BUILT_IN_MODULES,
)
const fieldOf = (type: FieldType) => policy.modules.get('things')?.fields.get(type) as PolicyField
const POINT: CellForm = { decimal: '.' }
const COMMA: CellForm = { decimal: ',' }
const WRONG = Symbol('left as it is')

test.each<[FieldType, string, CellForm, unknown]>([
  ['number', '1,234,567.5', POINT, 1_234_567.5],
  ['number', '1.234.567,5', COMMA, 1_234_567.5],
  ['number', '1 234,5', COMMA, 1234.5],
  ['number', "1'234.5", POINT, 1234.5],
  ['number', '1.234', POINT, 1.234],
  ['number', '1.234', COMMA, 1234],
  ['number', '12.5', COMMA, WRONG],
  ['number', '1,2,3', POINT, WRONG],
  ['number', '-5', POINT, -5],
  ['number', '1e3', POINT, 1000],
  ['number', '0x10', POINT, WRONG],
  ['number', 'NaN', POINT, WRONG],
  ['number', '12 %', POINT, 12],
  ['money', '€ 1.250,00', COMMA, 1250],
  ['money', '$1,250.00', POINT, 1250],
  ['money', 'USD 99.90', POINT, 99.9],
  ['money', '182.31500000000003', POINT, 182.315],
  ['money', '0.12345', POINT, 0.12345],
  ['boolean', 'Yes', POINT, true],
  ['boolean', '0', POINT, false],
  ['boolean', 'perhaps', POINT, WRONG],
  ['date', '2026-03-31', POINT, '2026-03-31'],
  ['date', '2024-07-11T21:22:07.000+0000', POINT, '2024-07-11'],
  ['date', '31.3.2026', POINT, '2026-03-31'],
  ['date', '03/04/2026', POINT, WRONG],
  ['date', '03/04/2026', { ...POINT, dateOrder: 'dmy' }, '2026-04-03'],
  ['date', '03/04/2026', { ...POINT, dateOrder: 'mdy' }, '2026-03-04'],
  ['date', '13/04/2026', POINT, '2026-04-13'],
  ['date', '31/02/2026', { ...POINT, dateOrder: 'dmy' }, WRONG],
  ['date', '2026-3-1x', POINT, WRONG],
  ['dateTime', '2024-07-11T21:22:07.000+0000', POINT, '2024-07-11T21:22:07.000Z'],
  ['dateTime', '2026-07-01 09:30', POINT, '2026-07-01T06:30:00.000Z'],
  ['dateTime', '2026-01-15', POINT, '2026-01-14T22:00:00.000Z'],
  ['dateTime', '01/15/2026 1:05 pm', POINT, '2026-01-15T11:05:00.000Z'],
  // The clocks went forward at three that night.
  ['dateTime', '2026-03-29 12:00', POINT, '2026-03-29T09:00:00.000Z'],
  ['dateTime', '2026-07-01 25:00', POINT, WRONG],
  ['choices', 'a; b', POINT, ['a', 'b']],
])('a %s: %j', (type, text, style, value) => {
  expect(readCell(fieldOf(type), text, style, 'Europe/Helsinki')).toEqual(value === WRONG ? text : value)
})
