import { checkDocument } from '@bailiwick/access'
import type { OrganizationParts } from '../organizations/organization-parts.ts'
import type { RecordsParts } from '../records/parts.ts'
import { createDemo } from './create-demo.ts'
import { readDemoPolicy } from './demo-files.ts'
import type { DemoProgress } from './demo-parts.ts'
import { signInList } from './demo-people.ts'
import { wireDemo } from './wire-demo.ts'

/** Where the demonstration says what it does, a line at a time. */
type Say = (line: string) => void

/**
 * Makes the demonstration company where it is missing, and says who can sign in.
 * @param password everybody's, the same at every start of this installation
 */
export async function prepareDemo(parts: OrganizationParts & RecordsParts, password: string, say: Say): Promise<void> {
  const { document } = checkDocument(readDemoPolicy(), { catalogue: parts.catalogue })
  if (!document) throw new Error('The demonstration’s policy has problems.')
  const onProgress = progressBySteps(say)
  const { created, people, warts } = await createDemo(wireDemo(parts), {
    document,
    now: parts.now(),
    password,
    onProgress,
  })
  if (created) for (const wart of warts) say(`the company’s files: ${wart.wart}, in ${wart.rows} rows. ${wart.handled}`)
  for (const line of signInList(people, password).split('\n')) say(line)
}

/** One line a step. */
function progressBySteps(say: Say): (progress: DemoProgress) => void {
  let last = ''
  return ({ step, done, total }) => {
    if (step !== last) say(`demonstration: ${step} (${done} of ${total} records)`)
    last = step
  }
}
