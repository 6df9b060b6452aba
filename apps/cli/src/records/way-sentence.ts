import { clean, counted } from '../text/paragraph.ts'
import type { Explained } from './sentences.ts'

type Way = NonNullable<Explained['ways']>[number]
type Change = Way['changes'][number]

/** What would have to be done, and how much it opens. */
export function waySentence({ changes, opens }: Way): string {
  const figures = [
    counted(opens.people, 'person', 'people'),
    counted(opens.records, 'record'),
    ...(opens.fields > 0 ? [counted(opens.fields, 'field')] : []),
  ]
  return clean(`${changes.map(changeSentence).join(', and ')} (opens, over ${figures.join(', ')})`)
}

function changeSentence({
  kind,
  user,
  level,
  profile,
  module,
  actions = [],
  field,
  access,
  group,
  rule,
}: Change): string {
  const sentences: Readonly<Record<string, string>> = {
    share: `share the record with ${user}: ${level}`,
    liftConfidential: 'let the record be confidential no more',
    restore: 'bring the record back from the recycle bin',
    activate: `make ${user} active`,
    giveProfile: `give ${user} the profile ${profile}`,
    grantActions: `let the profile ${profile} ${actions.join(' and ')} ${module}`,
    openField: `let the profile ${profile} ${access} ${field} of ${module}`,
    joinGroup: `take ${user} into the group ${group}`,
    exceptFromRestriction: `except ${user} from the restriction rule ${rule}`,
  }
  return sentences[kind] ?? kind
}
