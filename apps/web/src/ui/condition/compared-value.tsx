import { ActionIcon, Menu, NumberInput, Select } from '@mantine/core'
import { IconDots, IconUser } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FieldInfo } from '../../lib/modules.ts'
import { AttributeInput } from './attribute-input.tsx'
import styles from './condition.module.css'
import { isAsker, isAttribute, isListed, isToday, type Op } from './condition.ts'
import { LiteralInput } from './literal-input.tsx'
import { ManyLiterals } from './many-literals.tsx'
import { useSubject } from './subject.ts'

interface Props {
  readonly field: FieldInfo
  readonly op: Op
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** What a field is compared with: a value, what the person who asks has, or a day counted from today. */
export function ComparedValue({ field, op, value, onChange }: Props) {
  if (isListed(op)) return <ManyLiterals field={field} value={value} onChange={onChange} />
  return <OneValue field={field} value={value} onChange={onChange} />
}

type Kind = 'literal' | 'asker' | 'attribute' | 'today'

function kindOf(value: unknown, { type }: FieldInfo): Kind {
  if (isToday(value)) return 'today'
  if (type === 'user' && isAsker(value)) return 'asker'
  return isAttribute(value) ? 'attribute' : 'literal'
}

function kindsOf({ type }: FieldInfo): readonly Kind[] {
  if (type === 'user') return ['asker', 'literal', 'attribute']
  if (type === 'date' || type === 'dateTime') return ['literal', 'today', 'attribute']
  return type === 'lookup' ? ['literal'] : ['literal', 'attribute']
}

function OneValue({ field, value, onChange }: Omit<Props, 'op'>) {
  const kind = kindOf(value, field)
  const kinds = [...new Set([...kindsOf(field), kind])]
  const isTold = field.type === 'user' || field.type === 'date' || field.type === 'dateTime'
  const choose = (next: Kind) => next !== kind && onChange(BEGINNINGS[next])
  const Choice = isTold ? KindSelect : KindMenu
  const choice = kinds.length > 1 && <Choice field={field} kinds={kinds} kind={kind} onChoose={choose} />
  return (
    <div className={isTold ? styles.told : styles.untold}>
      {isTold && choice}
      {kind === 'literal' && <LiteralInput field={field} value={value} onChange={onChange} />}
      {kind === 'attribute' && isAttribute(value) && <AttributeInput value={value.user} onChange={onChange} />}
      {kind === 'today' && isToday(value) && <DaysFromToday days={value.today} onChange={onChange} />}
      {!isTold && choice}
    </div>
  )
}

interface KindProps {
  readonly field: FieldInfo
  readonly kinds: readonly Kind[]
  readonly kind: Kind
  readonly onChoose: (kind: Kind) => void
}

/** Before the value, where there is no usual kind of it. */
function KindSelect({ field, kinds, kind, onChoose }: KindProps) {
  const { t } = useTranslation()
  const nameOf = useKindName(field)
  return (
    <Select
      size="xs"
      aria-label={t('condition:kind.label')}
      data={kinds.map((one) => ({ value: one, label: nameOf(one) }))}
      value={kind}
      onChange={(next) => {
        const chosen = kinds.find((one) => one === next)
        if (chosen) onChoose(chosen)
      }}
      allowDeselect={false}
    />
  )
}

/** Behind a button, where one mostly wants a value. */
function KindMenu({ field, kinds, kind, onChoose }: KindProps) {
  const { t } = useTranslation()
  const nameOf = useKindName(field)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('condition:kind.label')} title={nameOf(kind)}>
          {kind === 'literal' ? <IconDots size={16} aria-hidden /> : <IconUser size={16} aria-hidden />}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {kinds.map((one) => (
          <Menu.Item key={one} aria-current={one === kind} onClick={() => onChoose(one)}>
            {nameOf(one)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

const BEGINNINGS: Readonly<Record<Kind, unknown>> = {
  literal: null,
  asker: { user: 'id' },
  attribute: { user: '' },
  today: { today: 0 },
}

function useKindName({ type }: FieldInfo): (kind: Kind) => string {
  const { t } = useTranslation()
  const { asker } = useSubject()
  return (kind) => {
    if (kind === 'asker') return t(`condition:asker.${asker}`)
    if (kind === 'attribute') return t(`condition:kind.attribute.${asker}`)
    if (kind === 'today') return t('condition:kind.today')
    if (type === 'user') return t('condition:kind.somebody')
    return type === 'date' || type === 'dateTime' ? t('condition:kind.day') : t('condition:kind.literal')
  }
}

interface DaysProps {
  readonly days: number
  readonly onChange: (value: unknown) => void
}

const FARTHEST = 36_500

function DaysFromToday({ days, onChange }: DaysProps) {
  const { t } = useTranslation()
  return (
    <NumberInput
      size="xs"
      dir="ltr"
      aria-label={t('condition:kind.today')}
      description={t('condition:fromTodayHint')}
      allowDecimal={false}
      min={-FARTHEST}
      max={FARTHEST}
      value={days}
      onChange={(next) => onChange({ today: Number(next) || 0 })}
    />
  )
}
