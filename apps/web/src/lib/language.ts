import { createContext, useContext } from 'react'

/** The language that the page speaks. To look it up here costs a cell of a table next to nothing; a hook for texts costs it more than its text. */
export const SpokenLanguage = createContext('en')

export function useLanguage(): string {
  return useContext(SpokenLanguage)
}
