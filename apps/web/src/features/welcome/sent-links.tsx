import { Button, CopyButton, Group, List, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Invited } from './use-invitations.ts'

interface Props {
  readonly invited: readonly Invited[]
  onRetry(person: Invited): void
}

/** Who was invited: by mail, by a link to hand over, or not yet, and why. */
export function SentLinks({ invited, onRetry }: Props) {
  return (
    <div role="status">
      <List listStyleType="none" spacing="xs">
        {invited.map((person) => (
          <List.Item key={person.key}>
            <Group gap="sm">
              <bdi>{person.name}</bdi>
              <Outcome person={person} onRetry={onRetry} />
            </Group>
          </List.Item>
        ))}
      </List>
    </div>
  )
}

function Outcome({ person, onRetry }: { readonly person: Invited; onRetry(person: Invited): void }) {
  const { t } = useTranslation()
  const { made, failure } = person
  if (failure !== undefined) {
    return (
      <>
        <Text c="red">{failure}</Text>
        <Button size="compact-sm" variant="default" onClick={() => onRetry(person)}>
          {t('welcome:retry')}
        </Button>
      </>
    )
  }
  if (!made) return <Text c="dimmed">{t('common:loading')}</Text>
  return (
    <>
      <Text c="dimmed">{t(made.mailed ? 'welcome:mailed' : 'welcome:handOver')}</Text>
      {made.link && (
        <CopyButton value={new URL(made.link, location.origin).href}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {t(copied ? 'welcome:copied' : 'welcome:copy')}
            </Button>
          )}
        </CopyButton>
      )}
    </>
  )
}
