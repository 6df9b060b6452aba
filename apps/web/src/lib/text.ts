import { useLanguage } from './language.ts'

/** A text of the policy document: one for all languages, or one for each. */
export type LabelText = string | Readonly<Record<string, string>>

/** A label in a language, else in its base language, English, or whatever there is. */
export function labelIn(language: string, text: LabelText | undefined, otherwise = ''): string {
  if (text === undefined) return otherwise
  if (typeof text === 'string') return text
  const [base = ''] = language.split('-')
  return text[language] ?? text[base] ?? text.en ?? Object.values(text)[0] ?? otherwise
}

/** Reads labels in the language of the page. */
export function useLabel(): (text: LabelText | undefined, otherwise?: string) => string {
  const language = useLanguage()
  return (text, otherwise) => labelIn(language, text, otherwise)
}
