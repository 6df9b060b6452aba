import { Group } from '@mantine/core'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNames } from '../../../lib/directory.ts'
import { useFieldName } from '../../../lib/field-names.ts'
import { fieldsOf, isEmpty, lookedUpIn, refsIn } from '../../../lib/fields.ts'
import { useTitles } from '../../../lib/titles.ts'
import { FieldValue } from '../../../ui/field-value.tsx'
import { useRecord } from '../record-context.tsx'
import { Fact } from './fact.tsx'
import styles from './header.module.css'
import { KeyContacts } from './key-contacts.tsx'

const TransferDialog = lazy(async () => ({ default: (await import('./transfer-dialog.tsx')).TransferDialog }))

/** Fields that say who matters, or how much is at stake, where a module has them. */
const TELLING = ['account', 'contact', 'lead', 'deal', 'amount', 'closeDate', 'dueDate', 'priority', 'email', 'phone']
const MOST = 4

/** The owner, and the people and figures that matter. */
export function KeyPeople() {
  const { info, record } = useRecord()
  const fieldName = useFieldName()
  const known = fieldsOf(info)
  const owner = known.get('owner')
  const telling = TELLING.flatMap((key) => known.get(key) ?? [])
    .filter(({ field }) => !isEmpty(record[field]))
    .slice(0, MOST)
  const titles = useTitles(lookedUpIn(telling, [record]))
  const names = useNames(refsIn(owner ? [owner] : [], [record]))
  return (
    <Group component="dl" gap="lg" m={0} className={styles.people}>
      {owner && (
        <Fact name={fieldName(owner)}>
          <Owner>
            <FieldValue field={owner} value={record.owner} names={names} compact />
          </Owner>
        </Fact>
      )}
      {telling.map((field) => (
        <Fact key={field.field} name={fieldName(field)}>
          <FieldValue field={field} value={record[field.field]} titles={titles} compact />
        </Fact>
      ))}
      <KeyContacts />
    </Group>
  )
}

/** The owner; a click hands the record over, where one may. */
function Owner({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  const { may } = useRecord()
  const [opened, setOpened] = useState(false)
  if (!may('transfer')) return children
  return (
    <>
      <button type="button" className={styles.owner} onClick={() => setOpened(true)} title={t('record:transfer.title')}>
        {children}
      </button>
      {opened && (
        <Suspense>
          <TransferDialog onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  )
}
