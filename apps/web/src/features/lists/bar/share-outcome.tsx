import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconCircleOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../lib/format.ts'
import type { ModuleInfo } from '../../../lib/modules.ts'
import { useTitles } from '../../../lib/titles.ts'

interface Props {
  readonly module: ModuleInfo
  readonly outcome: { readonly changed: number; readonly refused: readonly { readonly id: string }[] }
  readonly onClose: () => void
}

const NAMED = 10

/** How many records were shared; how many weren't and why, the first of them by name. */
export function ShareOutcome({ module, outcome: { changed, refused }, onClose }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const ids = refused.slice(0, NAMED).map(({ id }) => id)
  const titles = useTitles(new Map([[module.module, new Set(ids)]]))
  const names = ids.flatMap((id) => titles.get(id) || [])
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('lists:share.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="sm" role="status">
        <Group gap="xs" wrap="nowrap">
          <IconCircleCheck size={18} stroke={1.6} color="var(--bw-good)" aria-hidden />
          <Text>{t('lists:share.done', { count: changed })}</Text>
        </Group>
        {refused.length > 0 && (
          <>
            <Group gap="xs" wrap="nowrap" align="start">
              <IconCircleOff size={18} stroke={1.6} color="var(--bw-watch)" aria-hidden />
              <Text>{t('lists:share.refused', { count: refused.length })}</Text>
            </Group>
            <List size="sm" ps="md">
              {names.map((name, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two records may have one name
                <List.Item key={at}>
                  <bdi>{name}</bdi>
                </List.Item>
              ))}
              {refused.length > names.length && names.length > 0 && (
                <List.Item>
                  {t('lists:share.others', { number: formats.number(refused.length - names.length) })}
                </List.Item>
              )}
            </List>
          </>
        )}
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            {t('common:close')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
