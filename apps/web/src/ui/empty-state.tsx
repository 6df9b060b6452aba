import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  /** Teaches the next step. */
  readonly text?: string
  /** The button for it. */
  readonly children?: ReactNode
}

/** Where there is nothing yet. */
export function EmptyState({ title, text, children }: Props) {
  return (
    <Stack align="center" gap="xs" py="xl" px="md">
      <Title order={2}>{title}</Title>
      {text && (
        <Text c="dimmed" maw="28rem" ta="center">
          {text}
        </Text>
      )}
      {children}
    </Stack>
  )
}
