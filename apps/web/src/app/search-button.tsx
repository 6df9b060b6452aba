import { Group, Kbd, Text, UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { palette } from '../lib/opened.ts'
import classes from './search-button.module.css'

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** Looks like a field and opens the palette, where one searches and acts. */
export function SearchButton() {
  const { t } = useTranslation()
  return (
    <UnstyledButton
      className={classes.button}
      data-tour="search"
      aria-label={t('shell:search')}
      aria-keyshortcuts="Control+K"
      onClick={palette.open}
    >
      <IconSearch size={16} aria-hidden />
      <Text size="sm" c="dimmed" flex={1} visibleFrom="xs" truncate>
        {t('shell:search')}
      </Text>
      <Group gap={2} visibleFrom="sm" dir="ltr" aria-hidden>
        <Kbd size="xs">{isMac ? '⌘' : 'Ctrl'}</Kbd>
        <Kbd size="xs">K</Kbd>
      </Group>
    </UnstyledButton>
  )
}
