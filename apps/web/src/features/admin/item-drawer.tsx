import { Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { groupOf, hasUnfinished } from '../../ui/condition/condition.ts'
import { say } from '../../ui/notify.ts'
import { ControlInput } from './control-input.tsx'
import { useDraft } from './draft.tsx'
import {
  BEGINNINGS,
  CONTROLS,
  type Control,
  type Item,
  itemsOf,
  keyFor,
  type Section,
  withItem,
  withMember,
} from './sections.ts'
import { useItemName } from './use-item-text.ts'

interface Props {
  readonly section: Section
  /** Unstated: a new one. */
  readonly itemKey: string | undefined
  readonly onClose: () => void
}

/** One thing of the document as a form. Kept in the draft; it counts once the draft is applied. */
export function ItemDrawer({ section, itemKey, onClose }: Props) {
  const { t } = useTranslation()
  const draft = useDraft()
  const nameOf = useItemName()
  const items = itemsOf(draft.document, section)
  const [item, setItem] = useState<Item>(itemKey === undefined ? BEGINNINGS[section] : (items[itemKey] ?? {}))
  const missing = CONTROLS[section].filter((control) => isMissing(control, item[control.key]))
  const keep = () => {
    const key = itemKey ?? keyFor(String(item.name ?? section), items)
    draft.change(withItem(draft.document, section, key, item))
    onClose()
  }
  const remove = () => {
    if (itemKey === undefined) return
    draft.change(withItem(draft.document, section, itemKey, undefined))
    say(t('admin:removed', { name: nameOf(section, itemKey) }))
    onClose()
  }
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={SIZES[section] ?? 'md'}
      title={itemKey === undefined ? t(`admin:add.${section}`) : nameOf(section, itemKey)}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        {CONTROLS[section].map((control) => (
          <ControlInput
            key={control.key}
            control={control}
            section={section}
            module={typeof item.module === 'string' ? item.module : ''}
            value={item[control.key]}
            onChange={(value) => setItem((now) => withMember(now, control.key, value))}
          />
        ))}
        {itemKey !== undefined && (
          <Text size="xs" c="dimmed">
            {t('admin:key', { key: itemKey })}
          </Text>
        )}
        <Group justify="space-between">
          <Button onClick={keep} disabled={missing.length > 0}>
            {t('admin:keep')}
          </Button>
          {itemKey !== undefined && (
            <Button variant="subtle" color="red" onClick={remove}>
              {t('admin:remove')}
            </Button>
          )}
        </Group>
        {missing.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('admin:missing', { names: missing.map(({ key }) => t(`admin:member.${key}`)).join(', ') })}
          </Text>
        )}
      </Stack>
    </Drawer>
  )
}

const SIZES: Partial<Record<Section, string>> = { profiles: 'xl', sharingRules: 'lg', restrictionRules: 'lg' }

/** What has to be filled in and isn't; a condition that is half filled in would hold for other records than it should. */
function isMissing(control: Control, value: unknown): boolean {
  if (control.kind === 'condition') return hasUnfinished(groupOf(value))
  return 'required' in control && control.required === true && isEmpty(value)
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}
