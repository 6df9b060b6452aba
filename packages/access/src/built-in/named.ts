import type { FieldOption, Text } from '../document.ts'

/** A name in the five languages that the product speaks: English, Finnish, Swedish, Arabic and simplified Chinese. */
export function named(en: string, fi: string, sv: string, ar: string, zhHans: string): Text {
  return { en, fi, sv, ar, 'zh-Hans': zhHans }
}

/** An option of a choice; its English name is the stored value, so that files of other systems fit as they are. */
export function option(value: string, fi: string, sv: string, ar: string, zhHans: string): FieldOption {
  return { value, name: named(value, fi, sv, ar, zhHans) }
}
