import type { Key, Policy } from '@bailiwick/access'
import type { Notice } from '../records/read-notices.ts'
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

/** Longer subjects are cut by those who show them. */
const LONGEST_SUBJECT = 150

/** A mail about notifications that its receiver sees, of which there must be one at least. */
export function composeMail(about: MailSubject, notices: readonly Notice[]): MailText {
  const texts = MAIL_TEXTS[about.language]
  const lines = notices.map((notice) => ({ text: lineOf(about, texts, notice), link: linkTo(about, notice) }))
  return {
    subject: oneLine(
      subjectOf(
        about,
        texts,
        lines.map(({ text }) => text),
      ),
    ),
    text: [...lines.flatMap(({ text, link }) => [`* ${text}`, ...(link ? [`  ${link}`] : [])]), '', texts.why, ''].join(
      '\n',
    ),
    html: htmlOf(about, texts, lines),
  }
}

function subjectOf({ kind, organization }: MailSubject, texts: MailTexts, lines: readonly string[]): string {
  if (kind === 'digest') return filled(texts.digest, { organization })
  const [only = ''] = lines
  return lines.length === 1 ? only : filled(texts.several, { organization, count: String(lines.length) })
}

function lineOf({ policy, language }: MailSubject, texts: MailTexts, notice: Notice): string {
  const { title } = notice.record
  const by = notice.by === null ? texts.nobody : nameOfPerson(policy, notice.by)
  const fields = (notice.fields ?? []).map((field) => nameOfField(policy, notice.module, field, language)).join(', ')
  const record = title === null ? texts.untitled : typeof title === 'string' ? title : title.masked
  return oneLine(filled(texts.lines[notice.kind], { by, record, fields }))
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
  return publicUrl && `${publicUrl}/records/${encodeURIComponent(module)}/${encodeURIComponent(record.id)}`
}

/** All at once, so that what is put in isn't read for braces again. */
export function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? '')
}

/** Whatever a title holds, it begins no new line, and no new header. */
export function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  return line.length > LONGEST_SUBJECT ? `${line.slice(0, LONGEST_SUBJECT)}…` : line
}

function htmlOf(
  { language }: MailSubject,
  texts: MailTexts,
  lines: readonly { readonly text: string; readonly link: string | undefined }[],
): string {
  const items = lines.map(({ text, link }) => {
    const open = link ? ` <a href="${escaped(link)}">${escaped(texts.open)}</a>` : ''
    return `<li style="margin:0 0 .6em">${escaped(text)}${open}</li>`
  })
  return `<!doctype html><html lang="${language}" dir="${texts.direction}"><head><meta charset="utf-8"></head><body dir="${texts.direction}" style="font:15px/1.5 system-ui,sans-serif;color:#222;max-width:40em"><ul style="padding-inline-start:1.2em">${items.join('')}</ul><p style="color:#666;font-size:13px">${escaped(texts.why)}</p></body></html>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** As text within HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one)
}
