import { Button, Checkbox, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../lib/api/client.ts'
import { isProblem } from '../../lib/api/problem.ts'
import { closeCreate } from '../../lib/create-dialog.ts'
import { isEmpty } from '../../lib/fields.ts'
import { type FieldInfo, type ModuleInfo, titleField } from '../../lib/modules.ts'
import { nameOf } from '../../lib/titles.ts'
import { DirectoryInput } from '../../ui/directory-input.tsx'
import { FieldInput } from '../../ui/field-input.tsx'
import { say } from '../../ui/notify.ts'
import { problemText } from '../../ui/problem-text.ts'
import { AlreadyThere } from './already-there.tsx'
import { fieldsToFill } from './important-fields.ts'

type Values = Readonly<Record<string, unknown>>
interface Props {
  readonly module: ModuleInfo
  readonly values: Values
}

const OWNERS = ['user', 'team'] as const

/** The fields of a record that is to be: what must be filled in first. What is wrong is said at its field, and nothing typed is lost. */
export function CreateForm({ module, values: given }: Props) {
  const { t } = useTranslation()
  const [values, setValues] = useState<Values>(given)
  const [isMore, setMore] = useState(false)
  const [another, setAnother] = useState(false)
  const [round, setRound] = useState(0)
  const send = useCreate(module, another, () => {
    setValues(given)
    setRound(round + 1)
  })
  const { first, more } = fieldsToFill(module, new Set(Object.keys(given)))
  const wrong = isProblem(send.error, 422) ? send.error.byField : new Map<string, string>()
  const shown = isMore || more.some(({ field }) => wrong.has(field)) ? [...first, ...more] : first
  const write = (field: string, value: unknown) => setValues((before) => ({ ...before, [field]: value }))
  const submit = (event: FormEvent, toOpen: boolean) => {
    event.preventDefault()
    send.mutate({ values, toOpen })
  }
  return (
    <form key={round} onSubmit={(event) => submit(event, false)} noValidate>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="sm">
          {shown.map((field, at) => (
            <Wide key={field.field} field={field}>
              <FieldInput
                field={field}
                value={values[field.field] ?? null}
                onChange={(value) => write(field.field, value)}
                error={wrong.get(field.field)}
                autoFocus={at === 0}
              />
            </Wide>
          ))}
          {module.actions.includes('transfer') && (
            <DirectoryInput
              kinds={OWNERS}
              label={t('create:owner')}
              value={typeof values.owner === 'string' ? values.owner : null}
              onChange={(owner) => write('owner', owner)}
              error={wrong.get('owner')}
            />
          )}
        </SimpleGrid>
        <AlreadyThere module={module} values={values} />
        {!isMore && more.length > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={() => setMore(true)} style={{ alignSelf: 'start' }}>
            {t('create:moreFields')}
          </Button>
        )}
        {send.error && (
          <Text c="red" role="alert">
            {wrong.size > 0 ? t('create:wrong') : problemText(t, send.error)}
          </Text>
        )}
        <Group justify="space-between">
          <Checkbox label={t('create:another')} checked={another} onChange={() => setAnother(!another)} />
          <Group gap="xs">
            {!another && (
              <Button variant="default" loading={send.isPending} onClick={(event) => submit(event, true)}>
                {t('create:createAndOpen')}
              </Button>
            )}
            <Button type="submit" loading={send.isPending}>
              {t('create:create')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}

function Wide({ field, children }: { readonly field: FieldInfo; readonly children: ReactNode }) {
  const isWide = field.title || field.type === 'longText'
  return <div style={isWide ? { gridColumn: '1 / -1' } : undefined}>{children}</div>
}

interface Asked {
  readonly values: Values
  readonly toOpen: boolean
}

function useCreate(module: ModuleInfo, another: boolean, onAnother: () => void) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const open = (id: string) => void navigate({ to: '/records/$module/$id', params: { module: module.module, id } })
  return useMutation({
    mutationFn: async ({ values }: Asked) => {
      const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)))
      return ask(api.POST('/api/v1/records/{module}', { params: { path: { module: module.module } }, body: filled }))
    },
    onSuccess: ({ id }, { values, toOpen }) => {
      for (const kind of ['records', 'figures']) void queries.invalidateQueries({ queryKey: [kind, module.module] })
      if (another) onAnother()
      else closeCreate()
      if (toOpen) return open(id)
      const name = nameOf(values[titleField(module)?.field ?? 'id'])
      say(
        <Group justify="space-between" wrap="nowrap">
          <bdi>{t('create:created', { name })}</bdi>
          <Button size="compact-sm" variant="subtle" onClick={() => open(id)}>
            {t('create:open')}
          </Button>
        </Group>,
        { autoClose: 8_000 },
      )
    },
  })
}
