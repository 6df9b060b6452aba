import { type KeyboardEvent, useRef, useState } from 'react'
import type { FieldInfo } from '../../../lib/modules.ts'
import { FieldInput } from '../../../ui/field-input.tsx'

interface Props {
  readonly field: FieldInfo
  readonly value: unknown
  readonly onSave: (value: unknown) => void
  readonly onCancel: () => void
}

/** What is chosen is meant; what is typed is meant when one leaves it. */
const CHOSEN = new Set(['boolean', 'choice', 'lookup', 'user', 'date'])

/** A cell while it is written in: Enter and leaving it keep what was written, Escape doesn't. */
export function CellEditor({ field, value, onSave, onCancel }: Props) {
  const [written, setWritten] = useState(value)
  const isDone = useRef(false)
  const finish = (last: unknown) => {
    if (isDone.current) return
    isDone.current = true
    if (last === value) onCancel()
    else onSave(last)
  }
  const change = (next: unknown) => {
    setWritten(next)
    if (CHOSEN.has(field.type) && next !== null) finish(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Enter' && !event.defaultPrevented && !(field.type === 'longText' && event.shiftKey))
      finish(written)
    if (event.key !== 'Escape') return
    isDone.current = true
    onCancel()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears what bubbles up from the input
    <div
      onKeyDown={onKeyDown}
      onClick={(event) => event.stopPropagation()}
      onBlur={(event) => {
        const isInside =
          event.currentTarget.contains(event.relatedTarget) || event.relatedTarget?.closest('[data-portal]')
        if (!isInside) finish(written)
      }}
    >
      <FieldInput field={field} value={written} onChange={change} autoFocus hideLabel />
    </div>
  )
}
