import { Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNames } from '../../../lib/directory.ts'
import { useFieldName } from '../../../lib/field-names.ts'
import { isEmpty, lookedUpIn, refsIn } from '../../../lib/fields.ts'
import { useTitles } from '../../../lib/titles.ts'
import { FieldValue } from '../../../ui/field-value.tsx'
import { sectionsOf } from '../fields/sections.ts'
import { useRecord } from '../record-context.tsx'
import styles from './print.module.css'

/** The fields that hold something, by section. */
export function PrintedFields() {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const fieldName = useFieldName()
  const titles = useTitles(lookedUpIn(info.fields, [record]))
  const names = useNames(refsIn(info.fields, [record]))
  const sections = sectionsOf(info.fields)
    .map(({ kind, fields }) => ({ kind, fields: fields.filter(({ field }) => !isEmpty(record[field])) }))
    .filter(({ fields }) => fields.length > 0)
  return sections.map(({ kind, fields }) => (
    <section key={kind}>
      <Title order={2} className={styles.title}>
        {t(`record:section.${kind}`)}
      </Title>
      <dl className={styles.fields}>
        {fields.map((field) => (
          <div key={field.field} className={styles.row}>
            <dt>{fieldName(field)}</dt>
            <dd>
              <FieldValue field={field} value={record[field.field]} titles={titles} names={names} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  ))
}
