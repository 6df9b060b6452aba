import { ACTIONS } from '@bailiwick/access'
import { Accordion, Checkbox, Group, Input, Select, SimpleGrid, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { useDraft } from './draft.tsx'
import { FieldAccessInput } from './field-access-input.tsx'
import { type Item, withMember } from './sections.ts'
import { texts, useItemName } from './use-item-text.ts'

interface Props {
  readonly label: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** What a profile grants on each module. One that isn't named is closed. */
export function ModuleAccessInput({ label, value, onChange }: Props) {
  const { t } = useTranslation()
  const { document } = useDraft()
  const nameOf = useItemName()
  const formats = useFormats()
  const granted = (value ?? {}) as Readonly<Record<string, Item>>
  const put = (module: string, access: Item) =>
    onChange(isNothing(access) ? without(granted, module) : { ...granted, [module]: access })
  return (
    <Input.Wrapper label={label}>
      <Accordion variant="default" chevronPosition="left">
        {Object.keys(document.modules ?? {}).map((module) => {
          const access = granted[module]
          const actions = texts(access?.actions)
          const said =
            actions.length > 0 ? formats.list(actions.map((action) => t(`admin:action.${action}`))) : t('admin:closed')
          return (
            <Accordion.Item key={module} value={module}>
              <Accordion.Control>
                <Group gap="sm" wrap="nowrap">
                  <Text fw={500}>{nameOf('modules', module)}</Text>
                  <Text size="sm" c="dimmed" truncate>
                    {said}
                  </Text>
                </Group>
              </Accordion.Control>
              <Accordion.Panel>
                <OneModule module={module} access={access ?? {}} onChange={(next) => put(module, next)} />
              </Accordion.Panel>
            </Accordion.Item>
          )
        })}
      </Accordion>
    </Input.Wrapper>
  )
}

interface OneModuleProps {
  readonly module: string
  readonly access: Item
  readonly onChange: (access: Item) => void
}

function OneModule({ module, access, onChange }: OneModuleProps) {
  const { t } = useTranslation()
  const set = (key: string, value: unknown) => onChange(withMember(access, key, value))
  return (
    <Stack gap="md">
      <Checkbox.Group
        aria-label={t('admin:member.actions')}
        value={texts(access.actions)}
        onChange={(actions) =>
          set(
            'actions',
            ACTIONS.filter((action) => actions.includes(action)),
          )
        }
      >
        <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="xs">
          {ACTIONS.map((action) => (
            <Checkbox key={action} value={action} label={t(`admin:action.${action}`)} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      <Group>
        {(['viewAll', 'modifyAll'] as const).map((key) => (
          <Checkbox
            key={key}
            label={t(`admin:action.${key}`)}
            checked={access[key] === true}
            onChange={(event) => set(key, event.currentTarget.checked || undefined)}
          />
        ))}
      </Group>
      <Select
        label={t('admin:member.aggregate')}
        allowDeselect={false}
        data={(['visible', 'all'] as const).map((of) => ({ value: of, label: t(`admin:choice.${of}`) }))}
        value={typeof access.aggregate === 'string' ? access.aggregate : 'visible'}
        onChange={(of) => set('aggregate', of === 'visible' ? undefined : of)}
      />
      <FieldAccessInput module={module} value={access.fields} onChange={(fields) => set('fields', fields)} />
    </Stack>
  )
}

function isNothing(access: Item): boolean {
  return Object.keys(access).length === 0
}

function without(granted: Readonly<Record<string, Item>>, module: string): Readonly<Record<string, Item>> {
  const { [module]: _gone, ...rest } = granted
  return rest
}
