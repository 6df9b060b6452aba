import type { MailLanguage } from '../notifications/mail-texts.ts'

/** What an invitation says, in one language. In braces stands what is put in. */
export interface InvitationTexts {
  readonly subject: string
  readonly line: string
  readonly open: string
  readonly good: string
  readonly ignore: string
}

export const INVITATION_TEXTS: Readonly<Record<MailLanguage, InvitationTexts>> = {
  en: {
    subject: 'Your sign-in for {organization}',
    line: '{by} invites you to {organization}. Choose a password to begin.',
    open: 'Begin',
    good: 'The link is good once, for seven days.',
    ignore: 'If you did not expect this, do nothing.',
  },
  fi: {
    subject: 'Kirjautumisesi: {organization}',
    line: '{by} kutsuu sinut: {organization}. Aloita valitsemalla salasana.',
    open: 'Aloita',
    good: 'Linkki toimii kerran, seitsemän päivän ajan.',
    ignore: 'Jos et odottanut tätä, sinun ei tarvitse tehdä mitään.',
  },
  sv: {
    subject: 'Din inloggning för {organization}',
    line: '{by} bjuder in dig till {organization}. Välj ett lösenord för att börja.',
    open: 'Börja',
    good: 'Länken gäller en gång, i sju dagar.',
    ignore: 'Om du inte väntade dig detta behöver du inte göra något.',
  },
  ar: {
    subject: 'تسجيل دخولك إلى {organization}',
    line: 'يدعوك {by} إلى {organization}. اختر كلمة مرور لتبدأ.',
    open: 'ابدأ',
    good: 'الرابط صالح مرة واحدة، لمدة سبعة أيام.',
    ignore: 'إذا لم تكن تتوقع هذه الرسالة فلا تفعل شيئًا.',
  },
  'zh-Hans': {
    subject: '{organization} 的登录邀请',
    line: '{by} 邀请你加入 {organization}。设置密码即可开始。',
    open: '开始',
    good: '链接仅可使用一次，七天内有效。',
    ignore: '如果你没有预料到此邮件，无需任何操作。',
  },
}
