import { Button, Group, Stack, TextInput } from '@mantine/core'
import { IconCalendar, IconChecklist, IconPhone } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import { lookedUpIn } from '../../../lib/fields.ts'
import { useMay } from '../../../lib/me.ts'
import { type ModuleInfo, useModule } from '../../../lib/modules.ts'
import { useTitles } from '../../../lib/titles.ts'
import { say, sayProblem } from '../../../ui/notify.ts'
import { useRecord } from '../record-context.tsx'
import { keyOf } from '../record-queries.ts'
import { aboutField, activityFor, type Quick } from './new-activity.ts'

const QUICK: readonly { readonly kind: Quick; readonly Icon: typeof IconPhone }[] = [
  { kind: 'Call', Icon: IconPhone },
  { kind: 'Meeting', Icon: IconCalendar },
  { kind: 'Task', Icon: IconChecklist },
]

/** Logs a call, plans a meeting or a task about the record, in a line; only where activities can be about it. */
export function QuickActivity() {
  const { info } = useRecord()
  const activities = useModule('activities')
  const mayCreate = useMay('activities', 'create')
  if (!activities || !mayCreate || aboutField(activities, info.module) === undefined) return null
  return <Buttons activities={activities} />
}

function Buttons({ activities }: { readonly activities: ModuleInfo }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<Quick>()
  return (
    <>
      {QUICK.map(({ kind: each, Icon }) => (
        <Button
          key={each}
          size="xs"
          variant="default"
          leftSection={<Icon size={16} stroke={1.6} aria-hidden />}
          aria-expanded={kind === each}
          onClick={() => setKind(kind === each ? undefined : each)}
        >
          {t(`record:quick.${each}`)}
        </Button>
      ))}
      {kind && <QuickForm key={kind} kind={kind} activities={activities} onDone={() => setKind(undefined)} />}
    </>
  )
}

interface FormProps {
  readonly kind: Quick
  readonly activities: ModuleInfo
  onDone(): void
}

function QuickForm({ kind, activities, onDone }: FormProps) {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const titles = useTitles(lookedUpIn(info.fields, [record]))
  const [subject, setSubject] = useState('')
  const [when, setWhen] = useState('')
  const create = useCreate(info.module, record.id, onDone)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!subject.trim()) return
    create.mutate({
      ...activityFor(activities, info, record, kind, titles),
      subject: subject.trim(),
      ...(when && kind === 'Meeting' && { startsAt: new Date(when).toISOString() }),
      ...(when && kind === 'Task' && { dueDate: when }),
    })
  }
  return (
    <Stack component="form" onSubmit={submit} w="100%" gap="xs">
      <Group gap="xs" align="flex-end">
        <TextInput
          flex={1}
          miw="12rem"
          label={t(`record:quick.subject.${kind}`)}
          value={subject}
          onChange={({ currentTarget }) => setSubject(currentTarget.value)}
          autoFocus
          required
          maxLength={500}
        />
        {kind !== 'Call' && (
          <TextInput
            type={kind === 'Meeting' ? 'datetime-local' : 'date'}
            label={t(`record:quick.when.${kind}`)}
            value={when}
            onChange={({ currentTarget }) => setWhen(currentTarget.value)}
          />
        )}
        <Button type="submit" loading={create.isPending}>
          {t('record:quick.do')}
        </Button>
      </Group>
    </Stack>
  )
}

function useCreate(module: string, id: string, onDone: () => void) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Record<string, unknown>) =>
      ask(api.POST('/api/v1/records/{module}', { params: { path: { module: 'activities' } }, body })),
    onSuccess: () => {
      say(t('record:quick.done'))
      onDone()
    },
    onError: (error) => sayProblem(t, error),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['records', 'activities'] })
      void queries.invalidateQueries({ queryKey: keyOf(module, id, 'timeline') })
      return queries.invalidateQueries({ queryKey: keyOf(module, id, 'related') })
    },
  })
}
