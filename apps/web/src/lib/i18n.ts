import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { isolate } from './isolate.ts'
import { directionOf, type Language, rememberLanguage } from './languages.ts'

type Texts = Readonly<Record<string, unknown>>

/** One chunk a language, of the texts of every feature together; each file is a namespace, by its folder's name. */
const LOADERS: Readonly<Record<Language, () => Promise<{ readonly texts: Readonly<Record<string, Texts>> }>>> = {
  en: () => import('../texts/en.ts'),
  fi: () => import('../texts/fi.ts'),
  sv: () => import('../texts/sv.ts'),
  ar: () => import('../texts/ar.ts'),
  'zh-Hans': () => import('../texts/zh-hans.ts'),
}

let speaking: Language = 'en'

/** Makes the page speak a language, before anything is drawn. */
export async function startTexts(language: Language): Promise<i18n> {
  speaking = language
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    // React escapes for HTML; what is left is to keep names from turning the sentence that they stand in.
    interpolation: { escape: (value) => isolate(speaking, value) },
    resources: { [language]: await load(language) },
    returnNull: false,
  })
  dress(language)
  return i18next
}

/** Changes the language of the page, on this device from now on. */
export async function speak(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'common')) {
    for (const [namespace, texts] of Object.entries(await load(language))) {
      i18next.addResourceBundle(language, namespace, texts)
    }
  }
  dress(language)
  rememberLanguage(language)
  await i18next.changeLanguage(language)
}

async function load(language: Language): Promise<Record<string, Texts>> {
  const [{ texts }] = await Promise.all([LOADERS[language](), loadScript(language)])
  return { ...texts }
}

/** Letters that Inter lacks come with the language that needs them. */
async function loadScript(language: Language): Promise<void> {
  if (language === 'ar') await import('@fontsource-variable/noto-sans-arabic/index.css')
  if (language === 'zh-Hans') await import('@fontsource-variable/noto-sans-sc/index.css')
}

function dress(language: Language): void {
  speaking = language
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
}
