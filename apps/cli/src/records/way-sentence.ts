import { clean, counted } from '../text/paragraph.ts'
import type { Explained } from './sentences.ts'

type Way = NonNullable<Explained['ways']>[number]
type Change = Way['changes'][number]

/** What would have to be done, and how much it opens. */
export function waySentence({ changes, opens }: Way): string {
  const figures = [
    counted(opens.people, 'person', 'people'),
    counted(opens.records, 'record'),
    counted(opens.actions, 'action'),
    ...(opens.fields > 0 ? [counted(opens.fields, 'field')] : []),
    ...(opens.permissions > 0 ? [counted(opens.permissions, 'permission')] : []),
  ]
  return clean(`${changes.map(changeSentence).join(', and ')} (opens, over ${figures.join(', ')})`)
}

const SENTENCES: Readonly<Record<string, (change: Change) => string>> = {
  share: (change) => `share ${recordOf(change)} with ${change.user}: ${change.level}`,
  transfer: (change) => `transfer ${recordOf(change)} to ${change.to}, its shares kept`,
  liftConfidential: (change) => `let ${recordOf(change)} be confidential no more`,
  restore: (change) => `bring ${recordOf(change)} back from the recycle bin`,
  activate: ({ user }) => `make ${user} active`,
  giveProfile: ({ user, profile }) => `give ${user} the profile ${profile}`,
  joinGroup: ({ user, group }) => `take ${user} into the group ${group}`,
  joinTeam: ({ user, team, leads }) =>
    leads ? `let ${user} lead the team ${team}` : `take ${user} into the team ${team}`,
  takeRole: ({ user, role }) => `move ${user} to the role ${role}`,
  reportTo: ({ user, manager }) => `let ${user} report to ${manager}`,
  grantActions: ({ profile, actions = [], module }) => `let the profile ${profile} ${actions.join(' and ')} ${module}`,
  openField: ({ profile, access, field, module }) => `let the profile ${profile} ${access} ${field} of ${module}`,
  giveClearance: ({ profile, clearance }) => `clear the profile ${profile} for what is ${clearance}`,
  allowHours: ({ profile, window }) => `let the profile ${profile} sign in ${windowText(window)}`,
  allowNetwork: ({ profile, network }) => `let the profile ${profile} sign in from ${network}`,
  exceptFromRestriction: ({ user, rule }) => `except ${user} from the restriction rule ${rule}`,
  license: ({ module }) => `license ${module}`,
}

function changeSentence(change: Change): string {
  return SENTENCES[change.kind]?.(change) ?? change.kind
}

/** The record that was asked about, or a parent of it. */
function recordOf({ on }: Change): string {
  return on ? `the record of ${on.module} above it${on.id === undefined ? '' : ` (${on.id})`}` : 'the record'
}

function windowText(window: Change['window']): string {
  return window ? `${window.days.join('/')} ${window.from}–${window.to} ${window.timeZone ?? ''}`.trim() : 'then'
}
