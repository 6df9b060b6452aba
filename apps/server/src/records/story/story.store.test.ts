import type { PolicyDocument } from '@bailiwick/access'
import { describe, expect, it } from 'vitest'
import { Problem, problemBody } from '../../problem.ts'
import { testDatabase } from '../../testing/index.ts'
import { refusal } from '../gateway-fixture.ts'
import { createRecordsFixture } from '../records-fixture.ts'

const ALL = ['create', 'read', 'update', 'delete', 'comment', 'share', 'transfer', 'confide'] as const

const KEPT = ['owner', 'confidential', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy']
const hidden = Object.fromEntries(KEPT.map((field) => [field, 'hidden'] as const))

/**
 * Mikko and Tiina sell; Fia sees what is secret; Rita reads; Olli left; Blind Bo isn't told when activities were made;
 * Sam sees no field that the system keeps of an account. */
const COMPANY: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind', timeZone: 'UTC' },
  profiles: {
    sales: {
      modules: {
        accounts: { actions: ALL, fields: { default: 'edit', secret: 'hidden', iban: 'masked' } },
        activities: { actions: ALL },
      },
    },
    finance: { modules: { accounts: { actions: ALL }, activities: { actions: ALL } } },
    reader: { modules: { accounts: { actions: ['read'] } } },
    blind: {
      modules: {
        accounts: { actions: ['read', 'comment'] },
        activities: { actions: ['read'], viewAll: true, fields: { createdAt: 'hidden' } },
      },
    },
    stripped: { modules: { accounts: { actions: ['read', 'update'], fields: { ...hidden, secret: 'hidden' } } } },
    unsigned: { modules: { accounts: { actions: ['read'], fields: { updatedBy: 'hidden' } } } },
  },
  users: {
    ada: { profiles: ['administrator'] },
    mikko: { profiles: ['sales'] },
    tiina: { profiles: ['sales'] },
    fia: { profiles: ['finance'] },
    rita: { profiles: ['reader'] },
    bo: { profiles: ['blind'] },
    sam: { profiles: ['stripped'] },
    una: { profiles: ['unsigned'] },
    olli: { profiles: ['sales'], status: 'suspended' },
  },
  modules: { accounts: { fields: { secret: { type: 'text' }, iban: { type: 'text', mask: 'last4' } } } },
}

const NOW = Date.parse('2026-03-02T10:00:00Z')
const { database, createOrganization } = await testDatabase()
const { gateway, actor } = await createRecordsFixture(database, await createOrganization(), COMPANY, NOW)
/** A person so many minutes later. */
const at = (user: string, minutes = 0) => {
  const person = actor(user)
  return { ...person, asking: { ...person.asking, now: NOW + minutes * 60_000 } }
}
const [mikko, tiina, fia, rita, bo] = [at('mikko'), at('tiina'), at('fia'), at('rita'), at('bo')]
const [sam, una] = [at('sam'), at('una')]

async function accountOf(who: typeof mikko, readers: readonly string[] = [], more = {}) {
  const { id } = await gateway.create(who, 'accounts', { name: 'Bauer', ...more })
  for (const reader of readers) await gateway.share(who, 'accounts', id, { with: `user:${reader}`, level: 'edit' })
  return id
}

const NEW_FILE = { type: 'text/plain', size: 3, sha256: Buffer.alloc(32) }
const stored = (name: string) => Buffer.from(name.padEnd(24, '.')).toString('hex')

/** What whoever is refused is told. */
async function refusedOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Problem)) throw new Error('A refusal was expected.', { cause: error })
  return problemBody(error)
}

describe('The timeline of a record', () => {
  it('has all that happened as one stream, newest first, page by page, each once', async () => {
    const id = await accountOf(mikko)
    for (let minute = 1; minute <= 4; minute++) {
      // All four at one moment, so that the order within a moment is tried as well.
      const now = at('mikko', minute)
      await gateway.comment(now, 'accounts', id, { text: `Said ${minute}` })
      await gateway.comment(now, 'accounts', id, { text: `Said again ${minute}` })
      await gateway.update(now, 'accounts', id, { name: `Bauer ${minute}` })
      await gateway.create(now, 'activities', { subject: `Call ${minute}`, type: 'Call', account: id })
      await gateway.attach(now, 'accounts', id, { ...NEW_FILE, name: `${minute}.txt`, stored: stored(`one ${minute}`) })
    }
    const whole = await gateway.timeline(mikko, 'accounts', id, { limit: 100 })
    expect(whole.next).toBeNull()
    expect(whole.items.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 4 }, () => ['comment', 'comment', 'change', 'activity', 'file']).flat(),
      'change',
    ])
    expect(whole.items[2]).toMatchObject({ by: 'user:mikko', changes: [{ field: 'name', after: 'Bauer 4' }] })
    expect(whole.items[3]).toMatchObject({ by: 'user:mikko', type: 'Call', record: { subject: 'Call 4' } })
    expect(whole.items[4]).toMatchObject({ file: { name: '4.txt', size: 3 } })
    for (const limit of [1, 2, 3, 7, 21]) {
      const paged: object[] = []
      for (let cursor: string | undefined, pages = 0; pages < 30; pages++) {
        const page = await gateway.timeline(mikko, 'accounts', id, { limit, cursor })
        paged.push(...page.items)
        if (page.next === null) break
        cursor = page.next
      }
      expect(paged, `pages of ${limit}`).toEqual(whole.items)
    }
    const some = await gateway.timeline(mikko, 'accounts', id, { kinds: 'file, activity' })
    expect(some.items.map(({ kind }) => kind)).toEqual(Array.from({ length: 4 }, () => ['activity', 'file']).flat())
  })

  it('shows nobody what he does not read, and no order that is hidden from him', async () => {
    const id = await accountOf(fia, ['mikko', 'rita', 'bo'])
    await gateway.create(fia, 'activities', { subject: 'Of Fia’s own', account: id })
    await gateway.update(fia, 'accounts', id, { secret: 'plan' })
    await gateway.update(fia, 'accounts', id, { secret: 'other plan', iban: 'FI11 2233 4455' })
    const told = async (who: typeof mikko) => (await gateway.timeline(who, 'accounts', id, {})).items
    const mikkos = await told(mikko)
    expect(JSON.stringify(mikkos)).not.toMatch(/plan|secret|Fia’s|FI11/)
    expect(mikkos.filter(({ kind }) => kind === 'activity')).toEqual([])
    expect(
      mikkos.flatMap((item) => (item.kind === 'change' && item.action === 'update' ? [item.changes] : [])),
    ).toEqual([[{ field: 'iban', before: null, after: { masked: '•••• 4455' } }]])
    expect((await told(fia)).filter(({ kind }) => kind === 'activity')).toHaveLength(1)
    expect((await told(fia)).filter((item) => item.kind === 'change' && item.action === 'update')).toHaveLength(2)
    expect((await told(rita)).filter(({ kind }) => kind === 'activity')).toEqual([])
    // Bo reads every activity, but not when it was made.
    expect((await told(bo)).filter(({ kind }) => kind === 'activity')).toEqual([])
    expect(await refusal(told(tiina))).toMatchObject({ status: 404 })
  })

  it('nor its history: tells nobody of changes of what is hidden from him, nor who made those that he is told of', async () => {
    const id = await accountOf(fia, ['sam', 'una', 'mikko'])
    await gateway.update(at('fia', 1), 'accounts', id, { secret: 'plan' })
    await gateway.confide(at('fia', 2), 'accounts', id, true)
    await gateway.update(at('fia', 3), 'accounts', id, { secret: 'other plan', name: 'Bauer AG' })
    await gateway.transfer(at('fia', 4), 'accounts', id, { owner: 'user:mikko', keepShares: true })
    const told = async (who: typeof mikko) => {
      const history = await gateway.history(who, 'accounts', id)
      const { items } = await gateway.timeline(who, 'accounts', id, { kinds: 'change' })
      expect(items.map(({ id: _id, kind: _kind, ...entry }) => entry)).toEqual(history)
      return history.map(({ action, by, changes }) => [action, by, changes.map(({ field }) => field).join()])
    }
    const shares = (by: string | null) => Array.from({ length: 3 }, () => ['share', by, ''])
    expect(await told(mikko)).toEqual([
      ['transfer', 'user:fia', 'owner'],
      ['update', 'user:fia', 'name'],
      ['confide', 'user:fia', 'confidential'],
      ...shares('user:fia'),
      ['create', 'user:fia', ''],
    ])
    expect(await told(sam)).toEqual([['update', null, 'name'], ...shares(null), ['create', null, '']])
    expect(await told(una)).toEqual([
      ['transfer', null, 'owner'],
      ['update', null, 'name,secret'],
      ['confide', null, 'confidential'],
      ['update', null, 'secret'],
      ...shares(null),
      ['create', 'user:fia', ''],
    ])
    const { changes } = await refusedOf(gateway.update(at('sam', 5), 'accounts', id, { name: 'Mine' }, 1))
    expect(changes).toMatchObject([{ field: 'name', now: 'Bauer AG', by: null }])
  })

  it('takes kinds that there are, and cursors of its own', async () => {
    const id = await accountOf(mikko)
    const cursor = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url')
    const bad = [
      { kinds: 'comment,secrets' },
      { kinds: '' },
      { limit: 101 },
      { cursor: 'x' },
      { cursor: cursor([1, 2, id]) },
      { cursor: cursor([1, 3, '7']) },
      { cursor: cursor([1, 5, id]) },
      { cursor: cursor([1.5, 3, id]) },
      { cursor: cursor([-1, 3, id]) },
    ]
    for (const query of bad)
      expect(await refusal(gateway.timeline(mikko, 'accounts', id, query)), JSON.stringify(query)).toMatchObject({
        status: 422,
      })
  })
})

describe('Comments', () => {
  it('tell who writes them which of the mentioned can’t see the record', async () => {
    const id = await accountOf(mikko)
    const comment = await gateway.comment(mikko, 'accounts', id, { text: '@ada @tiina @olli @mikko, look' })
    expect(comment.unseen).toEqual(['user:tiina', 'user:olli'])
    await gateway.share(mikko, 'accounts', id, { with: 'user:tiina', level: 'read' })
    const edited = await gateway.editComment(at('mikko', 5), 'accounts', id, comment.id, { text: '@tiina, look again' })
    expect(edited).toMatchObject({ text: '@tiina, look again', mentions: ['user:tiina'], unseen: [] })
    expect((await gateway.comments(tiina, 'accounts', id)).items).toMatchObject([
      {
        id: comment.id,
        text: '@tiina, look again',
        at: '2026-03-02T10:00:00.000Z',
        editedAt: '2026-03-02T10:05:00.000Z',
      },
    ])
  })

  it('are changed and taken away by whoever wrote them, and nobody else', async () => {
    const id = await accountOf(mikko, ['tiina'])
    const other = await accountOf(mikko)
    const comment = await gateway.comment(tiina, 'accounts', id, { text: 'Mine' })
    const edit = (who: typeof mikko, record: string, text = 'Changed') =>
      refusal(gateway.editComment(who, 'accounts', record, comment.id, { text }))
    expect(await edit(mikko, id)).toMatchObject({ status: 403 })
    expect(await edit(mikko, other)).toMatchObject({ status: 404 })
    expect(await refusal(gateway.deleteComment(mikko, 'accounts', id, comment.id))).toMatchObject({ status: 403 })
    await gateway.unshare(mikko, 'accounts', id, 'user:tiina')
    expect(await edit(tiina, id)).toMatchObject({ status: 404 })
    await gateway.share(mikko, 'accounts', id, { with: 'user:tiina', level: 'read' })
    await gateway.deleteComment(tiina, 'accounts', id, comment.id)
    expect((await gateway.comments(mikko, 'accounts', id)).items).toEqual([])
    expect(await refusal(gateway.deleteComment(tiina, 'accounts', id, comment.id))).toMatchObject({ status: 404 })
  })

  it('come in pages, oldest first', async () => {
    const id = await accountOf(mikko)
    const said = ['one', 'two', 'three']
    for (const text of said) await gateway.comment(mikko, 'accounts', id, { text })
    const first = await gateway.comments(mikko, 'accounts', id, { limit: 2 })
    const second = await gateway.comments(mikko, 'accounts', id, { limit: 2, cursor: String(first.next) })
    expect([...first.items, ...second.items].map(({ text }) => text)).toEqual(said)
    expect(second.next).toBeNull()
    expect(await refusal(gateway.comments(mikko, 'accounts', id, { cursor: 'x' }))).toMatchObject({ status: 422 })
  })
})

describe('A change that comes second', () => {
  it('is told what the others changed since, of what exists for who is told', async () => {
    const id = await accountOf(fia, ['mikko', 'tiina'], { iban: 'FI11 2233 4455', phone: '1' })
    const { version } = await gateway.read(mikko, 'accounts', id)
    await gateway.update(at('tiina', 1), 'accounts', id, { name: 'Bauer & Co', phone: '2' })
    await gateway.update(at('fia', 2), 'accounts', id, { name: 'Bauer AG', secret: 'plan', iban: 'FI11 2233 6677' })
    await gateway.update(at('tiina', 3), 'accounts', id, { phone: '1' })
    const body = await refusedOf(gateway.update(at('mikko', 4), 'accounts', id, { name: 'Mine' }, version))
    expect(body).toMatchObject({ status: 412, version: version + 3 })
    expect(body.changes).toEqual([
      { field: 'name', was: 'Bauer', now: 'Bauer AG', by: 'user:fia', at: '2026-03-02T10:02:00.000Z' },
      {
        field: 'iban',
        was: { masked: '•••• 4455' },
        now: { masked: '•••• 6677' },
        by: 'user:fia',
        at: '2026-03-02T10:02:00.000Z',
      },
    ])
    const unknown = await refusedOf(gateway.update(mikko, 'accounts', id, { name: 'Mine' }, 99))
    expect(unknown).toMatchObject({ status: 412, version: version + 3, changes: [] })
  })
})

describe('One’s own last change', () => {
  it('is taken back, as an update of its own', async () => {
    const id = await accountOf(mikko, [], { phone: '1' })
    const { version } = await gateway.update(mikko, 'accounts', id, { name: 'Wrong', phone: null })
    const undone = await gateway.undo(mikko, 'accounts', id, version)
    expect(undone).toMatchObject({ version: version + 1, item: { name: 'Bauer', phone: '1' } })
    expect((await gateway.history(mikko, 'accounts', id))[0]).toMatchObject({ action: 'update', version: version + 1 })
    // And that can be taken back as well.
    expect(await gateway.undo(mikko, 'accounts', id, version + 1)).toMatchObject({
      item: { name: 'Wrong', phone: null },
    })
  })

  it('is not where the record moved on, where it was another’s, or no change of fields', async () => {
    const id = await accountOf(mikko, ['tiina', 'rita'])
    const { version } = await gateway.update(mikko, 'accounts', id, { name: 'Wrong' })
    const undo = (who: typeof mikko, seen: number) => refusal(gateway.undo(who, 'accounts', id, seen))
    expect(await undo(tiina, version)).toMatchObject({ status: 409 })
    expect(await undo(rita, version)).toMatchObject({ status: 403 })
    expect(await undo(fia, version)).toMatchObject({ status: 404 })
    await gateway.update(tiina, 'accounts', id, { phone: '5' })
    expect(await undo(mikko, version)).toMatchObject({ status: 412 })
    const moved = await gateway.transfer(mikko, 'accounts', id, { owner: 'user:mikko', keepShares: true })
    expect(await undo(mikko, moved.version)).toMatchObject({ status: 409 })
    expect(await gateway.read(mikko, 'accounts', id)).toMatchObject({ name: 'Wrong', phone: '5' })
  })
})
