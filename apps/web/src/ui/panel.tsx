import { Popover } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, Suspense } from 'react'
import type { OpenedProps } from './opened-later.tsx'

interface Props extends OpenedProps {
  readonly label: string
  readonly width: number
  readonly children: ReactNode
}

/** A panel under its button; as wide as the page on a phone. */
export function Panel({ button, opened, onChange, label, width, children }: Props) {
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
  return (
    <Popover
      opened={opened}
      onChange={onChange}
      position="bottom-start"
      width={isNarrow ? 'calc(100vw - 1rem)' : width}
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Suspense>{opened && children}</Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
