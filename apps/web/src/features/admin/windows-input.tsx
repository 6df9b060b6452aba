import { WEEKDAYS } from '@bailiwick/access'
import { ActionIcon, Button, Chip, Group, Input, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

interface Window {
  readonly days: readonly string[]
  readonly from: string
  readonly to: string
  readonly timeZone?: string
}

interface Props {
  readonly label: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

const OFFICE: Window = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '07:00', to: '19:00' }
/** A Monday, to name weekdays by. */
const MONDAY = Date.UTC(2024, 0, 1)
const DAY = 86_400_000

/** When holders of a profile may sign in. None stated: at any time. */
export function WindowsInput({ label, value, onChange }: Props) {
  const { t, i18n } = useTranslation()
  const windows: readonly Window[] = Array.isArray(value) ? value : []
  const replace = (at: number, next: Partial<Window>) =>
    onChange(windows.map((one, index) => (index === at ? { ...one, ...next } : one)))
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' })
  return (
    <Input.Wrapper label={label} description={t('admin:about.signIn')}>
      <Stack gap="sm" pt={4}>
        {windows.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: windows have no names; their place is what stays
          <Stack key={at} gap="xs">
            <Chip.Group multiple value={[...one.days]} onChange={(days) => replace(at, { days })}>
              <Group gap={4}>
                {WEEKDAYS.map((day, index) => (
                  <Chip key={day} value={day} size="xs">
                    {weekday.format(MONDAY + index * DAY)}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
            <Group gap="xs">
              {(['from', 'to'] as const).map((end) => (
                <TextInput
                  key={end}
                  size="xs"
                  type="time"
                  aria-label={t(`admin:window.${end}`)}
                  value={one[end]}
                  onChange={(event) => replace(at, { [end]: event.currentTarget.value })}
                />
              ))}
              <ActionIcon
                aria-label={t('admin:remove')}
                onClick={() => onChange(windows.filter((_one, index) => index !== at))}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            </Group>
          </Stack>
        ))}
        <Group>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => onChange([...windows, OFFICE])}
          >
            {t('admin:window.add')}
          </Button>
        </Group>
      </Stack>
    </Input.Wrapper>
  )
}
