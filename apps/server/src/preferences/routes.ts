import { PreferencesChangeSchema, PreferencesSchema, RecordRefSchema, ShortcutsSchema } from '@bailiwick/contract'
import Type from 'typebox'
import { requireActor } from '../http/actor.ts'
import { compareStamps, type Routes } from '../http/app.ts'
import type { RecordsParts } from '../records/parts.ts'
import { changePreferences, openRecent, readPreferences, readShortcuts } from './preferences.ts'

const TAGS = ['people']

/** What one keeps for oneself. */
export function preferenceRoutes(parts: RecordsParts): Routes {
  return (app) => {
    compareStamps(app)
    const read = { tags: TAGS, summary: 'One’s preferences', response: { 200: PreferencesSchema } }
    app.get('/api/v1/me/preferences', { schema: read }, async (request) =>
      readPreferences(parts, requireActor(request)),
    )
    const change = {
      tags: TAGS,
      summary: 'Change some of one’s preferences',
      body: PreferencesChangeSchema,
      response: { 200: PreferencesSchema },
    }
    app.patch('/api/v1/me/preferences', { schema: change }, async (request) => {
      return changePreferences(parts, requireActor(request), request.body)
    })
    const open = {
      tags: TAGS,
      summary: 'Put a record first among those that one had open last',
      body: RecordRefSchema,
      response: { 204: Type.Null() },
    }
    app.post('/api/v1/me/recent', { schema: open }, async (request, reply) => {
      await openRecent(parts, requireActor(request), request.body)
      return reply.code(204).send(null)
    })
    const shortcuts = { tags: TAGS, summary: 'Favourites and recent records', response: { 200: ShortcutsSchema } }
    app.get('/api/v1/me/shortcuts', { schema: shortcuts }, async (request) =>
      readShortcuts(parts, requireActor(request)),
    )
  }
}
