import type { Key, Policy } from '@bailiwick/access'
import type { Notice } from '../records/read-notices.ts'
import { escaped, lineOf, type MailLine } from './mail-line.ts'
import { MAIL_TEXTS, type MailLanguage, type MailTexts } from './mail-texts.ts'

export interface MailText {
  readonly subject: string
  readonly text: string
  readonly html: string
}

export interface MailSubject {
  readonly kind: 'immediate' | 'digest'
  readonly organization: string
  readonly language: MailLanguage
  readonly policy: Policy
  /** Without a slash at the end; where it isn't known, a mail has no links. */
  readonly publicUrl?: string
}

interface LinkedLine extends MailLine {
  readonly link: string | undefined
}

/** A mail about notifications that its receiver sees, of which there must be one at least. */
export function composeMail(about: MailSubject, notices: readonly Notice[]): MailText {
  const texts = MAIL_TEXTS[about.language]
  const lines = notices.map((notice) => ({ ...lineAbout(about, texts, notice), link: linkTo(about, notice) }))
  const items = lines.flatMap(({ text, link }) => [`* ${text}`, ...(link ? [`  ${link}`] : [])])
  return {
    subject: subjectOf(about, texts, lines),
    text: [...items, '', texts.why, ''].join('\n'),
    html: htmlOf(about, texts, lines),
  }
}

function subjectOf(
  { kind, organization, language }: MailSubject,
  texts: MailTexts,
  lines: readonly MailLine[],
): string {
  if (kind === 'digest') return lineOf(language, texts.digest, { organization }).text
  const [only] = lines
  if (only && lines.length === 1) return only.text
  const count = new Intl.NumberFormat(texts.locale).format(lines.length)
  return lineOf(language, texts.several, { organization, count }).text
}

function lineAbout({ policy, language }: MailSubject, texts: MailTexts, notice: Notice): MailLine {
  const { title = null } = notice.record ?? {}
  const by = notice.by === null ? texts.nobody : nameOfPerson(policy, notice.by)
  const { module = '', fields = [] } = notice
  const names = fields.map((field) => nameOfField(policy, module, field, language))
  const record = title === null ? texts.untitled : typeof title === 'string' ? title : title.masked
  return lineOf(language, texts.lines[notice.kind], { by, record, fields: names.join(texts.comma) })
}

function nameOfPerson({ users }: Policy, ref: string): string {
  const key = ref.replace(/^user:/, '')
  return users.get(key)?.name ?? key
}

function nameOfField({ modules }: Policy, module: Key, key: Key, language: MailLanguage): string {
  const name = modules.get(module)?.fields.get(key)?.name ?? key
  return typeof name === 'string' ? name : (name[language] ?? name.en ?? key)
}

function linkTo({ publicUrl }: MailSubject, { module, record }: Notice): string | undefined {
  if (publicUrl === undefined) return undefined
  if (module === undefined || !record) return `${publicUrl}/admin/versions`
  return `${publicUrl}/records/${encodeURIComponent(module)}/${encodeURIComponent(record.id)}`
}

function htmlOf({ language }: MailSubject, texts: MailTexts, lines: readonly LinkedLine[]): string {
  const items = lines.map(({ html, link }) => {
    const open = link ? ` <a href="${escaped(link)}">${escaped(texts.open)}</a>` : ''
    return `<li style="margin:0 0 .6em">${html}${open}</li>`
  })
  return `<!doctype html><html lang="${language}" dir="${texts.direction}"><head><meta charset="utf-8"></head><body dir="${texts.direction}" style="font:15px/1.5 system-ui,sans-serif;color:#222;max-width:40em"><ul style="padding-inline-start:1.2em">${items.join('')}</ul><p style="color:#666;font-size:13px">${escaped(texts.why)}</p></body></html>`
}
