import { useTranslation } from 'react-i18next'
import type { Names } from '../../../lib/directory.ts'
import { useFieldName } from '../../../lib/field-names.ts'
import { fieldsOf, lookedUpIn } from '../../../lib/fields.ts'
import type { FieldInfo } from '../../../lib/modules.ts'
import { useTitles } from '../../../lib/titles.ts'
import { FieldValue } from '../../../ui/field-value.tsx'
import { useRecord } from '../record-context.tsx'
import styles from './timeline.module.css'
import type { Happening } from './timeline-queries.ts'

type Change = NonNullable<Happening['changes']>[number]

/** Which fields were changed, from what to what. */
export function ChangeEntry({ item, names }: { readonly item: Happening; readonly names: Names }) {
  const { info } = useRecord()
  const known = fieldsOf(info)
  const changes = item.changes ?? []
  const fields = changes.flatMap(({ field }) => known.get(field) ?? [])
  const values = changes.flatMap(({ field, before, after }) => [{ [field]: before }, { [field]: after }])
  const titles = useTitles(lookedUpIn(fields, values))
  if (item.action === 'create') return null
  return (
    <ul className={styles.changes}>
      {changes.map((change) => {
        const field = known.get(change.field)
        return field && <ChangeLine key={change.field} field={field} change={change} titles={titles} names={names} />
      })}
    </ul>
  )
}

interface LineProps {
  readonly field: FieldInfo
  readonly change: Change
  readonly titles: ReturnType<typeof useTitles>
  readonly names: Names
}

function ChangeLine({ field, change: { before, after }, titles, names }: LineProps) {
  const { t } = useTranslation()
  const fieldName = useFieldName()
  const shared = { field, titles, names, compact: true }
  return (
    <li className={styles.change}>
      <span>{t('record:timeline.field', { field: fieldName(field) })}</span>
      <span className={styles.before}>
        <span className="bw-unseen">{t('record:timeline.before')}</span>
        <FieldValue {...shared} value={before} />
      </span>
      <span>
        <span className="bw-unseen">{t('record:timeline.after')}</span>
        <FieldValue {...shared} value={after} />
      </span>
    </li>
  )
}
