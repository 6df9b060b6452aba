import { Button, Menu, Text, Tooltip } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldsOf } from '../../../lib/fields.ts'
import type { FieldInfo } from '../../../lib/modules.ts'
import { useLabel } from '../../../lib/text.ts'
import { sayProblem } from '../../../ui/notify.ts'
import { useSave } from '../fields/save-context.tsx'
import { useRecord } from '../record-context.tsx'
import styles from './header.module.css'

const LostDialog = lazy(async () => ({ default: (await import('./lost-dialog.tsx')).LostDialog }))

const LOST = 'Lost'

interface Props {
  readonly field: FieldInfo
  readonly value: string
}

/** The stages of a deal, on the way from the first; a click moves it, where that may be changed. */
export function StagePath({ field, value }: Props) {
  const { info, record, mayChange } = useRecord()
  const { t } = useTranslation()
  const save = useSave()
  const [isLosing, setLosing] = useState(false)
  const move = (stage: string, more = {}) => {
    save({ [field.field]: stage, ...more }, record).catch((error) => sayProblem(t, error))
  }
  const reason = fieldsOf(info).get('lossReason')
  const pick = (stage: string) => {
    if (stage === LOST && reason && mayChange(reason)) return setLosing(true)
    if (stage !== value) move(stage)
  }
  const onPick = mayChange(field) ? pick : undefined
  return (
    <>
      <WidePath field={field} value={value} onPick={onPick} />
      <NarrowPath field={field} value={value} onPick={onPick} />
      {isLosing && (
        <Suspense>
          <LostDialog
            onClose={() => setLosing(false)}
            onLost={(lossReason) => move(LOST, lossReason ? { lossReason } : {})}
          />
        </Suspense>
      )}
    </>
  )
}

interface PathProps extends Props {
  readonly onPick: ((stage: string) => void) | undefined
}

function WidePath({ field, value, onPick }: PathProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const options = field.options ?? []
  const at = options.findIndex((option) => option.value === value)
  // Who loses has not come by way of winning.
  const from = value === LOST ? at : 0
  return (
    <Text component="ol" className={styles.path} visibleFrom="sm" aria-label={t('record:stages')}>
      {options.map((option, index) => {
        const name = label(option.name, option.value)
        const shared = {
          className: styles.stage,
          'data-passed': (index >= from && index <= at) || undefined,
          'aria-current': index === at ? ('step' as const) : undefined,
          children: name,
        }
        return (
          <li key={option.value} className={styles.step}>
            <Tooltip label={name}>
              {onPick ? (
                <button type="button" {...shared} onClick={() => onPick(option.value)} />
              ) : (
                <span {...shared} />
              )}
            </Tooltip>
          </li>
        )
      })}
    </Text>
  )
}

/** On a phone: the stage, and a list to pick from. */
function NarrowPath({ field, value, onPick }: PathProps) {
  const label = useLabel()
  const options = field.options ?? []
  const current = label(options.find((option) => option.value === value)?.name, value)
  if (!onPick) return <Text hiddenFrom="sm">{current}</Text>
  return (
    <Menu>
      <Menu.Target>
        <Button hiddenFrom="sm" variant="default" rightSection={<IconChevronDown size={16} stroke={1.6} aria-hidden />}>
          {current}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {options.map((option) => (
          <Menu.Item key={option.value} onClick={() => onPick(option.value)} fw={option.value === value ? 600 : 400}>
            {label(option.name, option.value)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
