/** What happens, as the server tells it (docs/api.md, Events). */
export interface LiveEvents {
  readonly notification: { readonly unread: number }
  readonly record: { readonly module: string; readonly id: string; readonly version: number }
  readonly comment: { readonly module: string; readonly id: string }
  readonly presence: { readonly module: string; readonly id: string; readonly people: readonly Present[] }
  readonly gone: { readonly module: string; readonly id: string }
  readonly policy: Readonly<Record<string, never>>
  readonly bye: { readonly reason: string }
}

/** Somebody who looks at a record, or edits it. */
export interface Present {
  readonly ref: string
  readonly name: string
  readonly editing: boolean
}

export type LiveName = keyof LiveEvents
export type Hear = <Name extends LiveName>(name: Name, data: LiveEvents[Name]) => void

/** What the stream is asked to tell of: records as `deals:<id>`, and modules whose lists are open. */
export interface Watched {
  readonly records: readonly string[]
  readonly modules: readonly string[]
}

const NAMES: readonly LiveName[] = ['notification', 'record', 'comment', 'presence', 'gone', 'policy', 'bye']
const AGAIN_MS = 3_000

/**
 * Listens until it is told to stop. Where the connection breaks it comes again by itself, and says so by `onAgain`: what was missed has to
 * be read anew.
 */
export function listenTo(watched: Watched, hear: Hear, onAgain: () => void): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let isFirst = true
  const open = () => {
    source = new EventSource(addressOf(watched))
    source.onopen = () => {
      if (!isFirst) onAgain()
      isFirst = false
    }
    // A refusal closes the stream for good; a broken connection is EventSource's own to mend.
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) again()
    }
    for (const name of NAMES) {
      source.addEventListener(name, ({ data }: MessageEvent<string>) => {
        hear(name, JSON.parse(data))
        if (name === 'bye') again()
      })
    }
  }
  const again = () => {
    source?.close()
    clearTimeout(timer)
    timer = setTimeout(open, AGAIN_MS)
  }
  open()
  return () => {
    clearTimeout(timer)
    source?.close()
  }
}

function addressOf({ records, modules }: Watched): string {
  const query = new URLSearchParams()
  if (records.length > 0) query.set('watch', records.join(','))
  if (modules.length > 0) query.set('module', modules.join(','))
  return `/api/v1/events?${query}`
}
