import { Anchor, Group, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { fieldsOf } from '../../../lib/fields.ts'
import { useFormats } from '../../../lib/format.ts'
import { type ModuleInfo, titleField } from '../../../lib/modules.ts'
import type { RecordItem } from '../../../lib/records.ts'
import { useLabel } from '../../../lib/text.ts'
import { nameOf } from '../../../lib/titles.ts'
import { FieldValue } from '../../../ui/field-value.tsx'
import { ModuleIcon } from '../../../ui/module-icon.tsx'
import { useRecord } from '../record-context.tsx'
import type { RelatedGroup } from '../record-queries.ts'
import { CreateHere } from './create-here.tsx'
import styles from './related.module.css'
import { tellingFields } from './telling-fields.ts'

const SHOWN = 5

interface Props {
  readonly group: RelatedGroup
  readonly module: ModuleInfo
}

/** The latest few of the records that point here by one field, and the way to all of them. */
export function RelatedList({ group, module }: Props) {
  const { t } = useTranslation()
  const label = useLabel()
  const { number } = useFormats()
  const { record } = useRecord()
  const id = `related-${group.module}-${group.field}`
  const count = group.items.length
  const filter = { field: group.field, op: 'eq', value: record.id }
  return (
    <section aria-labelledby={id}>
      <Group gap="xs" mb={4}>
        <ModuleIcon module={module.module} size={16} />
        <Title order={2} id={id} size="h3">
          {label(module.plural, module.module)}
        </Title>
        <Text span size="sm" c="dimmed">
          {group.more ? t('record:related.over', { number: number(count) }) : number(count)}
        </Text>
        <FieldNote group={group} module={module} />
        <CreateHere module={module} field={group.field} />
      </Group>
      <ul className={styles.list}>
        {group.items.slice(0, SHOWN).map((item) => (
          <RelatedRow key={item.id} item={item} module={module} field={group.field} />
        ))}
      </ul>
      {(group.more || count > SHOWN) && (
        <Link
          to="/records/$module"
          params={{ module: module.module }}
          search={{ filter }}
          className={`${styles.all} bw-no-print`}
        >
          {t('record:related.all')}
        </Link>
      )}
    </section>
  )
}

/** By which field they point here, where that isn't plain from the module. */
function FieldNote({ group, module }: Props) {
  const label = useLabel()
  const { info } = useRecord()
  const lookups = module.fields.filter(({ type, module: of }) => type === 'lookup' && of === info.module)
  if (lookups.length < 2) return null
  return (
    <Text span size="sm" c="dimmed">
      {label(fieldsOf(module).get(group.field)?.name, group.field)}
    </Text>
  )
}

interface RowProps {
  readonly item: RecordItem
  readonly module: ModuleInfo
  readonly field: string
}

function RelatedRow({ item, module, field }: RowProps) {
  const { t } = useTranslation()
  const title = titleField(module)?.field
  return (
    <Stack component="li" gap={2} className={styles.row}>
      <Anchor component={Link} to={`/records/${module.module}/${item.id}`} className={styles.title}>
        <bdi>{nameOf(title ? item[title] : undefined) || t('record:untitled')}</bdi>
      </Anchor>
      <Group gap="sm" className={styles.values}>
        {tellingFields(module, item, field).map((each) => (
          <FieldValue key={each.field} field={each} value={item[each.field]} compact />
        ))}
      </Group>
    </Stack>
  )
}
