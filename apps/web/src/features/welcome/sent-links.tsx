import { Button, CopyButton, Group, List, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly sent: readonly {
    readonly key: string
    readonly name: string
    readonly mailed: boolean
    readonly link?: string
  }[]
}

/** Who was invited: by mail, or by a link to hand over. */
export function SentLinks({ sent }: Props) {
  const { t } = useTranslation()
  return (
    <div role="status">
      <List listStyleType="none" spacing="xs">
        {sent.map(({ key, name, mailed, link }) => (
          <List.Item key={key}>
            <Group gap="sm">
              <bdi>{name}</bdi>
              <Text c="dimmed">{t(mailed ? 'welcome:mailed' : 'welcome:handOver')}</Text>
              {link && (
                <CopyButton value={new URL(link, location.origin).href}>
                  {({ copied, copy }) => (
                    <Button size="compact-sm" variant="default" onClick={copy}>
                      {t(copied ? 'welcome:copied' : 'welcome:copy')}
                    </Button>
                  )}
                </CopyButton>
              )}
            </Group>
          </List.Item>
        ))}
      </List>
    </div>
  )
}
