import { Button, Group, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isProblem } from '../../../lib/api/problem.ts'
import { problemText } from '../../../ui/problem-text.ts'
import { useDraft } from '../fields/drafts.tsx'
import { useRecord } from '../record-context.tsx'
import { keyOf } from '../record-queries.ts'
import { type DraftLine, draftOf, emptyDraft, inputOf } from './draft-lines.ts'
import { LineFields } from './line-fields.tsx'
import { type Lines, putLines, type WithLines } from './sales-queries.ts'

interface Props {
  readonly module: WithLines
  readonly from: Lines
  onDone(): void
}

/** Writes lines; sums are made by the server when they are saved. */
export function LinesEditor({ module, from, onDone }: Props) {
  const { t } = useTranslation()
  const next = useRef(from.lines.length)
  const [drafts, setDrafts] = useState<readonly DraftLine[]>(() => {
    const given = from.lines.map(draftOf)
    return given.length > 0 ? given : [emptyDraft(next.current++)]
  })
  const [isTouched, setTouched] = useState(false)
  const save = useSaveLines(module, from.version, onDone)
  useDraft(isTouched)
  const put = (changed: readonly DraftLine[]) => {
    setTouched(true)
    setDrafts(changed)
  }
  const errors = isProblem(save.error, 422) ? (save.error.body.errors ?? []) : []
  return (
    <Stack gap="sm">
      {drafts.map((draft) => (
        <LineFields
          key={draft.key}
          draft={draft}
          onChange={(changed) => put(drafts.map((each) => (each.key === draft.key ? changed : each)))}
          onRemove={() => put(drafts.filter(({ key }) => key !== draft.key))}
        />
      ))}
      {save.isError && (
        <Text role="alert" c="red" size="sm">
          {errors.length > 0 ? errors.map(({ message }) => message).join(' ') : problemText(t, save.error)}
        </Text>
      )}
      <Group>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
          onClick={() => put([...drafts, emptyDraft(next.current++)])}
        >
          {t('record:lines.add')}
        </Button>
        <Button loading={save.isPending} onClick={() => save.mutate(drafts)}>
          {t('record:lines.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('record:cancel')}
        </Button>
      </Group>
    </Stack>
  )
}

function useSaveLines(module: WithLines, version: number, onDone: () => void) {
  const { record } = useRecord()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (drafts: readonly DraftLine[]) => putLines(module, record.id, version, { lines: inputOf(drafts) }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keyOf(module, record.id) })
      onDone()
    },
  })
}
