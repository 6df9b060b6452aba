import { BUILT_IN_MODULES, checkDocument, compilePolicy, type Level, parsePrincipal } from '@bailiwick/access'
import { oracleCaps, oracleGrants, oracleLevel } from '@bailiwick/access/oracle'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { law } from './generate/law.ts'
import { first } from './generate/readings.ts'
import { arbitraryWorld, type GeneratedWorld } from './generate/world.ts'

const worlds = fc.sample(arbitraryWorld(), { seed: 20260115, numRuns: 600 })

/** What decides about each live record for each active person: the grants that give his level alone, and the caps that cut it. */
function deciding(world: GeneratedWorld): string[] {
  const active = [...compilePolicy(world.document, world.catalogue).users.values()].filter(
    ({ status }) => status === 'active',
  )
  const live = world.records.filter(({ deleted }) => !deleted)
  return active.flatMap(({ key }) =>
    live.flatMap((record) => {
      const grants = oracleGrants(world, key, record)
      const top = grants.filter(({ level }) => level === highestOf(grants))
      const cut = oracleLevel(world, key, record) !== highestOf(grants)
      return cut ? oracleCaps(world, key, record).map(({ cap }) => cap) : top.length === 1 ? [top[0]?.grant ?? ''] : []
    }),
  )
}

function highestOf(grants: readonly { readonly level: Level }[]): Level {
  return (['full', 'edit', 'read'] as const).find((level) => grants.some((one) => one.level === level)) ?? 'none'
}

describe('generated organizations', () => {
  test('every grant decides alone somewhere, and every cap cuts', { timeout: 60_000 }, () => {
    const seen = new Set(worlds.flatMap(deciding))
    const grants = [
      'owner',
      'team',
      'leader',
      'member',
      'peer',
      'superior',
      'default',
      'rule',
      'share',
      'profile',
      'parent',
    ]
    expect([...seen].sort()).toEqual([...grants, 'confidential', 'restriction'].sort())
  })

  test('there are records three deep, owners who are gone, and shares on both sides of their end', () => {
    const records = worlds.flatMap((world) => world.records.map((record) => ({ record, now: world.now })))
    const some = (is: (one: (typeof records)[number]) => boolean) => expect(records.some(is)).toBe(true)
    some(({ record }) => record.parent?.parent?.parent !== undefined && record.parent?.parent?.parent !== null)
    some(({ record }) => record.owner === 'user:gone')
    some(({ record }) => record.owner === 'team:gone')
    some(({ record }) => record.parent?.deleted === true)
    for (const after of [-1, 0, 1]) {
      some(({ record, now }) => record.shares.some(({ expiresAt }) => expiresAt === now + after))
    }
  })

  law('a check accepts their documents', arbitraryWorld(), ({ document, catalogue }) => {
    const { problems } = checkDocument(document, { catalogue })
    return problems.length === 0 ? undefined : JSON.stringify(problems)
  })

  law('and those that use the built-in modules', arbitraryWorld({ catalogue: BUILT_IN_MODULES }), (world) => {
    const { problems } = checkDocument(world.document, { catalogue: BUILT_IN_MODULES })
    return problems.length === 0 ? undefined : JSON.stringify(problems)
  })

  law('records can be stored', arbitraryWorld(), ({ records }) =>
    first(records, ({ id, values, shares }) => {
      if (new Set(shares.map((share) => share.with)).size !== shares.length)
        return `${id} is shared twice with somebody`
      if (!shares.every((share) => parsePrincipal(share.with))) return `${id} is shared with nothing`
      return Object.values(values).some((value) => typeof value === 'string' && !value.isWellFormed())
        ? `${id} holds half a character`
        : undefined
    }),
  )

  law('lookups point at records that are there, in the module that they name', arbitraryWorld(), (world) =>
    first(world.records, (record) => {
      const shape = world.modules.find(({ key }) => key === record.module)
      return first(Object.entries(shape?.fields ?? {}), ([field, { type, module }]) => {
        const value = record.values[field]
        if (type !== 'lookup' || value === null) return undefined
        const target = world.records.find(({ id }) => id === value)
        return target?.module === module ? undefined : `${record.id} ${field} points at ${value}`
      })
    }),
  )
})
