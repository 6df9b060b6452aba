import { Tooltip } from '@mantine/core'
import { cloneElement, type ReactElement } from 'react'

interface Props {
  readonly reason: string
  readonly children: ReactElement<{ readonly tabIndex?: number }>
}

/** Something with the reason why it is so, on focus and under the pointer. */
export function Reasoned({ reason, children }: Props) {
  return (
    <Tooltip label={reason} events={{ hover: true, focus: true, touch: true }}>
      {cloneElement(children, { tabIndex: 0 })}
    </Tooltip>
  )
}
