import { useTranslation } from 'react-i18next'
import { useNames } from '../../lib/directory.ts'
import { useFieldName } from '../../lib/field-names.ts'
import { fieldsOf } from '../../lib/fields.ts'
import { useFormats } from '../../lib/format.ts'
import type { FieldInfo, ModuleInfo } from '../../lib/modules.ts'
import { useLabel } from '../../lib/text.ts'
import { useTitles } from '../../lib/titles.ts'
import {
  type Comparison,
  isAsker,
  isAttribute,
  isComparison,
  isGroup,
  isOrder,
  isToday,
  type Part,
} from './condition.ts'

/** Says conditions in words: "Amount is at least 5,000". */
export function useWords(module: ModuleInfo, parts: readonly Part[]): (part: Part) => string {
  const { t } = useTranslation()
  const nameOf = useFieldName()
  const valueText = useValueText(module, parts)
  const fields = fieldsOf(module)
  const say = (part: Part): string => {
    if (isGroup(part)) return t(`condition:joined.${part.join}`, { parts: part.parts.map(say).join('; ') })
    if (!isComparison(part)) return JSON.stringify(part.whole)
    const field = fields.get(part.field)
    const value = field ? valueText(field, part.value) : ''
    const said = { field: field ? nameOf(field) : part.field, value }
    const isDay = field?.type === 'date' || field?.type === 'dateTime'
    return isDay && isOrder(part.op) ? t(`condition:dayWords.${part.op}`, said) : t(`condition:words.${part.op}`, said)
  }
  return say
}

function useValueText(module: ModuleInfo, parts: readonly Part[]) {
  const { t } = useTranslation()
  const label = useLabel()
  const formats = useFormats()
  const fields = fieldsOf(module)
  const compared = parts.flatMap(comparisonsIn)
  const ofType = (type: string) => compared.filter(({ field }) => fields.get(field)?.type === type)
  const names = useNames(ofType('user').flatMap(({ value }) => texts(value).map(refOf)))
  const titles = useTitles(lookedUp(fields, ofType('lookup')))
  return (field: FieldInfo, value: unknown): string => {
    if (Array.isArray(value)) return formats.list(value.map((one) => single(field, one)))
    return single(field, value)
  }
  function single(field: FieldInfo, value: unknown): string {
    if (isAsker(value)) return t('condition:asker.me')
    if (isAttribute(value)) return t('condition:myAttribute', { attribute: value.user })
    if (isToday(value)) return dayWords(value.today)
    if (typeof value === 'boolean') return t(value ? 'fields:yes' : 'fields:no')
    if (typeof value === 'number') return field.type === 'percent' ? formats.percent(value) : formats.number(value)
    const text = String(value ?? '')
    switch (field.type) {
      case 'choice':
      case 'choices':
        return label(field.options?.find((option) => option.value === text)?.name, text)
      case 'user':
        return label(names.get(refOf(text))?.name, text)
      case 'lookup':
        return titles.get(text) ?? t('fields:unreadable')
      case 'date':
        return formats.date(text)
      case 'dateTime':
        return formats.dateTime(text)
      default:
        return text
    }
  }
  function dayWords(days: number): string {
    if (days === 0) return t('condition:today')
    return days < 0 ? t('condition:daysAgo', { count: -days }) : t('condition:daysAhead', { count: days })
  }
}

function comparisonsIn(part: Part): readonly Comparison[] {
  if (isGroup(part)) return part.parts.flatMap(comparisonsIn)
  return isComparison(part) ? [part] : []
}

function lookedUp(fields: ReadonlyMap<string, FieldInfo>, compared: readonly Comparison[]) {
  const ids = new Map<string, Set<string>>()
  for (const { field, value } of compared) {
    const module = fields.get(field)?.module
    if (module) ids.set(module, new Set([...(ids.get(module) ?? []), ...texts(value)]))
  }
  return ids
}

function texts(value: unknown): string[] {
  return [value].flat().filter((one) => typeof one === 'string')
}

/** Conditions name people by their bare key, too. */
export function refOf(person: string): string {
  return person.includes(':') ? person : `user:${person}`
}
