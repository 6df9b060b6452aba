import { NOTICE_KINDS, type NoticeKind } from '../records/notices.ts'

export type MailWish = 'off' | 'immediate' | 'digest'

/** How somebody wants to be told of one kind. */
export interface KindSetting {
  /** Whether it counts as unread, and is told at once on an open page. */
  readonly live: boolean
  readonly mail: MailWish
}

export type Settings = Readonly<Record<NoticeKind, KindSetting>>

/** As long as he sets nothing else: at once what is meant for him, once a day what he may want to know. */
export const USUAL_SETTINGS: Settings = {
  changed: { live: true, mail: 'digest' },
  mentioned: { live: true, mail: 'immediate' },
  assigned: { live: true, mail: 'immediate' },
  shared: { live: true, mail: 'digest' },
  commented: { live: true, mail: 'digest' },
  due: { live: true, mail: 'digest' },
  breakGlass: { live: true, mail: 'immediate' },
  approval: { live: true, mail: 'immediate' },
}

/** The kinds that aren't muted. */
export function liveKinds(settings: Settings): NoticeKind[] {
  return NOTICE_KINDS.filter((kind) => settings[kind].live)
}
