import { Button, Stack, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import type { FieldInfo } from '../../lib/modules.ts'
import type { PreviewColumn } from './api.ts'
import { ColumnRow } from './column-row.tsx'
import type { Draft } from './draft.ts'

interface Props {
  readonly module: string
  readonly columns: readonly PreviewColumn[]
  readonly fields: readonly FieldInfo[]
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
}

/** The columns that become something; those that are left out stand below, out of the way, and stay where they are when one is chosen. */
export function ColumnList({ columns, draft, ...rest }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [first] = useState(() => new Set(Object.keys(draft.columns)))
  const [isOpen, { toggle }] = useDisclosure()
  const distinct = columns.filter(
    ({ header }, index) => header !== '' && columns.findIndex((one) => one.header === header) === index,
  )
  const used = distinct.filter(({ header }) => first.has(header))
  const others = distinct.filter(({ header }) => !first.has(header))
  const rows = (some: readonly PreviewColumn[]) =>
    some.map((column) => <ColumnRow key={column.header} column={column} draft={draft} {...rest} />)
  return (
    <Stack component="section" gap="xs" aria-labelledby="import-columns">
      <Title order={2} id="import-columns">
        {t('imports:columns.title')}
      </Title>
      <div>{rows(used)}</div>
      {others.length > 0 && (
        <>
          <div>
            <Button variant="subtle" color="gray" size="compact-md" onClick={toggle} aria-expanded={isOpen}>
              {t(isOpen ? 'imports:columns.hideRest' : 'imports:columns.showRest', {
                number: formats.number(others.length),
              })}
            </Button>
          </div>
          {isOpen && <div>{rows(others)}</div>}
        </>
      )}
    </Stack>
  )
}
