import { LEVELS, type Level, type RecordFacts, type ShareFact } from '@bailiwick/access'
import fc from 'fast-check'
import { law } from './generate/law.ts'
import { principals } from './generate/people.ts'
import { index } from './generate/pools.ts'
import { engineReading, everywhere, first, objectWhere, rank, unequal, usersOf } from './generate/readings.ts'
import { arbitraryWorld } from './generate/world.ts'

const worlds = arbitraryWorld({ unchecked: true })
const lower = (a: Level, b: Level) => (rank(a) < rank(b) ? a : b)

/** A share more on that record alone. */
const sharedOnce = (record: RecordFacts, share: ShareFact): RecordFacts => ({
  ...record,
  shares: [...record.shares, share],
})

law(
  'a share never gives more than its giver had',
  fc.tuple(worlds, fc.record({ kind: fc.nat(5), at: index }), fc.constantFrom(...LEVELS.slice(1))),
  ([world, seed, level]) => {
    const engine = engineReading(world)
    const [grantee = 'everyone'] = principals(world.names, [seed])
    return everywhere(world, (giver, record) => {
      const has = engine.level(giver, record)
      if (!engine.allows(giver, 'share', record)) return undefined
      const shared = sharedOnce(record, { with: grantee, level: lower(level, has) })
      return first(usersOf(world), (user) => {
        const [had, gets] = [engine.level(user, record), engine.level(user, shared)]
        const most = Math.max(rank(had), rank(record.confidential ? has : lower(level, has)))
        return objectWhere(rank(gets) > most, `${giver} with ${has} gives ${user} ${gets} on ${record.id}`)
      })
    })
  },
)

law(
  'an unexpired share reaches a confidential record, as far as restrictions let it',
  fc.tuple(worlds, fc.constantFrom(...LEVELS.slice(1))),
  ([world, level]) => {
    const engine = engineReading(world)
    const unrestricted = engineReading({ ...world, document: { ...world.document, restrictionRules: {} } })
    return first(world.names.users, (user) =>
      first(world.records, (record) => {
        const secret = sharedOnce({ ...record, confidential: true, deleted: false }, { with: `user:${user}`, level })
        if (engine.policy.users.get(user)?.status !== 'active') return undefined
        const most = engine.caps(user, secret).map((cap) => cap.split(' '))
        const got = unrestricted.level(user, secret)
        return (
          objectWhere(rank(got) < rank(level), `${user} got ${got} on ${record.id}`) ??
          objectWhere(
            most.some(([kind]) => kind === 'confidential'),
            `${record.id} is kept from ${user}`,
          )
        )
      }),
    )
  },
)

law('a share that has expired is as good as none, and time past its end only removes', worlds, (world) => {
  const engine = engineReading(world)
  const ending = (record: RecordFacts, expiresAt?: number): RecordFacts => ({
    ...record,
    shares: record.shares.map((share) => ({ ...share, expiresAt })),
    parent: record.parent ? ending(record.parent, expiresAt) : null,
  })
  const bare = (record: RecordFacts): RecordFacts => ({
    ...record,
    shares: [],
    parent: record.parent ? bare(record.parent) : null,
  })
  return everywhere(world, (user, record) => {
    const during = engine.level(user, ending(record, world.now + 1))
    const after = engine.level(user, ending(record, world.now))
    return (
      objectWhere(rank(after) > rank(during), `${user} gained ${after} on ${record.id}`) ??
      unequal(`without an end: ${user} on ${record.id}`, engine.level(user, ending(record)), during) ??
      unequal(`${user} on ${record.id}`, after, engine.level(user, bare(record)))
    )
  })
})
