import { Button, Stack, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNames } from '../../../lib/directory.ts'
import { isEmpty, lookedUpIn, refsIn } from '../../../lib/fields.ts'
import { useTitles } from '../../../lib/titles.ts'
import { useRecord } from '../record-context.tsx'
import { FieldRow } from './field-row.tsx'
import styles from './fields.module.css'
import { type Section, sectionsOf } from './sections.ts'

/** All fields that exist for the person, by section; empty ones of long sections fold away. */
export function FieldSections() {
  const { info } = useRecord()
  return (
    <Stack gap="lg">
      {sectionsOf(info.fields).map((section) => (
        <FieldSection key={section.kind} section={section} />
      ))}
    </Stack>
  )
}

/** Of more fields than this, only those with a value stand there at first. */
const FEW = 4

function FieldSection({ section: { kind, fields } }: { readonly section: Section }) {
  const { t } = useTranslation()
  const { record } = useRecord()
  const [all, setAll] = useState(false)
  const titles = useTitles(lookedUpIn(fields, [record]))
  const names = useNames(refsIn(fields, [record]))
  const foldable = kind !== 'main' && fields.length > FEW
  const shown = foldable && !all ? fields.filter(({ field }) => !isEmpty(record[field])) : fields
  const hidden = fields.length - shown.length
  return (
    <section aria-labelledby={`section-${kind}`}>
      <Title order={2} id={`section-${kind}`} className={styles.title}>
        {t(`record:section.${kind}`)}
      </Title>
      <dl className={styles.fields}>
        {shown.map((field) => (
          <FieldRow key={field.field} field={field} titles={titles} names={names} />
        ))}
      </dl>
      {hidden > 0 && (
        <Button
          className="bw-no-print"
          variant="subtle"
          color="gray"
          size="compact-sm"
          onClick={() => setAll(true)}
          aria-expanded={false}
        >
          {t('record:emptyFields', { count: hidden })}
        </Button>
      )}
    </section>
  )
}
