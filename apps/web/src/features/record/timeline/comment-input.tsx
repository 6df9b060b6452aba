import { Combobox, Stack, Textarea, useCombobox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useDraft } from '../fields/drafts.tsx'
import { useRecord } from '../record-context.tsx'
import { MentionOptions } from './mention-options.tsx'
import { mentions, type Typed, typedMention, withMention } from './mention-text.ts'
import { type Mentionable, mentionableQuery } from './mentionable-query.ts'
import { UnseenNote } from './unseen-note.tsx'

interface Props {
  readonly text: string
  /** Whether what is typed would be lost. */
  readonly isDirty: boolean
  readonly label: string
  readonly placeholder?: string
  readonly id?: string
  readonly autoFocus?: boolean
  onText(text: string): void
  onSubmit(): void
  onCancel?(): void
}

/** A comment's text. @ finds people, and says who of them can't see the record. */
export function CommentInput({ text, isDirty, onText, onSubmit, onCancel, label, ...given }: Props) {
  const { info, record } = useRecord()
  const [typed, setTyped] = useState<Typed>()
  const [met, setMet] = useState<ReadonlyMap<string, Mentionable>>(new Map())
  const input = useRef<HTMLTextAreaElement>(null)
  const combobox = useCombobox()
  const found = useQuery({
    ...mentionableQuery(info.module, record.id, typed?.word ?? ''),
    enabled: typed !== undefined,
  })
  useDraft(isDirty)

  const write = (next: string, caret: number) => {
    onText(next)
    const now = typedMention(next, caret)
    setTyped(now)
    if (now) combobox.openDropdown()
    else combobox.closeDropdown()
    combobox.selectFirstOption()
  }
  const pick = (user: string) => {
    const person = found.data?.items.find((each) => each.user === user)
    if (!person || !typed) return
    setMet(new Map([...met, [user, person]]))
    const put = withMention(text, typed, user)
    write(put.text, put.caret)
    requestAnimationFrame(() => input.current?.setSelectionRange(put.caret, put.caret))
  }
  const setSeen = (user: string) => {
    const person = met.get(user)
    if (person) setMet(new Map([...met, [user, { ...person, canSee: true }]]))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) onSubmit()
    if (event.key === 'Escape' && !combobox.dropdownOpened) onCancel?.()
  }
  const unseen = [...met.values()].filter(({ user, canSee }) => !canSee && mentions(text, user))
  return (
    <Stack gap="xs">
      <Combobox store={combobox} onOptionSubmit={pick} position="bottom-start" width={280}>
        <Combobox.Target withKeyboardNavigation={combobox.dropdownOpened} withAriaAttributes={combobox.dropdownOpened}>
          <Textarea
            {...given}
            ref={input}
            autosize
            minRows={1}
            maxRows={10}
            maxLength={20_000}
            aria-label={label}
            value={text}
            onChange={({ currentTarget }) => write(currentTarget.value, currentTarget.selectionStart)}
            onKeyDown={onKeyDown}
            onBlur={() => combobox.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={!typed}>
          <MentionOptions found={found.data?.items} />
        </Combobox.Dropdown>
      </Combobox>
      {unseen.length > 0 && <UnseenNote people={unseen} mayShare={found.data?.mayShare ?? false} onShared={setSeen} />}
    </Stack>
  )
}
