import { checkDocument } from '@bailiwick/access'
import type { OrganizationParts } from '../organizations/organization-parts.ts'
import type { RecordsParts } from '../records/parts.ts'
import { createDemo, DEMO_SLUG } from './create-demo.ts'
import { readDemoPolicy } from './demo-files.ts'
import type { DemoParts, DemoProgress } from './demo-parts.ts'
import { type SignIn, signInList, signInsOf } from './demo-people.ts'
import { requireOrganization, wireDemo } from './wire-demo.ts'

/** Where the demonstration says what it does, a line at a time. */
type Say = (line: string) => void

/**
 * Makes the demonstration company where it is missing, and says who can sign in. One that was thrown away stays away, unless it is asked for
 * again.
 * @param password everybody's, the same at every start of this installation
 */
export async function prepareDemo(
  parts: OrganizationParts & RecordsParts,
  { password, again }: { readonly password: string; readonly again: boolean },
  say: Say,
): Promise<void> {
  const demo = wireDemo(parts)
  const standing = await demo.findOrganization(DEMO_SLUG)
  if (standing === undefined && !again && (await wasThrownAway(parts))) {
    say('The demonstration company was thrown away. BAILIWICK_DEMO=again makes it anew.')
    return
  }
  const stands = standing === 'complete'
  const people = stands ? await peopleOf(parts) : await makeDemo(parts, demo, password, say)
  for (const line of signInList(people, password).split('\n')) say(line)
}

async function wasThrownAway({ database }: OrganizationParts): Promise<boolean> {
  const query = database.control.selectFrom('thrown_away').select('slug').where('slug', '=', DEMO_SLUG)
  return (await query.executeTakeFirst()) !== undefined
}

/** Whoever may sign in as the company's policy stands now: it may have been changed since it came. */
async function peopleOf(parts: OrganizationParts): Promise<readonly SignIn[]> {
  const organization = await requireOrganization(parts, DEMO_SLUG)
  return signInsOf((await parts.policies.confirm(organization)).document)
}

async function makeDemo(
  { catalogue, now }: OrganizationParts & RecordsParts,
  demo: DemoParts,
  password: string,
  say: Say,
): Promise<readonly SignIn[]> {
  const { document } = checkDocument(readDemoPolicy(), { catalogue })
  if (!document) throw new Error('The demonstration’s policy has problems.')
  const onProgress = progressBySteps(say)
  const { people, warts } = await createDemo(demo, { document, now: now(), password, onProgress })
  for (const wart of warts) say(`the company’s files: ${wart.wart}, in ${wart.rows} rows. ${wart.handled}`)
  return people
}

/** One line a step. */
function progressBySteps(say: Say): (progress: DemoProgress) => void {
  let last = ''
  return ({ step, done, total }) => {
    if (step !== last) say(`demonstration: ${step} (${done} of ${total} records)`)
    last = step
  }
}
