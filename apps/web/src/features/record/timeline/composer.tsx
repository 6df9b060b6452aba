import { Button, Combobox, Group, Stack, Textarea, useCombobox } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import { sayProblem } from '../../../ui/notify.ts'
import { useDraft } from '../fields/drafts.tsx'
import { useRecord } from '../record-context.tsx'
import { keyOf } from '../record-queries.ts'
import { COMPOSER } from './focus-composer.ts'
import { MentionOptions } from './mention-options.tsx'
import { mentions, type Typed, typedMention, withMention } from './mention-text.ts'
import { type Mentionable, mentionableQuery } from './mentionable-query.ts'
import { UnseenNote } from './unseen-note.tsx'

/** Where a comment is written. @ finds people, and says who of them can't see the record. */
export function Composer() {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const [text, setText] = useState('')
  const [typed, setTyped] = useState<Typed>()
  const [met, setMet] = useState<ReadonlyMap<string, Mentionable>>(new Map())
  const input = useRef<HTMLTextAreaElement>(null)
  const combobox = useCombobox()
  const found = useQuery({
    ...mentionableQuery(info.module, record.id, typed?.word ?? ''),
    enabled: typed !== undefined,
  })
  const post = usePost(info.module, record.id, () => setText(''))
  useDraft(text.trim() !== '')

  const write = (next: string, caret: number) => {
    setText(next)
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
  const submit = () => text.trim() && post.mutate(text.trim())
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit()
  }
  const unseen = [...met.values()].filter(({ user, canSee }) => !canSee && mentions(text, user))
  return (
    <Stack gap="xs" className="bw-no-print">
      <Combobox store={combobox} onOptionSubmit={pick} position="bottom-start" width={280}>
        <Combobox.Target withKeyboardNavigation={combobox.dropdownOpened} withAriaAttributes={combobox.dropdownOpened}>
          <Textarea
            ref={input}
            id={COMPOSER}
            dir="auto"
            autosize
            minRows={1}
            maxRows={10}
            maxLength={20_000}
            aria-label={t('record:comment.label')}
            placeholder={t('record:comment.placeholder')}
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
      {text.trim() !== '' && (
        <Group>
          <Button size="xs" loading={post.isPending} onClick={submit}>
            {t('record:comment.do')}
          </Button>
        </Group>
      )}
    </Stack>
  )

  function setSeen(user: string) {
    const person = met.get(user)
    if (person) setMet(new Map([...met, [user, { ...person, canSee: true }]]))
  }
}

function usePost(module: string, id: string, onDone: () => void) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (text: string) =>
      ask(api.POST('/api/v1/records/{module}/{id}/comments', { params: { path: { module, id } }, body: { text } })),
    onSuccess: onDone,
    onError: (error) => sayProblem(t, error),
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(module, id, 'timeline') }),
  })
}
