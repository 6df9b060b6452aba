import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Key, PolicyDocument } from '@bailiwick/access'
import { parse } from 'csv-parse/sync'
import { onTestFinished } from 'vitest'
import type { Actor } from '../actor.ts'
import type { Database } from '../db/database.ts'
import type { OrganizationRef } from '../db/tables.ts'
import { createRecordsFixture } from '../records/records-fixture.ts'
import { type FileToImport, importFile } from './import-file.ts'

/** For tests of this room: an organization, a folder, and files that go in. */
export async function createImportsFixture(
  database: Database,
  organization: OrganizationRef & { readonly slug: string },
  document: PolicyDocument,
  now: number,
) {
  const records = await createRecordsFixture(database, organization, document, now)
  const filesFolder = await mkdtemp(path.join(tmpdir(), 'bw-imports-'))
  const parts = { ...records.parts, filesFolder, now: () => now }
  return {
    ...records,
    parts,
    forget: () => rm(filesFolder, { recursive: true, force: true }),
    /** Imports a text (or bytes); the figures, and each rejected row as header → cell. */
    importText: async (actor: Actor, module: Key, text: string | Buffer, options: Partial<FileToImport> = {}) => {
      const source = path.join(filesFolder, `${parts.newId()}.csv`)
      await writeFile(source, text)
      const { rejectedFile, ...result } = await importFile(parts, actor, { module, path: source, ...options })
      const rows = rejectedFile === undefined ? [] : await readRejected(rejectedFile)
      return { ...result, rows, reasons: rows.map((row) => row.reason) }
    },
    importPath: (actor: Actor, file: FileToImport) => importFile(parts, actor, file),
  }
}

export async function readRejected(file: string): Promise<Record<string, string>[]> {
  return parse<Record<string, string>>(await readFile(file, 'utf8'), {
    columns: true,
    bom: true,
    relax_column_count: true,
  })
}

/** The file as a path inside this room's folder. */
export function testFile(name: string): string {
  return path.join(import.meta.dirname, 'test-data', name)
}

export function mavenFile(name: string): string {
  return path.join(import.meta.dirname, '../demo/data', name)
}

export function whenFinished(work: () => Promise<unknown>): void {
  onTestFinished(async () => void (await work()))
}
