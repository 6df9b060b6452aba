import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isProblem } from '../../../lib/api/problem.ts'
import type { FieldInfo } from '../../../lib/modules.ts'
import { FieldInput } from '../../../ui/field-input.tsx'
import { problemText } from '../../../ui/problem-text.ts'
import { useRecord } from '../record-context.tsx'
import { same } from './clashes.ts'
import { useDraft } from './drafts.tsx'
import styles from './fields.module.css'
import { useSave } from './save-context.tsx'

interface Props {
  readonly field: FieldInfo
  onDone(): void
}

/** An input in the place of a value. Leaving it or Enter saves, Escape takes back; what is refused stays, with the reason. */
export function FieldEditor({ field, onDone }: Props) {
  const { t } = useTranslation()
  const { record } = useRecord()
  const save = useSave()
  const [base] = useState(record)
  const before = base[field.field] ?? null
  const [value, setValue] = useState<unknown>(before)
  const [error, setError] = useState<string>()
  const box = useRef<HTMLDivElement>(null)
  const saving = useRef(false)
  useDraft(!same(value, before))
  useReturnedFocus(field.field)

  const finish = async (wanted: unknown) => {
    if (saving.current) return
    if (same(wanted, before)) return onDone()
    saving.current = true
    try {
      await save({ [field.field]: wanted }, base)
      onDone()
    } catch (problem) {
      setError(messageOf(t, problem, field.field))
    } finally {
      saving.current = false
    }
  }
  const change = (next: unknown) => {
    setError(undefined)
    setValue(next)
    if (PICKED.has(field.type)) void finish(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      onDone()
    } else if (event.key === 'Enter' && saves(event, field)) {
      event.preventDefault()
      void finish(value)
    }
  }
  const onBlur = (event: FocusEvent) => {
    if (!isInside(box.current, event.relatedTarget)) void finish(value)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears what the input in it doesn't take
    <div ref={box} className={styles.value} onKeyDown={onKeyDown} onBlur={onBlur}>
      <FieldInput field={field} value={value} onChange={change} error={error} autoFocus hideLabel />
    </div>
  )
}

/** A choice is made by one click: there is nothing more to say. */
const PICKED: ReadonlySet<string> = new Set(['choice', 'lookup', 'user', 'boolean'])

function saves(event: KeyboardEvent, { type }: FieldInfo): boolean {
  if (type === 'longText') return event.metaKey || event.ctrlKey
  // While a list of choices is open, Enter picks.
  return !(event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true')
}

/** Lists and calendars open elsewhere in the document, and still belong to the input. */
function isInside(box: HTMLElement | null, target: EventTarget | null): boolean {
  return target instanceof Element && (box?.contains(target) === true || target.closest('[data-portal]') !== null)
}

function messageOf(t: (key: string) => string, problem: unknown, field: string): string {
  return (isProblem(problem, 422) && problem.byField.get(field)) || problemText(t, problem)
}

/** The focus goes back to where the edit began. */
function useReturnedFocus(field: string): void {
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        const isLost = document.activeElement === document.body || document.activeElement === null
        if (isLost) document.querySelector<HTMLElement>(`[data-edit="${CSS.escape(field)}"]`)?.focus()
      })
    },
    [field],
  )
}
