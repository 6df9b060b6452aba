import { Group, Menu, Text, UnstyledButton } from '@mantine/core'
import { IconCheck, IconSelector } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../lib/me.ts'
import { switchOrganization } from '../lib/session.ts'
import { sayProblem } from '../ui/notify.ts'

/** The organizations that one works in. */
export function OrganizationMenu() {
  const { t } = useTranslation()
  const { organization, organizations } = useMe()
  const choose = (slug: string) => switchOrganization(slug).catch((error: unknown) => sayProblem(t, error))
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <UnstyledButton aria-label={t('shell:switchOrganization', { name: organization.name })}>
          <Group gap={4} wrap="nowrap">
            <Text fw={600}>{organization.name}</Text>
            <IconSelector size={16} aria-hidden />
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {organizations.map(({ slug, name }) => (
          <Menu.Item
            key={slug}
            aria-current={slug === organization.slug}
            rightSection={slug === organization.slug ? <IconCheck size={16} aria-hidden /> : undefined}
            onClick={() => void choose(slug)}
          >
            <bdi>{name}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
