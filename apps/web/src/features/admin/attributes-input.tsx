import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly label: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** What conditions may ask of a person: region, department and the like, as names and values. */
export function AttributesInput({ label, value, onChange }: Props) {
  const { t } = useTranslation()
  const entries = Object.entries(typeof value === 'object' && value !== null ? value : {})
  const put = (next: readonly (readonly [string, unknown])[]) =>
    onChange(next.length > 0 ? Object.fromEntries(next) : undefined)
  const replace = (at: number, entry: readonly [string, unknown]) =>
    put(entries.map((one, index) => (index === at ? entry : one)))
  return (
    <Input.Wrapper label={label} description={t('admin:about.attributes')}>
      <Stack gap="xs" pt={4}>
        {entries.map(([name, held], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while it is typed; its place is what stays
          <Group key={at} gap="xs" wrap="nowrap">
            <TextInput
              aria-label={t('admin:attribute.name')}
              value={name}
              onChange={(event) => replace(at, [event.currentTarget.value, held])}
            />
            <TextInput
              aria-label={t('admin:attribute.value')}
              value={String(held)}
              onChange={(event) => replace(at, [name, scalar(event.currentTarget.value, held)])}
            />
            <ActionIcon
              aria-label={t('admin:remove')}
              onClick={() => put(entries.filter((_one, index) => index !== at))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            disabled={entries.some(([name]) => name === '')}
            onClick={() => put([...entries, ['', '']])}
          >
            {t('admin:attribute.add')}
          </Button>
        </Group>
      </Stack>
    </Input.Wrapper>
  )
}

/** A number stays one while digits are typed. */
function scalar(typed: string, before: unknown): unknown {
  return typeof before === 'number' && typed.trim() !== '' && Number.isFinite(Number(typed)) ? Number(typed) : typed
}
