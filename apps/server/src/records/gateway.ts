import type { Key } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import type { AccessChangeInput } from './access/access-change.ts'
import { findMentionable, type MentionableQuery } from './access/find-mentionable.ts'
import { previewAccess } from './access/preview-access.ts'
import { readAccess } from './access/read-access.ts'
import { type AudienceQuery, readAudience } from './access/read-audience.ts'
import { type AggregateQuestion, aggregateRecords } from './aggregate.ts'
import {
  attachFile,
  detachFile,
  findAttachment,
  listAttachments,
  type NewAttachment,
  requireAttachable,
} from './attachments.ts'
import { breakGlass, type GlassInput } from './break-glass.ts'
import { addComment, type CommentInput, deleteComment, editComment, listComments } from './comments.ts'
import { createRecord } from './create-record.ts'
import { type ExplainQuestion, explainRecord } from './explain-record.ts'
import { type DuplicatesQuestion, findDuplicates } from './find-duplicates.ts'
import { readRecord } from './find-record.ts'
import { readHistory } from './history.ts'
import { confideRecord, deleteRecord, restoreRecord, transferRecord } from './lifecycle.ts'
import type { ListQuery } from './list-query.ts'
import { listRecords } from './list-records.ts'
import { type Selection, selectIds, shareMany } from './many-records.ts'
import { changeMany, type MassChange, requireChange } from './mass-change.ts'
import { tellMeanwhile } from './meanwhile.ts'
import type { RecordsParts } from './parts.ts'
import { listRelated } from './related.ts'
import { listShares, type ShareInput, shareRecord, unshareRecord } from './shares.ts'
import type { PageQuery } from './story/place.ts'
import { readTimeline, type TimelineQuery } from './story/timeline.ts'
import { undoChange } from './undo-change.ts'
import { updateRecord } from './update-record.ts'

type Body = Readonly<Record<string, unknown>>

/** The only door to records: everything that is read, written, counted or told of them goes through the actor's reach. */
export type Gateway = ReturnType<typeof createGateway>

export function createGateway(parts: RecordsParts) {
  return {
    list: (actor: Actor, module: Key, query: ListQuery) => listRecords(parts, actor, module, query),
    read: (actor: Actor, module: Key, id: string, fields?: string) => readRecord(parts, actor, module, id, fields),
    create: (actor: Actor, module: Key, body: Body) => createRecord(parts, actor, module, body),
    update: (actor: Actor, module: Key, id: string, body: Body, version?: number) =>
      tellMeanwhile(parts, actor, { module, id, seen: version }, () =>
        updateRecord(parts, actor, module, id, body, version),
      ),
    undo: (actor: Actor, module: Key, id: string, version: number) => undoChange(parts, actor, module, id, version),
    delete: (actor: Actor, module: Key, id: string, version?: number) =>
      deleteRecord(parts, actor, module, id, version),
    restore: (actor: Actor, module: Key, id: string) => restoreRecord(parts, actor, module, id),
    transfer: (
      actor: Actor,
      module: Key,
      id: string,
      to: { readonly owner: string; readonly keepShares?: boolean },
      version?: number,
    ) => transferRecord(parts, actor, module, id, to, version),
    confide: (actor: Actor, module: Key, id: string, confidential: boolean, version?: number) =>
      confideRecord(parts, actor, module, id, confidential, version),
    shares: (actor: Actor, module: Key, id: string) => listShares(parts, actor, module, id),
    share: (actor: Actor, module: Key, id: string, share: ShareInput) => shareRecord(parts, actor, module, id, share),
    unshare: (actor: Actor, module: Key, id: string, principal: string) =>
      unshareRecord(parts, actor, module, id, principal),
    breakGlass: (actor: Actor, module: Key, id: string, input: GlassInput) =>
      breakGlass(parts, actor, module, id, input),
    shareMany: (actor: Actor, module: Key, selection: Selection, grants: readonly ShareInput[]) =>
      shareMany(parts, actor, module, selection, grants),
    comments: (actor: Actor, module: Key, id: string, page?: PageQuery) => listComments(parts, actor, module, id, page),
    comment: (actor: Actor, module: Key, id: string, comment: CommentInput) =>
      addComment(parts, actor, module, id, comment),
    editComment: (actor: Actor, module: Key, id: string, commentId: string, comment: CommentInput) =>
      editComment(parts, actor, module, id, commentId, comment),
    deleteComment: (actor: Actor, module: Key, id: string, commentId: string) =>
      deleteComment(parts, actor, module, id, commentId),
    history: (actor: Actor, module: Key, id: string) => readHistory(parts, actor, module, id),
    timeline: (actor: Actor, module: Key, id: string, query: TimelineQuery) =>
      readTimeline(parts, actor, module, id, query),
    requireAttachable: (actor: Actor, module: Key, id: string) => requireAttachable(parts, actor, module, id),
    attach: (actor: Actor, module: Key, id: string, file: NewAttachment) => attachFile(parts, actor, module, id, file),
    attachments: (actor: Actor, module: Key, id: string, page?: PageQuery) =>
      listAttachments(parts, actor, module, id, page),
    attachment: (actor: Actor, id: string) => findAttachment(parts, actor, id),
    detach: (actor: Actor, id: string) => detachFile(parts, actor, id),
    related: (actor: Actor, module: Key, id: string) => listRelated(parts, actor, module, id),
    aggregate: (actor: Actor, module: Key, question: AggregateQuestion) =>
      aggregateRecords(parts, actor, module, question),
    explain: (actor: Actor, module: Key, id: string, question: ExplainQuestion) =>
      explainRecord(parts, actor, module, id, question),
    audience: (actor: Actor, module: Key, id: string, query?: AudienceQuery) =>
      readAudience(parts, actor, module, id, query),
    access: (actor: Actor, module: Key, id: string) => readAccess(parts, actor, module, id),
    previewAccess: (actor: Actor, module: Key, id: string, change: AccessChangeInput) =>
      previewAccess(parts, actor, module, id, change),
    mentionable: (actor: Actor, module: Key, id: string, query: MentionableQuery) =>
      findMentionable(parts, actor, module, id, query),
    duplicates: (actor: Actor, module: Key, question: DuplicatesQuestion) =>
      findDuplicates(parts, actor, module, question),
    select: (actor: Actor, module: Key, selection: Selection) => selectIds(parts, actor, module, selection),
    requireChange: (actor: Actor, module: Key, change: MassChange) => requireChange(parts, actor, module, change),
    changeMany: (actor: Actor, module: Key, ids: readonly string[], change: MassChange) =>
      changeMany(parts, actor, module, ids, change),
  }
}
