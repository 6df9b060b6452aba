import { randomUUIDv7 } from 'node:crypto'
import type { RunningJob } from '../jobs/job.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'

/** For tests of work that the program gives itself: a job in hand, which `goOn` may stop. */
export function runningJob(organization: OrganizationPlace, goOn: () => void = () => {}): RunningJob {
  return {
    id: randomUUIDv7(),
    organization,
    input: undefined,
    saved: undefined,
    actor: () => Promise.reject(new Error('Nobody asked for it')),
    goOn,
    hold: async () => {},
    save: async () => {},
  }
}
