import { expect, test } from 'vitest'
import { checkDocument } from '../check-document.ts'
import type { ModuleCatalogue } from '../document.ts'

const catalogue: ModuleCatalogue = {
  deals: { fields: { name: { type: 'text', title: true }, amount: { type: 'money' } } },
}

function problemsWith(value: number): number {
  const rule = { module: 'deals', with: ['everyone'], level: 'read', when: { field: 'amount', op: 'gte', value } }
  const users = { rooth: { name: 'Rooth', email: 'rooth@nordwind.example', profiles: ['administrator'] } }
  return checkDocument({ bailiwick: 1, users, sharingRules: { big: rule } }, { catalogue }).problems.length
}

test('an amount of money has at most four decimals, however large it is', () => {
  for (const amount of [0, 0.0001, -1.5, 0.1234, 12345678901.2345, -99999999999.9999]) {
    expect(problemsWith(amount), String(amount)).toBe(0)
  }
  for (const amount of [0.00001, 0.12345, 1.00005, 0.1 + 0.2, 1e15]) {
    expect(problemsWith(amount), String(amount)).toBe(1)
  }
})
