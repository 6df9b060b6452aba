import type { NoticeKind } from '../records/notices.ts'

/** What a mail says, in one language. In braces stands what is put in. */
export interface MailTexts {
  readonly direction: 'ltr' | 'rtl'
  /** For numbers. */
  readonly locale: string
  /** Between the parts of a list. */
  readonly comma: string
  readonly lines: Readonly<Record<NoticeKind, string>>
  /** Who did it, where whoever reads isn't told. */
  readonly nobody: string
  /** A record whose title the receiver doesn't see. */
  readonly untitled: string
  readonly several: string
  readonly digest: string
  readonly open: string
  readonly why: string
}

export const MAIL_LANGUAGES = ['en', 'fi', 'sv', 'ar', 'zh-Hans'] as const
export type MailLanguage = (typeof MAIL_LANGUAGES)[number]

/** Where somebody asks for a language that there are no texts in, or for none. */
export const USUAL_LANGUAGE: MailLanguage = 'en'

export const MAIL_TEXTS: Readonly<Record<MailLanguage, MailTexts>> = {
  en: {
    direction: 'ltr',
    locale: 'en-GB',
    comma: ', ',
    lines: {
      changed: '{by} changed {record}: {fields}',
      mentioned: '{by} mentioned you on {record}',
      assigned: '{record} is yours now, from {by}',
      shared: '{by} shared {record} with you',
      commented: '{by} commented on {record}',
      due: '{record} is due',
      breakGlass: '{by} broke the glass on {record}: full access for a while',
      approval: '{by} proposes a change of the policy, which waits for approval',
    },
    nobody: 'Somebody',
    untitled: 'a record',
    several: '{count} notifications from {organization}',
    digest: 'Your day in {organization}',
    open: 'Open',
    why: 'Your notification settings say that you get this mail; you can change them.',
  },
  fi: {
    direction: 'ltr',
    locale: 'fi-FI',
    comma: ', ',
    lines: {
      changed: '{by} muutti kohdetta {record}: {fields}',
      mentioned: '{by} mainitsi sinut kohteessa {record}',
      assigned: '{record} on nyt sinun, lähettäjänä {by}',
      shared: '{by} jakoi kanssasi kohteen {record}',
      commented: '{by} kommentoi kohdetta {record}',
      due: '{record} erääntyy',
      breakGlass: '{by} otti hätäpääsyn kohteeseen {record}: täydet oikeudet määräajaksi',
      approval: '{by} ehdottaa käytännön muutosta, joka odottaa hyväksyntää',
    },
    nobody: 'Joku',
    untitled: 'tietue',
    several: '{count} ilmoitusta: {organization}',
    digest: 'Päiväsi: {organization}',
    open: 'Avaa',
    why: 'Saat tämän viestin ilmoitusasetustesi mukaan; voit muuttaa niitä.',
  },
  sv: {
    direction: 'ltr',
    locale: 'sv-SE',
    comma: ', ',
    lines: {
      changed: '{by} ändrade {record}: {fields}',
      mentioned: '{by} nämnde dig i {record}',
      assigned: '{record} är din nu, från {by}',
      shared: '{by} delade {record} med dig',
      commented: '{by} kommenterade {record}',
      due: '{record} förfaller',
      breakGlass: '{by} tog nödåtkomst till {record}: full åtkomst en tid',
      approval: '{by} föreslår en ändring av policyn, som väntar på godkännande',
    },
    nobody: 'Någon',
    untitled: 'en post',
    several: '{count} aviseringar från {organization}',
    digest: 'Din dag i {organization}',
    open: 'Öppna',
    why: 'Du får detta meddelande enligt dina aviseringsinställningar; du kan ändra dem.',
  },
  ar: {
    direction: 'rtl',
    locale: 'ar-EG',
    comma: '، ',
    lines: {
      changed: 'غيّر {by} السجل {record}: {fields}',
      mentioned: 'أشار إليك {by} في {record}',
      assigned: 'أصبح {record} لك الآن، من {by}',
      shared: 'شارك {by} معك {record}',
      commented: 'علّق {by} على {record}',
      due: 'حان موعد {record}',
      breakGlass: 'استخدم {by} الوصول الطارئ إلى {record}: وصول كامل لفترة محددة',
      approval: 'يقترح {by} تغييرًا في السياسة ينتظر الموافقة',
    },
    nobody: 'شخص ما',
    untitled: 'سجل',
    several: 'إشعارات من {organization}: {count}',
    digest: 'يومك في {organization}',
    open: 'فتح',
    why: 'تصلك هذه الرسالة وفق إعدادات الإشعارات لديك، ويمكنك تغييرها.',
  },
  'zh-Hans': {
    direction: 'ltr',
    locale: 'zh-Hans-CN',
    comma: '、',
    lines: {
      changed: '{by} 更改了 {record}：{fields}',
      mentioned: '{by} 在 {record} 中提到了你',
      assigned: '{record} 现在由你负责，来自 {by}',
      shared: '{by} 与你共享了 {record}',
      commented: '{by} 评论了 {record}',
      due: '{record} 已到期',
      breakGlass: '{by} 对 {record} 使用了紧急访问：限时完全权限',
      approval: '{by} 提议更改策略，等待批准',
    },
    nobody: '某人',
    untitled: '一条记录',
    several: '来自 {organization} 的 {count} 条通知',
    digest: '你在 {organization} 的一天',
    open: '打开',
    why: '你根据自己的通知设置收到此邮件，可以随时更改设置。',
  },
}

/** The texts of the language that somebody asks for, as near as there are any. */
export function mailLanguage(wish: string | undefined): MailLanguage {
  const found = MAIL_LANGUAGES.find((one) => one === wish || one === wish?.split('-')[0])
  return found ?? (wish?.startsWith('zh') ? 'zh-Hans' : USUAL_LANGUAGE)
}
