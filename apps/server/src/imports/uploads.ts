import { mkdir, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Actor } from '../actor.ts'
import { problem } from '../problem.ts'
import { forgetOld } from './import-files.ts'
import type { ImportParts } from './import-parts.ts'

/** A file that was sent once and can be used for this long. */
const KEPT_FOR = 3_600_000
const OWNER_ONLY = 0o700
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * Where the file of an upload lies. Whose it is stands in its path, made of who asks and never of what he sends: under somebody else's id
 * there is nothing.
 */
async function uploadPath({ filesFolder, policies }: ImportParts, { organization, user }: Actor, id: string) {
  const { owners } = await policies.current(organization)
  const owner = owners.idOf(`user:${user}`)
  if (owner === undefined || !UUID.test(id)) return undefined
  const folder = path.join(filesFolder, 'uploads')
  await mkdir(folder, { recursive: true, mode: OWNER_ONLY })
  return path.join(folder, `${organization.id}.${owner}.${id.toLowerCase()}`)
}

/** Keeps a file for an hour, for whoever sent it. @returns the id under which he can use it, or nothing where he is no user */
export async function keepUpload(parts: ImportParts, actor: Actor, file: string): Promise<string | undefined> {
  const id = parts.newId()
  const place = await uploadPath(parts, actor, id)
  if (place === undefined) return undefined
  await rename(file, place)
  return id
}

/** @throws Problem 422 where there is no such file of his, or none any more */
export async function requireUpload(parts: ImportParts, actor: Actor, id: string): Promise<string> {
  const place = await uploadPath(parts, actor, id)
  const file = place === undefined ? undefined : await stat(place).catch(() => undefined)
  if (place === undefined || !file || parts.now() - file.mtimeMs >= KEPT_FOR) {
    const message = 'names no file that you sent within the last hour: send it again'
    throw problem(422, 'invalid-input', 'The file is not here any more.', [{ path: '/upload', message }])
  }
  return place
}

export async function forgetOldUploads({ filesFolder, now }: ImportParts): Promise<void> {
  await forgetOld(path.join(filesFolder, 'uploads'), now() - KEPT_FOR)
}
