import type { Text } from '@bailiwick/access'

/** A name in each language of the page. */
export function named(en: string, fi: string, sv: string, ar: string, zhHans: string): Text {
  return { en, fi, sv, ar, 'zh-Hans': zhHans }
}

/** What the proposed roles, profiles and teams are called. */
export const NAMES = {
  sales: named('Sales', 'Myynti', 'Försäljning', 'المبيعات', '销售'),
  'sales-manager': named('Sales manager', 'Myyntipäällikkö', 'Försäljningschef', 'مدير المبيعات', '销售经理'),
  support: named('Support', 'Tuki', 'Support', 'الدعم', '客服'),
  'support-lead': named('Support lead', 'Tuen vetäjä', 'Supportansvarig', 'مسؤول الدعم', '客服主管'),
  marketing: named('Marketing', 'Markkinointi', 'Marknadsföring', 'التسويق', '市场'),
  management: named('Management', 'Johto', 'Ledning', 'الإدارة', '管理层'),
  'data-entry': named('Data entry', 'Tietojen syöttö', 'Inmatning', 'إدخال البيانات', '数据录入'),
  auditor: named('Auditor', 'Tarkastaja', 'Granskare', 'المدقق', '审计员'),
} as const

export type NamedKey = keyof typeof NAMES
