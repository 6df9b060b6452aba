import { Button, Group, Stack, Table, Text, TextInput, Title, UnstyledButton } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import classes from './admin.module.css'
import { useDraft } from './draft.tsx'
import { ItemDrawer } from './item-drawer.tsx'
import { PendingInvitations } from './pending-invitations.tsx'
import { itemsOf, type Section } from './sections.ts'
import { SignInCell } from './sign-in-cell.tsx'
import { useItemName, useItemSummary } from './use-item-text.ts'
import { useSignIns } from './use-people.ts'

const MOST_SHOWN = 200
const NEW = ''

/** The things of one section, found by name, each opened in a form. */
export function SectionPage({ section }: { readonly section: Section }) {
  const { t } = useTranslation()
  const { document, base } = useDraft()
  const formats = useFormats()
  const nameOf = useItemName()
  const summaryOf = useItemSummary(section)
  const [asked, setAsked] = useState('')
  const [open, setOpen] = useState<string>()
  const signIns = useSignIns()
  const isPeople = section === 'users' && signIns.people.size > 0
  const items = itemsOf(document, section)
  const before = itemsOf(base, section)
  const found = Object.entries(items)
    .map(([key, item]) => ({ key, item, name: nameOf(section, key) }))
    .filter(({ key, name }) => `${name} ${key}`.toLocaleLowerCase().includes(asked.toLocaleLowerCase()))
    .sort((a, b) => formats.compare(a.name, b.name))
  return (
    <Stack gap="md" className={classes.section}>
      <Group justify="space-between">
        <Title order={1}>{t(`admin:section.${section}`)}</Title>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen(NEW)}>
          {t(`admin:add.${section}`)}
        </Button>
      </Group>
      <Text c="dimmed" maw="44rem">
        {t(`admin:help.${section}`)}
      </Text>
      {section === 'users' && <PendingInvitations signIns={signIns} />}
      <TextInput
        maw={320}
        leftSection={<IconSearch size={16} aria-hidden />}
        placeholder={t('admin:find')}
        aria-label={t('admin:find')}
        value={asked}
        onChange={(event) => setAsked(event.currentTarget.value)}
      />
      {found.length === 0 && <EmptyState title={t('admin:nothing')} text={t(`admin:help.${section}`)} />}
      {found.length > 0 && (
        <Table highlightOnHover verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('admin:member.name')}</Table.Th>
              <Table.Th>{t('admin:says')}</Table.Th>
              {isPeople && <Table.Th>{t('admin:invitation.signIn')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.slice(0, MOST_SHOWN).map(({ key, item, name }) => (
              <Table.Tr key={key}>
                <Table.Td>
                  <UnstyledButton onClick={() => setOpen(key)}>
                    <Text component="bdi" fw={500}>
                      {name}
                    </Text>
                    {JSON.stringify(before[key]) !== JSON.stringify(item) && (
                      <Text component="span" size="xs" c="dimmed" ms="xs">
                        {t(key in before ? 'admin:changed' : 'admin:new')}
                      </Text>
                    )}
                  </UnstyledButton>
                </Table.Td>
                <Table.Td>
                  <Text component="span" size="sm" c="dimmed" lineClamp={1}>
                    {summaryOf(item)}
                  </Text>
                </Table.Td>
                {isPeople && (
                  <Table.Td>
                    <SignInCell person={signIns.people.get(key)} signIns={signIns} />
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {found.length > MOST_SHOWN && (
        <Text c="dimmed">
          {t('admin:more', { shown: formats.number(MOST_SHOWN), all: formats.number(found.length) })}
        </Text>
      )}
      {open !== undefined && (
        <ItemDrawer key={open} section={section} itemKey={open || undefined} onClose={() => setOpen(undefined)} />
      )}
    </Stack>
  )
}
