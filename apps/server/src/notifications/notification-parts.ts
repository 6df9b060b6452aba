import type { RecordsParts } from '../records/parts.ts'

/** What notifications are made of. */
export type NotificationParts = RecordsParts
