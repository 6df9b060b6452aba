import { Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useFormats } from '../../lib/format.ts'

export interface Figure {
  readonly label: string
  readonly value: number
  /** Wants looking at: said by an icon as well. */
  readonly isBad?: boolean
}

/** A few numbers with what they count. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  const formats = useFormats()
  return (
    <Group gap="lg">
      {figures.map(({ label, value, isBad }) => (
        <Group key={label} gap={6} wrap="nowrap" c={isBad ? 'var(--mantine-color-error)' : undefined}>
          {isBad && <IconAlertTriangle size={16} aria-hidden />}
          <Text span c="inherit">
            {label}
          </Text>
          <Text span fw={600} c="inherit" className="bw-figures">
            {formats.number(value)}
          </Text>
        </Group>
      ))}
    </Group>
  )
}
