import { Skeleton, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { columnsOf } from '../../../lib/default-columns.ts'
import { useFieldName } from '../../../lib/field-names.ts'
import { type Figures, figuresQuery } from '../../../lib/figures.ts'
import { useFormats } from '../../../lib/format.ts'
import { questionOf } from '../../../lib/list-question.ts'
import type { ListSearch } from '../../../lib/list-search.ts'
import type { FieldInfo, ModuleInfo } from '../../../lib/modules.ts'
import { fewQuery, type RecordItem } from '../../../lib/records.ts'
import { FieldValue } from '../../../ui/field-value.tsx'
import { PageFailed } from '../../../ui/page-failed.tsx'
import { moneyField } from '../board/board-question.ts'
import { NothingHere } from '../nothing-here.tsx'
import type { LayoutProps } from '../table/record-table.tsx'
import { TitleLink } from '../table/table-row.tsx'
import { useNamesIn } from '../table/use-rows.ts'
import { groupableFields } from './group-fields.ts'
import styles from './groups.module.css'

type GroupFigures = Figures['groups'][number]
const SHOWN = 25

/** The list parted by a field: how many in each part and what they are worth together; opened, the first of them. */
export function GroupedTable(props: LayoutProps) {
  const { module, search } = props
  const field = groupableFields(module).find((one) => one.field === search.group)
  return field ? <Groups {...props} field={field} /> : <NothingHere {...props} />
}

function Groups({ module, search, change, field }: LayoutProps & { readonly field: FieldInfo }) {
  const { t } = useTranslation()
  const money = moneyField(module)
  const measures = money ? [{ op: 'sum' as const, field: money.field }] : [{ op: 'count' as const }]
  const question = { groupBy: [field.field], measures, ...(search.filter !== undefined && { filter: search.filter }) }
  const { data, isPending, isError, error } = useQuery(figuresQuery(module.module, question))
  const groups = inOrder(field, data?.groups ?? [])
  const values = groups.map(({ by }) => ({ [field.field]: by?.[0] ?? null }) as unknown as RecordItem)
  const named = useNamesIn([values], [field])
  if (isError) return <PageFailed error={error} />
  if (isPending) return <Skeletons />
  if (groups.length === 0) return <NothingHere module={module} search={search} change={change} />
  return (
    <div className={styles.groups}>
      {search.q && (
        <Text c="dimmed" px="md" py="xs">
          {t('lists:group.withoutWords')}
        </Text>
      )}
      {groups.map((group) => (
        <GroupPart
          key={String(group.by?.[0] ?? group.other)}
          module={module}
          search={search}
          field={field}
          group={group}
          money={money}
          named={named}
        />
      ))}
    </div>
  )
}

/** Options as the policy has them, other values by how many there are. */
function inOrder(field: FieldInfo, groups: readonly GroupFigures[]): GroupFigures[] {
  const options = field.options?.map(({ value }) => value)
  const place = ({ by, count }: GroupFigures) => {
    const at = options?.indexOf(String(by?.[0])) ?? -1
    return options ? (at < 0 ? options.length : at) : -count
  }
  return [...groups].sort((a, b) => place(a) - place(b))
}

interface PartProps {
  readonly module: ModuleInfo
  readonly search: ListSearch
  readonly field: FieldInfo
  readonly group: GroupFigures
  readonly money: FieldInfo | undefined
  readonly named: ReturnType<typeof useNamesIn>
}

function GroupPart({ module, search, field, group, money, named }: PartProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const nameOf = useFieldName()
  const [opened, setOpened] = useState(false)
  const value = group.by?.[0] ?? null
  const [sum] = group.measures
  const Chevron = opened ? IconChevronDown : IconChevronRight
  return (
    <section>
      <UnstyledButton
        className={styles.head}
        aria-expanded={group.other ? undefined : opened}
        onClick={() => setOpened(!opened && !group.other)}
      >
        {!group.other && <Chevron size={16} className="bw-mirrored" aria-hidden />}
        <span className={styles.name}>
          {group.other ? (
            t('lists:group.other')
          ) : (
            <FieldValue
              field={{ ...field, type: field.type === 'lookup' ? 'text' : field.type }}
              value={field.type === 'lookup' ? (named.titles.get(String(value)) ?? null) : value}
              names={named.names}
              compact
            />
          )}
        </span>
        <span className={`bw-figures ${styles.figure}`}>{formats.number(group.count)}</span>
        {money && sum !== null && sum !== undefined && (
          <span className={`bw-figures ${styles.figure}`} title={nameOf(money)}>
            {formats.money(Number(sum))}
          </span>
        )}
      </UnstyledButton>
      {opened && <GroupRows module={module} search={search} field={field} value={value} count={group.count} />}
    </section>
  )
}

interface RowsProps {
  readonly module: ModuleInfo
  readonly search: ListSearch
  readonly field: FieldInfo
  readonly value: unknown
  readonly count: number
}

function GroupRows({ module, search, field, value, count }: RowsProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const columns = columnsOf(module, search.columns).filter((column) => column !== field)
  const here = value === null ? { field: field.field, op: 'isEmpty' } : { field: field.field, op: 'eq', value }
  const filter = search.filter === undefined ? here : { all: [search.filter, here] }
  const { data } = useQuery(fewQuery({ ...questionOf(module, search), filter, limit: SHOWN }))
  const records = (data?.items ?? []) as readonly RecordItem[]
  const { names, titles } = useNamesIn([records], columns)
  if (!data) return <Skeletons />
  return (
    <>
      <ul className={styles.rows}>
        {records.map((record) => (
          <li key={record.id} className={styles.row}>
            {columns.map((column) => (
              <span key={column.field} className={column.title ? styles.title : styles.value}>
                {column.title ? (
                  <TitleLink module={module.module} record={record} field={column} />
                ) : (
                  <FieldValue field={column} value={record[column.field]} names={names} titles={titles} compact />
                )}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {count > records.length && (
        <Link
          className={styles.more}
          to="/records/$module"
          params={{ module: module.module }}
          search={withoutGroup(search, filter)}
        >
          {t('lists:board.showAll', { number: formats.number(count) })}
        </Link>
      )}
    </>
  )
}

function withoutGroup({ group: _, ...search }: ListSearch, filter: unknown): ListSearch {
  return { ...search, filter }
}

function Skeletons() {
  return (
    <Stack p="md" gap="sm">
      {[60, 45, 70].map((width) => (
        <Skeleton key={width} h={14} w={`${width}%`} />
      ))}
    </Stack>
  )
}
