import type { Actor } from '../actor.ts'
import { confirmAdmitted } from '../people/admitted-policy.ts'
import { readRecord } from '../records/find-record.ts'
import type { RecordsParts } from '../records/parts.ts'
import { type RecordRef, type TitledRecord, titleRecords } from '../records/record-titles.ts'
import { listViews } from '../views/views.ts'
import { changeSettings, noteRecent, readRecent, readSettings, type Settings, type SettingsChange } from './settings.ts'

export interface Preferences extends Settings {
  readonly recent: RecordRef[]
}

type Shortcut = TitledRecord & { readonly kind: 'record' | 'view' }

/** What the person chose, and what he had open last; without what isn't there for him now. */
export async function readPreferences(parts: RecordsParts, actor: Actor): Promise<Preferences> {
  await confirmAdmitted(parts.policies, actor)
  const database = parts.database.organization(actor.organization)
  const settings = await readSettings(database, actor.user)
  const { favourites, recent } = await resolve(parts, actor, settings)
  return {
    ...settings,
    favourites: favourites.map(({ kind, module, id }) => (kind === 'view' ? { kind, id } : { kind, module, id })),
    recent: recent.map(({ module, id }) => ({ module, id })),
  }
}

/** @throws Problem 422 where it comes to too much. */
export async function changePreferences(
  parts: RecordsParts,
  actor: Actor,
  change: SettingsChange,
): Promise<Preferences> {
  await confirmAdmitted(parts.policies, actor)
  await changeSettings(parts.database.organization(actor.organization), actor, change)
  return readPreferences(parts, actor)
}

/** Notes that the person has opened a record. @throws Problem 404 where it isn't there for him. */
export async function openRecent(parts: RecordsParts, actor: Actor, { module, id }: RecordRef): Promise<void> {
  const record = await readRecord(parts, actor, module, id)
  await noteRecent(parts.database.organization(actor.organization), actor, { module, id: record.id })
}

/** Favourites and recent records with their titles: those alone that are there for the person now. */
export async function readShortcuts(
  parts: RecordsParts,
  actor: Actor,
): Promise<{ favourites: Shortcut[]; recent: TitledRecord[] }> {
  await confirmAdmitted(parts.policies, actor)
  return resolve(parts, actor, await readSettings(parts.database.organization(actor.organization), actor.user))
}

async function resolve(parts: RecordsParts, actor: Actor, { favourites }: Pick<Settings, 'favourites'>) {
  const recent = await readRecent(parts.database.organization(actor.organization), actor.user)
  const chosen = favourites.flatMap((one) =>
    one.kind === 'record' ? [{ module: one.module, id: one.id.toLowerCase() }] : [],
  )
  const titled = await titleRecords(parts, actor, [...chosen, ...recent])
  const records = new Map(titled.map((record) => [`${record.module} ${record.id}`, record]))
  const hasViews = favourites.some(({ kind }) => kind === 'view')
  const views = new Map((hasViews ? await listViews(parts, actor) : []).map((view) => [view.id, view]))
  return {
    recent: recent.flatMap(({ module, id }) => records.get(`${module} ${id}`) ?? []),
    favourites: favourites.flatMap((one): Shortcut[] => {
      const id = one.id.toLowerCase()
      if (one.kind === 'record') {
        const record = records.get(`${one.module} ${id}`)
        return record ? [{ kind: 'record', ...record }] : []
      }
      const view = views.get(id)
      return view ? [{ kind: 'view', module: view.module, id, title: view.name }] : []
    }),
  }
}
