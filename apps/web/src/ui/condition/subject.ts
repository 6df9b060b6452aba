import { createContext, use } from 'react'
import type { FieldInfo } from '../../lib/modules.ts'

/** What a condition is about, and who asks. */
export interface Subject {
  /** The fields that it can turn on. */
  readonly fields: readonly FieldInfo[]
  /** All fields that have a name here: one that a condition turns on already is called so, offered or not. */
  readonly known: readonly FieldInfo[]
  /** The person who asks is whoever builds the condition, or anybody whom a rule is about. */
  readonly asker: 'me' | 'anybody'
  /** What is known of people, and can be compared with. */
  readonly attributes: readonly string[]
}

export const SubjectContext = createContext<Subject | undefined>(undefined)

export function useSubject(): Subject {
  const subject = use(SubjectContext)
  if (!subject) throw new Error('There is nothing here that a condition could be about.')
  return subject
}
