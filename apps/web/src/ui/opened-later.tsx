import { cloneElement, type ReactElement, type ReactNode, Suspense, startTransition, useState } from 'react'

/** What a button opens: a menu or a panel around the button. */
export interface OpenedProps {
  readonly button: ReactElement
  readonly opened: boolean
  readonly onChange: (opened: boolean) => void
}

interface Props {
  readonly button: ReactElement<{ readonly onClick?: () => void; readonly 'aria-expanded'?: boolean }>
  /** Lazy, fetched when the button is pressed for the first time: the page's first load is spared what places things that float. */
  readonly children: (props: OpenedProps) => ReactNode
}

/** A button that is there at once, and what it opens when it is wanted. */
export function OpenedLater({ button, children }: Props) {
  const [isWanted, setWanted] = useState(false)
  const [opened, setOpened] = useState(false)
  // What is drawn for the first time may be much; the page goes on meanwhile.
  const press = () =>
    startTransition(() => {
      setWanted(true)
      setOpened((isOpen) => !isOpen)
    })
  const shown = cloneElement(button, { onClick: press, 'aria-expanded': opened })
  if (!isWanted) return shown
  return <Suspense fallback={shown}>{children({ button: shown, opened, onChange: setOpened })}</Suspense>
}
