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
        <Group key={label} gap={6} wrap="nowrap">
          {isBad && <IconAlertTriangle size={16} color="var(--mantine-color-error)" aria-hidden />}
          <span>{label}</span>
          <Text span fw={600} className="bw-figures">
            {formats.number(value)}
          </Text>
        </Group>
      ))}
    </Group>
  )
}
