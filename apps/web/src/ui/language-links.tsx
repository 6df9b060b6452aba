import { Anchor, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { speak } from '../lib/i18n.ts'
import { LANGUAGES } from '../lib/languages.ts'

/** The languages of the page, below what is read before anybody is signed in. */
export function LanguageLinks() {
  const { t, i18n } = useTranslation()
  return (
    <Group gap="md" justify="center" component="nav" aria-label={t('common:language')}>
      {LANGUAGES.map(({ tag, name }) => (
        <Anchor
          key={tag}
          component="button"
          type="button"
          size="sm"
          lang={tag}
          aria-current={i18n.language === tag}
          c={i18n.language === tag ? undefined : 'dimmed'}
          onClick={() => void speak(tag)}
        >
          {name}
        </Anchor>
      ))}
    </Group>
  )
}
