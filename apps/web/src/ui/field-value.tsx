import { IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Names } from '../lib/directory.ts'
import { isEmpty } from '../lib/fields.ts'
import { type Formats, useFormats } from '../lib/format.ts'
import type { FieldInfo } from '../lib/modules.ts'
import { useLabel } from '../lib/text.ts'
import { isMasked, nameOf, type Titles } from '../lib/titles.ts'
import { webAddress } from '../lib/web-address.ts'
import styles from './field-value.module.css'
import { PersonName } from './person-name.tsx'

const Reasoned = lazy(async () => ({ default: (await import('./reasoned.tsx')).Reasoned }))

interface Props {
  readonly field: FieldInfo
  readonly value: unknown
  /** Of looked-up records. */
  readonly titles?: Titles
  /** Of people and teams. */
  readonly names?: Names
  /** In one line, for a cell: long texts are cut, and nothing in it is stepped on by Tab but links. */
  readonly compact?: boolean
}

/** The value of a field, as its type is read: a person by his name, an address as a link, nothing as a quiet dash. */
export function FieldValue(props: Props) {
  if (isMasked(props.value)) return <MaskedValue value={props.value.masked} compact={props.compact} />
  if (isEmpty(props.value)) return <EmptyValue />
  return <KnownValue {...props} />
}

/** A quiet dash, which a screen reader hears as a word. */
export function EmptyValue({ label }: { readonly label?: string }) {
  const { t } = useTranslation()
  return (
    <span className={styles.quiet} role="img" aria-label={label ?? t('fields:empty')} title={label}>
      —
    </span>
  )
}

/** In a cell the reason shows by the pointer alone; elsewhere on focus too, which takes what is fetched then. */
function MaskedValue({ value, compact }: { readonly value: string; readonly compact?: boolean }) {
  const { t } = useTranslation()
  const reason = t('fields:masked', { value })
  const mask = (
    <span className={styles.masked} role="img" aria-label={reason} title={compact ? reason : undefined}>
      <IconLock size={14} stroke={1.6} aria-hidden />
      <bdi>{value}</bdi>
    </span>
  )
  if (compact) return mask
  return (
    <Suspense fallback={mask}>
      <Reasoned reason={reason}>{mask}</Reasoned>
    </Suspense>
  )
}

function KnownValue({ field, value, titles, names, compact }: Props) {
  const formats = useFormats()
  switch (field.type) {
    case 'boolean':
      return <YesOrNo isSo={value === true} />
    case 'email':
      return <TextLink href={`mailto:${value}`} text={String(value)} compact={compact} />
    case 'phone':
      return (
        <TextLink href={`tel:${String(value).replace(/[^+\d*#,;]/g, '')}`} text={String(value)} compact={compact} />
      )
    case 'url':
      return <WebLink value={String(value)} compact={compact} />
    case 'choice':
    case 'choices':
      return <Choices field={field} value={value} />
    case 'lookup':
      return <LookedUp field={field} id={String(value)} titles={titles} compact={compact} />
    case 'user':
      return <PersonName of={String(value)} names={names} />
    default:
      return <PlainText text={plainText(field, value, formats)} isLong={field.type === 'longText' && !compact} />
  }
}

function YesOrNo({ isSo }: { readonly isSo: boolean }) {
  const { t } = useTranslation()
  return isSo ? t('fields:yes') : t('fields:no')
}

function plainText({ type }: FieldInfo, value: unknown, formats: Formats): string {
  if (typeof value === 'number') {
    if (type === 'money') return formats.money(value)
    if (type === 'percent') return formats.percent(value)
    return type === 'integer' ? formats.integer(value) : formats.number(value)
  }
  if (type === 'date') return formats.date(String(value))
  return type === 'dateTime' ? formats.dateTime(String(value)) : nameOf(value)
}

function PlainText({ text, isLong }: { readonly text: string; readonly isLong: boolean }) {
  return <bdi className={isLong ? styles.long : undefined}>{text}</bdi>
}

function TextLink({
  href,
  text,
  compact,
}: {
  readonly href: string
  readonly text: string
  readonly compact?: boolean
}) {
  return (
    <a className={styles.link} href={href} tabIndex={compact ? -1 : undefined}>
      <bdi>{text}</bdi>
    </a>
  )
}

/** Leads to addresses of the web alone: any other is text. */
function WebLink({ value, compact }: { readonly value: string; readonly compact?: boolean }) {
  const address = webAddress(value)
  if (!address) return <bdi>{value}</bdi>
  return (
    <a
      className={styles.link}
      href={address}
      target="_blank"
      rel="noopener noreferrer nofollow"
      tabIndex={compact ? -1 : undefined}
    >
      <bdi dir="ltr">{value.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '')}</bdi>
    </a>
  )
}

function Choices({ field, value }: { readonly field: FieldInfo; readonly value: unknown }) {
  const values = Array.isArray(value) ? value.map(String) : [String(value)]
  return (
    <span className={styles.badges}>
      {values.map((one) => (
        <ChoiceBadge key={one} field={field} value={one} />
      ))}
    </span>
  )
}

/** An option of a choice, by its label. */
export function ChoiceBadge({ field, value }: { readonly field: FieldInfo; readonly value: string }) {
  const label = useLabel()
  const name = label(field.options?.find((option) => option.value === value)?.name, value)
  return (
    <span className={styles.badge}>
      <bdi>{name}</bdi>
    </span>
  )
}

interface LookedUpProps {
  readonly field: FieldInfo
  readonly id: string
  readonly titles?: Titles
  readonly compact?: boolean
}

/** A link to the record by its name; of one that the person can't read nothing is told but that it isn't his to see. */
function LookedUp({ field: { module }, id, titles, compact }: LookedUpProps): ReactNode {
  const title = titles?.get(id)
  if (module === undefined || title === null) return <Unreadable />
  if (title === undefined) return <span className={styles.quiet}>…</span>
  return (
    <Link className={styles.link} to="/records/$module/$id" params={{ module, id }} tabIndex={compact ? -1 : undefined}>
      <bdi>{title || id}</bdi>
    </Link>
  )
}

function Unreadable() {
  const { t } = useTranslation()
  return <EmptyValue label={t('fields:unreadable')} />
}
