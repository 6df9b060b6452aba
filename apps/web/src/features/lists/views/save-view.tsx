import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import type { ListSearch } from '../../../lib/list-search.ts'
import type { ModuleInfo } from '../../../lib/modules.ts'
import { definitionOf, searchOf, type View, viewsQuery } from '../../../lib/views.ts'
import { DirectoryInput } from '../../../ui/directory-input.tsx'
import { say, sayProblem } from '../../../ui/notify.ts'
import { layoutOf } from '../layouts.ts'

interface Props {
  readonly module: ModuleInfo
  readonly search: ListSearch
}

const SHARED = ['team', 'role', 'group'] as const

/** Keeps the list as it stands under a name, for oneself or for a team; or puts it in the place of the view one is on. */
export function SaveView({ module, search }: Props) {
  const { data: views = [] } = useQuery(viewsQuery(module.module))
  const current = views.find(({ id, mayChange }) => id === search.view && mayChange)
  return <ViewForm key={current?.id ?? ''} module={module} search={search} current={current} />
}

function ViewForm({ module, search, current }: Props & { readonly current: View | undefined }) {
  const { t } = useTranslation()
  const [name, setName] = useState(current?.name ?? '')
  const [sharedWith, setSharedWith] = useState<string | null>(current?.sharedWith ?? null)
  const layout = layoutOf(module, search)
  const kept = { name: name.trim(), layout, definition: definitionOf(search), sharedWith }
  const { keep, change, remove } = useViewChanges(module.module)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (kept.name !== '') keep.mutate(kept)
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t('lists:views.name')}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <DirectoryInput
          kinds={SHARED}
          label={t('lists:views.sharedWith')}
          placeholder={t('lists:views.onlyMe')}
          value={sharedWith}
          onChange={setSharedWith}
        />
        <Group gap="xs">
          {current && (
            <Button
              loading={change.isPending}
              disabled={kept.name === ''}
              onClick={() => change.mutate({ id: current.id, ...kept })}
            >
              {t('lists:views.change')}
            </Button>
          )}
          <Button
            type="submit"
            variant={current ? 'default' : 'filled'}
            loading={keep.isPending}
            disabled={kept.name === ''}
          >
            {t('lists:views.keep')}
          </Button>
          {current && (
            <Button variant="subtle" color="red" onClick={() => remove.mutate(current)}>
              {t('lists:views.remove')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

type Kept = Pick<View, 'name' | 'layout' | 'definition' | 'sharedWith'>

function useViewChanges(module: string) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const show = async (view: View | undefined) => {
    await queries.invalidateQueries({ queryKey: ['views', module] })
    await navigate({ to: '/records/$module', params: { module }, search: view ? searchOf(view) : {} })
  }
  const onError = (error: unknown) => sayProblem(t, error)
  const keep = useMutation({
    mutationFn: (kept: Kept) => ask(api.POST('/api/v1/views', { body: { module, ...kept } })),
    onSuccess: (view) => {
      say(t('lists:views.kept'))
      return show(view)
    },
    onError,
  })
  const change = useMutation({
    mutationFn: ({ id, ...kept }: Kept & { id: string }) =>
      ask(api.PATCH('/api/v1/views/{id}', { params: { path: { id } }, body: kept })),
    onSuccess: (view) => {
      say(t('lists:views.kept'))
      return show(view)
    },
    onError,
  })
  const remove = useMutation({
    mutationFn: ({ id }: View) => ask(api.DELETE('/api/v1/views/{id}', { params: { path: { id } } })),
    onSuccess: () => show(undefined),
    onError,
  })
  return { keep, change, remove }
}
