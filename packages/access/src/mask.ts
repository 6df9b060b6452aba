import type { Mask } from './document.ts'

const HIDDEN = '••••'

/** What a masked value shows. Empty stays empty; a value too short to hide anything shows nothing of itself. */
export function maskValue(value: string | number | boolean | readonly string[], mask: Mask): string {
  if (typeof value !== 'string' && typeof value !== 'number') return HIDDEN
  const text = String(value)
  if (mask === 'last4') return last4(text)
  if (mask === 'email') return email(text)
  if (mask === 'initials') return initials(text)
  return HIDDEN
}

function last4(text: string): string {
  const characters = [...text.trim()]
  return characters.length >= 8 ? `${HIDDEN} ${characters.slice(-4).join('')}` : HIDDEN
}

function email(text: string): string {
  const at = text.lastIndexOf('@')
  const first = [...text.slice(0, at)][0]
  return at > 1 && first !== undefined ? `${first}${HIDDEN}${text.slice(at)}` : HIDDEN
}

function initials(text: string): string {
  const words = text.split(/\s+/u).filter((word) => word !== '')
  return words.length === 0 ? HIDDEN : words.map((word) => `${[...word][0] ?? ''}.`).join(' ')
}
