import { Group, Radio, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useModule } from '../../../lib/modules.ts'
import { useLabel } from '../../../lib/text.ts'
import { nameOf } from '../../../lib/titles.ts'
import { LookupInput } from '../../../ui/lookup-input.tsx'

/** What a part of a lead becomes. */
export type Choice =
  | { readonly kind: 'new'; readonly name: string }
  | { readonly kind: 'existing'; readonly id: string | null }
  | { readonly kind: 'none' }

interface Props {
  readonly module: 'accounts' | 'contacts' | 'deals'
  readonly choice: Choice
  /** Records that look like it. */
  readonly found: readonly { readonly id: string; readonly [field: string]: unknown }[]
  readonly mayCreate: boolean
  readonly newOnly?: boolean
  readonly optional?: boolean
  onChange(choice: Choice): void
}

/** A new record, one that is there, or none. */
export function BecomesPart({ module, choice, found, mayCreate, newOnly, optional, onChange }: Props) {
  const { t } = useTranslation()
  const label = useLabel()
  const info = useModule(module)
  const title = label(info?.name, module)
  const [like] = found
  const pick = (kind: string) => {
    if (kind === 'new') onChange({ kind, name: '' })
    if (kind === 'existing') onChange({ kind, id: like?.id ?? null })
    if (kind === 'none') onChange({ kind })
  }
  return (
    <Stack gap="xs">
      <Radio.Group
        value={choice.kind}
        onChange={pick}
        label={title}
        description={like ? t('record:convert.like', { name: nameOf(like.name) }) : undefined}
      >
        <Group mt={4}>
          {mayCreate && <Radio value="new" label={t('record:convert.new')} />}
          {info && !newOnly && <Radio value="existing" label={t('record:convert.existing')} />}
          {optional && <Radio value="none" label={t('record:convert.none')} />}
        </Group>
      </Radio.Group>
      {choice.kind === 'new' && (
        <TextInput
          aria-label={t('record:convert.nameOf', { field: title })}
          placeholder={t('record:convert.asLead')}
          value={choice.name}
          onChange={({ currentTarget }) => onChange({ kind: 'new', name: currentTarget.value })}
        />
      )}
      {choice.kind === 'existing' && (
        <LookupInput
          module={module}
          aria-label={title}
          value={choice.id}
          onChange={(id) => onChange({ kind: 'existing', id })}
        />
      )}
    </Stack>
  )
}
