import { ActionIcon, UnstyledButton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openCreate } from '../../../lib/create-dialog.ts'
import { useFormats } from '../../../lib/format.ts'
import type { ModuleInfo } from '../../../lib/modules.ts'
import type { WhenFields } from './entries.ts'
import styles from './hour-grid.module.css'

interface Props {
  readonly module: ModuleInfo
  readonly day: string
  readonly isToday: boolean
  readonly when: WhenFields
  readonly onOpen: () => void
}

/** The name of a day; something new on it, for whoever may make it. */
export function DayHead({ module, day, isToday, when: { due }, onOpen }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const date = formats.date(day)
  const canMake = module.actions.includes('create') && due !== undefined
  const name = new Intl.DateTimeFormat(formats.locale, { weekday: 'short', day: 'numeric', timeZone: 'UTC' })
  return (
    <div className={styles.dayHead} data-today={isToday || undefined}>
      <UnstyledButton
        className={styles.dayName}
        aria-label={date}
        aria-current={isToday ? 'date' : undefined}
        onClick={onOpen}
      >
        {name.format(new Date(`${day}T00:00:00Z`))}
      </UnstyledButton>
      {canMake && (
        <ActionIcon
          size="xs"
          className={styles.add}
          aria-label={t('lists:calendar.createOn', { date })}
          onClick={() => openCreate(module.module, { [due.field]: day })}
        >
          <IconPlus size={14} aria-hidden />
        </ActionIcon>
      )}
    </div>
  )
}
