import { useTranslation } from 'react-i18next'
import type { FieldInfo } from './modules.ts'
import { useLabel } from './text.ts'

const STANDING = [
  'id',
  'owner',
  'confidential',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'version',
  'externalId',
] as const

/** What a field is called: by the policy, or, for those that every module has, by the page. */
export function useFieldName(): (field: Pick<FieldInfo, 'field' | 'name'>) => string {
  const { t } = useTranslation()
  const label = useLabel()
  return ({ field, name }) => {
    const standing = STANDING.find((known) => known === field)
    return standing ? t(`fields:name.${standing}`) : label(name, field)
  }
}
