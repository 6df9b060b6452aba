import { SingleBar } from 'cli-progress'

/** Shows how far something is that takes longer than a second, on a terminal alone. */
export interface Progress {
  /** @param total nothing where it isn't known yet */
  update(step: string, done: number, total: number | null | undefined): void
  stop(): void
}

const SHOWN_AFTER_MS = 1_000
const FORMAT = '{step} {bar} {percentage}%'

/** On standard error, which results never go to. */
export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return { update: () => {}, stop: () => {} }
  const bar = new SingleBar({ stream, format: FORMAT, clearOnComplete: true, hideCursor: true, barsize: 24 })
  const from = performance.now()
  let isShown = false
  return {
    update: (step, done, total) => {
      if (performance.now() - from < SHOWN_AFTER_MS || !total) return
      if (!isShown) bar.start(total, done, { step })
      isShown = true
      bar.setTotal(total)
      bar.update(Math.min(done, total), { step })
    },
    stop: () => {
      if (isShown) bar.stop()
    },
  }
}

const CLEAR_LINE = '\r\u001b[2K'

/** Says what is being done once that has taken a second, where nothing tells how far it is; on a terminal alone. */
export async function sayingSo<Result>(
  what: string,
  work: Promise<Result>,
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
): Promise<Result> {
  if (!stream.isTTY) return work
  let isSaid = false
  const timer = setTimeout(() => {
    stream.write(`${what} …`)
    isSaid = true
  }, SHOWN_AFTER_MS)
  try {
    return await work
  } finally {
    clearTimeout(timer)
    if (isSaid) stream.write(CLEAR_LINE)
  }
}
