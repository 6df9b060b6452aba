import { BUILT_IN_MODULES } from '@bailiwick/access'
import { useTranslation } from 'react-i18next'
import { useFieldName } from '../../lib/field-names.ts'
import { useFormats } from '../../lib/format.ts'
import { useModules } from '../../lib/modules.ts'
import { type LabelText, useLabel } from '../../lib/text.ts'
import { useDraft } from './draft.tsx'
import { type Item, itemsOf, type Section } from './sections.ts'

const KIND_OF: Readonly<Record<string, Section>> = {
  user: 'users',
  role: 'roles',
  'role+': 'roles',
  team: 'teams',
  group: 'groups',
}

/** What a thing of the document is called; by its key, where it says nothing. */
export function useItemName(): (section: Section | 'modules', key: string) => string {
  const { document } = useDraft()
  const label = useLabel()
  const modules = useModules()
  return (section, key) => {
    if (section === 'modules') {
      const own = document.modules?.[key]?.plural ?? BUILT_IN_MODULES[key]?.plural
      return label(own ?? modules.find(({ module }) => module === key)?.plural, key)
    }
    return label(itemsOf(document, section)[key]?.name as LabelText | undefined, key)
  }
}

/** What a field is called, in the document or of the built-in ones. */
export function useFieldTitle(): (module: string, field: string) => string {
  const { document } = useDraft()
  const nameOf = useFieldName()
  return (module, field) => {
    const own = document.modules?.[module]?.fields?.[field]?.name
    return nameOf({ field, name: own ?? BUILT_IN_MODULES[module]?.fields?.[field]?.name ?? field })
  }
}

/** Who is meant by `role+:sales` and its like, in words. */
export function usePrincipalName(): (principal: string) => string {
  const { t } = useTranslation()
  const nameOf = useItemName()
  return (principal) => {
    const [kind = '', key = ''] = principal.split(':')
    const section = KIND_OF[kind]
    if (!section) return t('admin:everyone')
    const name = nameOf(section, key)
    return kind === 'user' ? name : t(`admin:principal.${kind === 'role+' ? 'roleAndBelow' : kind}`, { name })
  }
}

/** What a thing says, in a line. */
export function useItemSummary(section: Section): (item: Item) => string {
  const { t } = useTranslation()
  const formats = useFormats()
  const nameOf = useItemName()
  const principal = usePrincipalName()
  const people = (keys: unknown) => formats.list(texts(keys).map((key) => nameOf('users', key)))
  const principals = (keys: unknown) => formats.list(texts(keys).map(principal))
  return (item) => {
    switch (section) {
      case 'users':
        return formats.beside([
          item.status && item.status !== 'active' ? t(`admin:choice.${item.status}`) : '',
          item.role ? nameOf('roles', String(item.role)) : '',
          formats.list(texts(item.profiles).map((key) => nameOf('profiles', key))),
        ])
      case 'profiles':
        return formats.list(Object.keys(item.modules ?? {}).map((key) => nameOf('modules', key)))
      case 'roles':
        return item.parent ? t('admin:below', { name: nameOf('roles', String(item.parent)) }) : t('admin:top')
      case 'teams':
        return formats.beside([people(item.leaders), people(item.members)])
      case 'groups':
        return principals(item.members)
      default:
        return t('admin:ruleSays', {
          module: nameOf('modules', String(item.module ?? '')),
          who: principals(item.with ?? item.for),
          level: t(`admin:choice.${String(item.level)}`),
        })
    }
  }
}

export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
