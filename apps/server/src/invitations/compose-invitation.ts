import type { MailText } from '../notifications/compose-mail.ts'
import { escaped, lineOf } from '../notifications/mail-line.ts'
import { MAIL_TEXTS, mailLanguage } from '../notifications/mail-texts.ts'
import { INVITATION_TEXTS } from './invitation-texts.ts'

export interface InvitationMail {
  readonly organization: string
  /** Who invites; nothing where it is the operator. */
  readonly inviter: string | undefined
  readonly link: string
  readonly language: string | undefined
}

/** The mail with the link, in the language asked for. */
export function composeInvitation({ organization, inviter, link, language: wish }: InvitationMail): MailText {
  const language = mailLanguage(wish)
  const { direction } = MAIL_TEXTS[language]
  const texts = INVITATION_TEXTS[language]
  const values = { organization, by: inviter ?? organization }
  const line = lineOf(language, texts.line, values)
  return {
    subject: lineOf(language, texts.subject, values).text,
    text: [line.text, '', link, '', texts.good, texts.ignore, ''].join('\n'),
    html: `<!doctype html><html lang="${language}" dir="${direction}"><head><meta charset="utf-8"></head><body dir="${direction}" style="font:15px/1.5 system-ui,sans-serif;color:#222;max-width:40em"><p>${line.html}</p><p><a href="${escaped(link)}">${escaped(texts.open)}</a></p><p style="color:#666;font-size:13px">${escaped(texts.good)}<br>${escaped(texts.ignore)}</p></body></html>`,
  }
}
