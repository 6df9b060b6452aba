type Work = () => Promise<unknown>

const works = new Set<Work>()

/** What waits to be sent goes out before the session ends or becomes another organization's: afterwards it would be refused. */
export function beforeLeaving(work: Work): void {
  works.add(work)
}

/** Ends once all of it is sent, or has failed and said so. */
export async function sendWhatWaits(): Promise<void> {
  await Promise.all([...works].map((work) => work()))
}
