import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

/**
 * The tables as Kysely sees them. Instants come out as ISO 8601 text (see value-parsers.ts) and go in as that or as a `Date`;
 * columns of type json come out parsed and go in as text (`JSON.stringify`), for `pg` would make an array of a JavaScript array.
 */
type Instant = ColumnType<string, string | Date, string | Date>
type OptionalInstant = ColumnType<string | null, string | Date | null | undefined, string | Date | null>
type Json = ColumnType<unknown, string, string>
type OptionalJson = ColumnType<unknown, string | null | undefined, string | null>
type Optional<Type> = ColumnType<Type | null, Type | null | undefined, Type | null>

/** Tables of schema `control`. (The identity room's own tables stand there too.) */
export interface ControlTables {
  /** One row about this installation: the role that works on the tables of this schema, and the group of all our roles. */
  installation: { singleton: Generated<boolean>; control_role: string; role_group: string }
  organizations: {
    id: string
    slug: string
    name: string
    schema: string
    role: string
    created_at: Instant
    /** Which cluster holds it; null is this one. */
    placement: Optional<string>
  }
  /** Modules that an organization has a licence for; an organization without a row has all. */
  licences: { organization_id: string; module: string }
  api_keys: {
    id: string
    organization_id: string
    /** The user, by the number that stands for him in the organization's `owners`. */
    owner_id: number
    name: string
    /** SHA-256 of the key; the key itself is shown once and kept nowhere. */
    hash: Buffer
    created_at: Instant
    last_used_at: OptionalInstant
    revoked_at: OptionalInstant
  }
  /** Which identity (who signs in) is which user of which organization. */
  memberships: { identity_id: string; organization_id: string; user_key: string }
  /** Organizations made up to show the program. */
  demonstrations: { organization_id: string; complete: Generated<boolean> }
  /** Demonstrations that somebody threw away: they stay away. */
  thrown_away: { slug: string; at: Instant; organization_id: string | null }
}

/** Tables that every organization's schema has, whatever its modules. */
export interface OrganizationTables {
  /** The one row that every reach is compared with: `stamp` grows with each change that could alter an answer. */
  head: {
    singleton: Generated<boolean>
    version: Generated<number>
    stamp: Generated<number>
    /** How often moved owners have arrived in their new buckets. */
    settled: Generated<number>
  }
  policy_versions: {
    number: number
    author: string
    approvers: Generated<string[]>
    at: Instant
    reason: Optional<string>
    /** Its `users` are null where `users_from` names the version that holds them. */
    document: Json
    difference: Json
    users_from: Optional<number>
  }
  /** Changes of the policy that need approval, and what became of them. */
  policy_changes: {
    id: GeneratedAlways<number>
    base: number
    author: string
    at: Instant
    reason: Optional<string>
    document: Json
    difference: Json
    destroy: Generated<string[]>
    state: Generated<'pending' | 'applied' | 'declined' | 'withdrawn'>
    ended_at: OptionalInstant
    ended_by: Optional<string>
    /** The version that it became. */
    version: Optional<number>
  }
  policy_approvals: { change_id: number; approver: string; at: Instant }
  /** Numbers for whoever may own or do something: small to store, and stable while keys come and go. */
  owners: {
    id: GeneratedAlways<number>
    kind: 'user' | 'team'
    key: string
    /** Owners whose records are asked for together; every record carries its owner's. */
    bucket: Generated<number>
    /** Some of his records may still carry another bucket. */
    moved: Generated<boolean>
    /** Of a user whom the policy dropped: whom his key stood for. */
    was: Optional<string>
  }
  /** Bucket 0 is of owners whom the policy doesn't know. */
  buckets: { id: Generated<number>; kind: 'gone' | 'teams' | 'people' | 'role'; key: Generated<string> }
  /** Differences, whose sum by module, bucket and confidentiality is how many records there are that aren't deleted. */
  record_counts: { module: string; bucket: number; confidential: boolean; n: number }
  /** Orders without an index of the table's own that lists were asked for in; unfit where some values don't fit an index. */
  asked_orders: { module: string; sort: string; asked_at: Instant; is_unfit: Generated<boolean> }
  shares: {
    record_id: string
    module: string
    grantee: string
    /** 1 read, 2 edit, 3 full. */
    level: number
    expires_at: OptionalInstant
    reason: Optional<string>
    created_by: Optional<number>
    created_at: Instant
    /** Came of breaking the glass, and stands beside another share with the same grantee. */
    broken_glass: Generated<boolean>
  }
  /** Its lines are inserted by statements of `records/history.ts` alone, which tell who listens: so a line can't be made here. */
  history: {
    id: GeneratedAlways<number>
    module: ColumnType<string, never, string>
    record_id: string
    version: number
    at: Instant
    /** Null where nobody in particular did it (the operator). */
    actor: Optional<number>
    action: string
    changes: Json
  }
  /** What happened beyond records and policy: added, never changed. */
  audit_events: {
    id: GeneratedAlways<number>
    at: Instant
    /** Null where it was the operator, or nobody known. */
    actor: Optional<number>
    action: string
    /** The user to whom it was done: user:anna. */
    subject: Optional<string>
    module: Optional<string>
    record_id: Optional<string>
    details: Generated<Json>
  }
  comments: {
    id: string
    module: string
    record_id: string
    author: Optional<number>
    at: Instant
    text: string
    mentions: Generated<string[]>
    edited_at: OptionalInstant
  }
  /** Files that hang on records; their bytes lie in the data folder. */
  files: {
    id: string
    module: string
    record_id: string
    name: string
    /** The media type that whoever brought it said it is of. */
    type: string
    /** In bytes. */
    size: number
    sha256: Buffer
    /** What it is called on disk. */
    stored: string
    uploader: Optional<number>
    at: Instant
  }
  /** What somebody is told of; whether he sees it is asked when he reads. */
  notifications: {
    id: GeneratedAlways<number>
    receiver: number
    kind: 'changed' | 'mentioned' | 'assigned' | 'shared' | 'commented' | 'due' | 'breakGlass' | 'approval'
    /** Null, as is the record, where it is about the policy. */
    module: Optional<string>
    record_id: Optional<string>
    actor: Optional<number>
    at: Instant
    read_at: OptionalInstant
    /** The change of the policy that waits. */
    policy_change: Optional<number>
    /** Of a change, the fields. */
    fields: Generated<string[]>
    day: Optional<string>
    /** The mail that it went into. */
    mail: Optional<string>
    /** Nothing is left to mail of it. */
    is_mailed: Generated<boolean>
  }
  notification_settings: { person: number; kind: string; live: boolean; mail: 'off' | 'immediate' | 'digest' }
  /** What was done on a day, of what is done once a day. */
  notification_days: { what: string; day: string }
  mails: {
    id: string
    receiver: number
    kind: 'immediate' | 'digest'
    state: Generated<'waiting' | 'sent' | 'dropped'>
    tries: Generated<number>
    next_at: Instant
    created_at: Instant
  }
  /** Until when somebody wants to hear of changes at once. */
  live: { singleton: Generated<boolean>; until: Instant }
  jobs: {
    id: string
    kind: string
    state: Generated<'queued' | 'running' | 'done' | 'failed' | 'cancelled'>
    /** Who it acts for; null is the operator. */
    actor: Optional<number>
    created_at: Instant
    started_at: OptionalInstant
    /** Sign of life of the process that runs it. */
    alive_at: OptionalInstant
    finished_at: OptionalInstant
    done: Generated<number>
    total: Optional<number>
    input: Json
    result: OptionalJson
    error: Optional<string>
  }
  /** Which records an import made (`before` 0) and changed: from which version to which. Kept for as long as it can be undone. */
  import_rows: { import_id: string; record_id: string; before: number; after: number }
  /** How a person mapped the columns of files with such a header, the last time. */
  import_mappings: {
    actor: number
    module: string
    /** Of the header. */
    signature: string
    columns: Json
    mapping: Json
    options: Json
    used_at: Instant
  }
  /** Answers to requests that carried an `Idempotency-Key`. */
  idempotency: {
    actor: number
    key: string
    /** SHA-256 of method, path and body: the same key with another request is a mistake. */
    request: Buffer
    status: Optional<number>
    headers: OptionalJson
    body: Optional<string>
    created_at: Instant
  }
}

/** What it takes to reach an organization's tables. */
export interface OrganizationRef {
  readonly id: string
  readonly schema: string
  readonly role: string
}
