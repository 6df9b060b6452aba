import { expect, it } from 'vitest'
import { waySentence } from './way-sentence.ts'

const opens = { people: 1, records: 2, actions: 3, fields: 0, permissions: 0 }

it.each([
  [{ kind: 'share', user: 'anna', level: 'read' }, 'share the record with anna: read'],
  [
    { kind: 'transfer', to: 'user:anna', on: { above: 1, module: 'accounts', id: '7' } },
    'transfer the record of accounts above it (7) to user:anna, its shares kept',
  ],
  [
    { kind: 'restore', on: { above: 2, module: 'accounts' } },
    'bring the record of accounts above it back from the recycle bin',
  ],
  [{ kind: 'joinTeam', user: 'anna', team: 'desk', leads: true }, 'let anna lead the team desk'],
  [{ kind: 'takeRole', user: 'anna', role: 'head' }, 'move anna to the role head'],
  [{ kind: 'reportTo', user: 'mikko', manager: 'anna' }, 'let mikko report to anna'],
  [
    { kind: 'giveClearance', profile: 'sales', clearance: 'restricted' },
    'clear the profile sales for what is restricted',
  ],
  [
    { kind: 'allowHours', profile: 'sales', window: { days: ['mon'], from: '09:00', to: '10:00', timeZone: 'UTC' } },
    'let the profile sales sign in mon 09:00–10:00 UTC',
  ],
  [{ kind: 'license', module: 'deals' }, 'license deals'],
] as const)('says what %j means', (change, sentence) => {
  const { window, ...rest } = { window: undefined, ...change }
  const changes = [{ ...rest, ...(window ? { window: { ...window, days: [...window.days] } } : {}) }]
  expect(waySentence({ changes, opens })).toBe(`${sentence} (opens, over 1 person, 2 records, 3 actions)`)
})
