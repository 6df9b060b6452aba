import { Button, Popover } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, Suspense, useState } from 'react'
import styles from './list.module.css'

interface Props {
  readonly label: string
  readonly icon: ReactNode
  readonly width: number
  readonly children: ReactNode
}

/** A button that opens a panel, which is fetched with its first opening. On a phone the icon stands for the word. */
export function PanelButton({ label, icon, width, children }: Props) {
  const [opened, setOpened] = useState(false)
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={isNarrow ? 'calc(100vw - 1rem)' : width}
      trapFocus
      shadow="md"
    >
      <Popover.Target>
        <Button
          className={styles.tool}
          size="compact-md"
          variant="subtle"
          color="gray"
          leftSection={isNarrow ? undefined : icon}
          aria-label={label}
          onClick={() => setOpened(!opened)}
        >
          {isNarrow ? icon : label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Suspense>{opened && children}</Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
