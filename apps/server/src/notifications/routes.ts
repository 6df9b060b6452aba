import {
  InboxQuerySchema,
  InboxSchema,
  MarkReadSchema,
  NotificationSettingsInputSchema,
  NotificationSettingsSchema,
  UnreadSchema,
} from '@bailiwick/contract'
import { requireActor } from '../http/actor.ts'
import { compareStamps, type Routes } from '../http/app.ts'
import { markRead, readInbox } from './inbox.ts'
import type { NotificationParts } from './notification-parts.ts'
import { changeSettings, readSettings } from './settings.ts'

const TAGS = ['notifications']

/** What a person is told of, and how he wants to be told. */
export function notificationRoutes(parts: NotificationParts): Routes {
  return (app) => {
    compareStamps(app)
    const list = {
      tags: TAGS,
      summary: 'What one is told of, as far as one sees it now',
      querystring: InboxQuerySchema,
      response: { 200: InboxSchema },
    }
    app.get('/api/v1/notifications', { schema: list }, async (request) => {
      const { cursor, unread } = request.query
      return readInbox(parts, requireActor(request), { cursor, unread: unread === 'true' })
    })
    const mark = { tags: TAGS, summary: 'Mark as read', body: MarkReadSchema, response: { 200: UnreadSchema } }
    app.post('/api/v1/notifications/read', { schema: mark }, async (request) => {
      return markRead(parts, requireActor(request), request.body)
    })
    const settings = { tags: TAGS, summary: 'How one wants to be told', response: { 200: NotificationSettingsSchema } }
    app.get('/api/v1/notifications/settings', { schema: settings }, async (request) => {
      return readSettings(parts, requireActor(request))
    })
    const change = {
      tags: TAGS,
      summary: 'Change how one wants to be told; kinds that aren’t named stay as they are',
      body: NotificationSettingsInputSchema,
      response: { 200: NotificationSettingsSchema },
    }
    app.put('/api/v1/notifications/settings', { schema: change }, async (request) => {
      return changeSettings(parts, requireActor(request), request.body)
    })
  }
}
