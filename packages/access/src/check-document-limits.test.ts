import { describe, expect, test } from 'vitest'
import { checkDocument } from './check-document.ts'
import { catalogue, changed, nordwind } from './checks/nordwind.test-data.ts'

const WHEN = '/sharingRules/big-deals/when'
const leaf = { field: 'name', op: 'isEmpty' }

function nested(depth: number): unknown {
  let condition: unknown = leaf
  for (let level = 1; level < depth; level++) condition = { not: condition }
  return condition
}

const problemsOf = (input: unknown) => checkDocument(input, { catalogue, base: nordwind }).problems

describe('conditions', () => {
  test('go twenty deep and no deeper', () => {
    expect(problemsOf(changed({ [WHEN]: nested(20) }))).toEqual([])
    expect(problemsOf(changed({ [WHEN]: nested(21) }))[0]?.message).toContain('more than 20 deep')
  })

  test('a hundred thousand deep overflow nothing', () => {
    expect(
      problemsOf({
        ...nordwind,
        sharingRules: { x: { module: 'deals', with: ['everyone'], level: 'read', when: nested(100_000) } },
      }),
    ).toHaveLength(1)
  })

  test('have a thousand parts and no more', () => {
    const parts = (count: number) => ({ any: Array.from({ length: count }, () => leaf) })
    expect(problemsOf(changed({ [WHEN]: parts(999) }))).toEqual([])
    expect(problemsOf(changed({ [WHEN]: parts(1_000) }))).toMatchObject([
      { path: WHEN, message: 'The condition has more than 1000 parts.' },
    ])
  })

  test('that contain themselves come to an end', () => {
    const circle: { all: unknown[] } = { all: [] }
    circle.all.push(circle, circle)
    const rule = { module: 'deals', with: ['everyone'], level: 'read', when: circle }
    expect(problemsOf({ ...nordwind, sharingRules: { rule } }).length).toBeGreaterThan(0)
  })

  test('compare with a thousand values and no more', () => {
    const names = (count: number) => ({
      field: 'name',
      op: 'in',
      value: Array.from({ length: count }, (_, index) => `n${index}`),
    })
    expect(problemsOf(changed({ [WHEN]: names(1_000) }))).toEqual([])
    expect(problemsOf(changed({ [WHEN]: names(1_001) }))).toMatchObject([{ path: `${WHEN}/value` }])
  })
})

describe('made-up records', () => {
  const account = (depth: number): object => (depth === 0 ? {} : { parentAccount: account(depth - 1) })
  const testOf = (record: unknown) => problemsOf(changed({ '/tests/anna-reads-her-own/record': record }))

  test('hold a chain of ten and no more', () => {
    expect(testOf({ account: account(8) })).toEqual([])
    expect(testOf({ account: account(9) })[0]?.message).toContain('more than 10 records deep')
  })

  test('that contain themselves come to an end', () => {
    const circle: { parentAccount?: unknown } = {}
    circle.parentAccount = circle
    const test = { as: 'user:anna', module: 'accounts', record: circle, can: ['read'] }
    expect(problemsOf({ ...nordwind, tests: { test } })).toHaveLength(1)
  })
})

describe('a document as large as an organization', () => {
  const people = 30_000
  const users = (manager: (index: number) => string) =>
    Object.fromEntries(
      Array.from({ length: people }, (_, index) => [
        `u${index}`,
        {
          email: `u${index}@nordwind.example`,
          manager: manager(index),
          profiles: ['administrator'],
          attributes: { region: 'EMEA' },
        },
      ]),
    )

  test('is checked in seconds, however long its chains', () => {
    const chain = { ...users((index) => `u${index + 1}`), [`u${people}`]: {} }
    const began = process.cpuUsage()
    expect(checkDocument({ bailiwick: 1, users: chain }, { catalogue }).problems).toEqual([])
    expect(process.cpuUsage(began).user).toBeLessThan(10_000_000)
  })

  test('with everything wrong in it is reported in seconds, and not in full', () => {
    const began = process.cpuUsage()
    const { problems } = checkDocument({ bailiwick: 1, users: users((index) => `v${index}`) }, { catalogue })
    expect(process.cpuUsage(began).user).toBeLessThan(10_000_000)
    expect(problems).toHaveLength(1_001)
    expect(problems.at(-1)).toMatchObject({ path: '', message: '29000 more problems are not listed.' })
  })
})
