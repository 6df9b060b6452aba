import type { PolicyDocument } from '@bailiwick/access'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { policyQuery } from './policy-queries.ts'

/** The policy as it is being edited: nothing of it counts before it is applied. */
export interface Draft {
  /** What is in force. */
  readonly base: PolicyDocument
  readonly version: string
  readonly document: PolicyDocument
  readonly isChanged: boolean
  change(next: PolicyDocument): void
  canUndo: boolean
  undo(): void
  /** Forgets all changes. */
  discard(): void
}

const Context = createContext<Draft | undefined>(undefined)
const STORED = 'bailiwick.policy-draft'

interface Kept {
  readonly version: string
  readonly steps: readonly PolicyDocument[]
}

/** Loads the policy; a draft that was left, by a reload or the end of a session, is there again. */
export function DraftProvider({ children }: { readonly children: ReactNode }) {
  const { data } = useSuspenseQuery(policyQuery)
  const [kept, setKept] = useState<Kept>(() => readKept(data.version))
  const steps = kept.version === data.version ? kept.steps : []
  const draft = useMemo<Draft>(() => {
    const keep = (next: readonly PolicyDocument[]) => {
      const now = { version: data.version, steps: next }
      setKept(now)
      if (next.length > 0) sessionStorage.setItem(STORED, JSON.stringify(now))
      else sessionStorage.removeItem(STORED)
    }
    const document = steps.at(-1) ?? data.document
    return {
      base: data.document,
      version: data.version,
      document,
      isChanged: JSON.stringify(document) !== JSON.stringify(data.document),
      change: (next) => keep([...steps, next].slice(-MOST_STEPS)),
      canUndo: steps.length > 0,
      undo: () => keep(steps.slice(0, -1)),
      discard: () => keep([]),
    }
  }, [data, steps])
  return <Context value={draft}>{children}</Context>
}

const MOST_STEPS = 20

function readKept(version: string): Kept {
  const stored = sessionStorage.getItem(STORED)
  const kept: Kept | undefined = stored ? JSON.parse(stored) : undefined
  return kept?.version === version ? kept : { version, steps: [] }
}

export function useDraft(): Draft {
  const draft = useContext(Context)
  if (!draft) throw new Error('There is no draft here.')
  return draft
}
