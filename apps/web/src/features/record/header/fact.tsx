import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './header.module.css'

/** Something that matters about a record, under its name; below a `dl`. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Group gap={6} wrap="nowrap" miw={0}>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <dd className={styles.fact}>{children}</dd>
    </Group>
  )
}
