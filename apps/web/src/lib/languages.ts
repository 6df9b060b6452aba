/** The languages that the page speaks, each under its own name. */
export const LANGUAGES = [
  { tag: 'en', name: 'English', dir: 'ltr' },
  { tag: 'fi', name: 'Suomi', dir: 'ltr' },
  { tag: 'sv', name: 'Svenska', dir: 'ltr' },
  { tag: 'ar', name: 'العربية', dir: 'rtl' },
  { tag: 'zh-Hans', name: '简体中文', dir: 'ltr' },
] as const

export type Language = (typeof LANGUAGES)[number]['tag']

const STORED = 'bailiwick.language'

/** What the person chose on this device, else what his browser asks for, else English. */
export function initialLanguage(): Language {
  const stored = localStorage.getItem(STORED)
  for (const wanted of [stored, ...navigator.languages]) {
    const known = wanted ? findLanguage(wanted) : undefined
    if (known) return known
  }
  return 'en'
}

/** The language of the page for a language tag of any length. */
export function findLanguage(tag: string): Language | undefined {
  const [first = ''] = tag.toLowerCase().split('-')
  return LANGUAGES.find(({ tag: known }) => known.toLowerCase().split('-')[0] === first)?.tag
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(STORED, language)
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr'
}

/**
 * The locale for numbers, dates and order: with the region that the browser names for this language, since regions differ in digits and
 * in the week's first day. Arabic without a region is Egypt's.
 */
export function localeOf(language: Language): string {
  const ofBrowser = navigator.languages.find((tag) => findLanguage(tag) === language && tag.includes('-'))
  if (ofBrowser) return ofBrowser
  return { en: 'en-GB', fi: 'fi-FI', sv: 'sv-SE', ar: 'ar-EG', 'zh-Hans': 'zh-Hans-CN' }[language]
}
