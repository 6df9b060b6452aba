export const COMPOSER = 'record-composer'

/** Puts the caret where a comment is written, if the person may write one. */
export function focusComposer(): void {
  document.getElementById(COMPOSER)?.focus()
}
