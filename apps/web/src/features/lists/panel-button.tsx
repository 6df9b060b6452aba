import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { lazy, type ReactNode } from 'react'
import { OpenedLater } from '../../ui/opened-later.tsx'
import styles from './list.module.css'

/** What opens, before it is asked for. */
export const fetchPanel = async () => ({ default: (await import('../../ui/panel.tsx')).Panel })
const Panel = lazy(fetchPanel)

interface Props {
  readonly label: string
  readonly icon: ReactNode
  readonly width: number
  readonly children: ReactNode
}

/** A button that opens a panel. On a phone the icon stands for the word. */
export function PanelButton({ label, icon, width, children }: Props) {
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
  const button = (
    <Button
      className={styles.tool}
      size="compact-md"
      variant="subtle"
      color="gray"
      leftSection={isNarrow ? undefined : icon}
      aria-label={label}
    >
      {isNarrow ? icon : label}
    </Button>
  )
  return (
    <OpenedLater button={button}>
      {(props) => (
        <Panel {...props} label={label} width={width}>
          {children}
        </Panel>
      )}
    </OpenedLater>
  )
}
