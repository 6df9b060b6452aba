import type { AudienceSchema, ExplanationSchema } from '@bailiwick/contract'
import type { Static } from 'typebox'
import { clean } from '../text/paragraph.ts'

export type Explained = Static<typeof ExplanationSchema>
export type Member = Static<typeof AudienceSchema>['items'][number]
type Grant = Explained['grants'][number]
type Cap = Explained['caps'][number]
type Missing = Explained['missing'][number]

/** Why a person reaches a record, in a sentence each (access model: grants). */
export function grantSentence(grant: Grant): string {
  const { kind, level, by = '', path = [], share } = grant
  const causes: Readonly<Record<string, string>> = {
    owner: 'owns it',
    team: `belongs to the team ${by}, which owns it`,
    leader: `leads the team ${by}, which its owner is in`,
    member: `is in the team ${by} with its owner`,
    peer: `has the role ${by}, as its owner has`,
    superior: `stands above its owner (${path.join(' > ')})`,
    default: 'is one of everyone, and the module is open to all',
    rule: `is reached by the sharing rule ${by}`,
    share: `has it shared with ${share?.with ?? 'him'}${untilOf(share?.expiresAt)}`,
    profile: `has the profile ${by}, which covers the whole module`,
    parent: `reaches what its field ${by} leads to`,
  }
  const isUnseen = NAMED.has(kind) && grant.by === undefined
  return clean(`${isUnseen ? 'for a reason that you can’t see' : (causes[kind] ?? `${kind} ${by}`.trim())}: ${level}`)
}

/** What comes of these is only told without its name where it turns on what one doesn't see. */
const NAMED: ReadonlySet<string> = new Set(['team', 'leader', 'member', 'rule'])

function untilOf(expiresAt: number | undefined): string {
  return expiresAt === undefined ? '' : ` until ${new Date(expiresAt).toISOString()}`
}

/** What lowers it again. */
export function capSentence({ kind, level, by }: Cap): string {
  const most = level === 'none' ? 'nothing is left' : `at most ${level} is left`
  if (kind === 'confidential') return `it is confidential: ${most}`
  return by === undefined ? `a restriction rule: ${most}` : `the restriction rule ${by}: ${most}`
}

/** What a no lacks. */
export function missingSentence({ kind, module, action, status, has, needs }: Missing): string {
  const causes: Readonly<Record<string, string>> = {
    user: 'there is no such person',
    module: 'there is no such module',
    licence: `the licence doesn't cover ${module}`,
    active: `the person is ${status}`,
    signIn: 'no profile lets the person sign in now',
    action: `no profile of the person grants ${action} on ${module}`,
    level: `the level is ${has}, and ${needs} is needed`,
    deleted: 'the record is deleted',
    grant: 'nothing reaches the record',
  }
  return causes[kind] ?? kind
}
