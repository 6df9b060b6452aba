import { fold } from '@bailiwick/access'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { foldingCollation, requireSameFold } from './fold.ts'

const { database } = await testDatabase()

/** Every character there is, but the surrogates (which aren't) and NUL (which PostgreSQL doesn't store). */
function allCharacters(): string[] {
  const characters: string[] = []
  for (let point = 1; point <= 0x10ffff; point++) {
    if (point < 0xd800 || point > 0xdfff) characters.push(String.fromCodePoint(point))
  }
  return characters
}

/**
 * Each side goes by the edition of Unicode that it was built with, and new letters come every year: only letters that the database
 * knows are asked about. One old letter changed its kind in Unicode 17, which shows where a sigma stands before it.
 */
const CHANGED = 'ʕ'

async function foldKnown(texts: readonly { readonly character: string; readonly text: string }[]) {
  const { rows } = await sql<{ text: string; folded: string }>`
    select text, control.fold(text) as folded
    from unnest(${texts.map((each) => each.character)}::text[], ${texts.map((each) => each.text)}::text[]) as given (character, text)
    where character ~ '[[:alpha:]]' collate ${sql.id(collation)}`.execute(database.owner)
  return rows
}

const { rows: server } = await sql<{ version: number }>`
  select current_setting('server_version_num')::int as version`.execute(database.owner)
const collation = foldingCollation(server[0]!.version)

test('the database folds every single letter as the engine does', async () => {
  const rows = await foldKnown(allCharacters().map((character) => ({ character, text: character })))
  expect(rows.length).toBeGreaterThan(130_000)
  expect(rows.filter(({ text, folded }) => folded !== fold(text))).toEqual([])
})

test('the database folds every letter beside a sigma as the engine does', async () => {
  const texts = allCharacters().map((character) => ({ character, text: `AΣ${character}Σ Σ${character}` }))
  const rows = await foldKnown(texts)
  expect(rows.filter(({ text, folded }) => folded !== fold(text) && !text.includes(CHANGED))).toEqual([])
})

test('the planner finds an index on folded text', async () => {
  const { rows } = await database.owner.transaction().execute(async (transaction) => {
    await sql`create temporary table names (name text) on commit drop`.execute(transaction)
    await sql`create index on names (control.fold(name))`.execute(transaction)
    await sql`set local enable_seqscan = off`.execute(transaction)
    return sql<{ 'QUERY PLAN': string }>`explain select * from names where control.fold(name) = 'anna'`.execute(
      transaction,
    )
  })
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index Cond/)
})

test('a database that folds otherwise is refused', async () => {
  const attempt = database.owner.transaction().execute(async (transaction) => {
    await sql`create or replace function control.fold(text) returns text language sql immutable return lower($1 collate "C")`.execute(
      transaction,
    )
    await requireSameFold(transaction)
  })
  await expect(attempt).rejects.toMatchObject({ name: 'StartUpError', message: expect.stringContaining('ΟΔΟΣ') })
})
