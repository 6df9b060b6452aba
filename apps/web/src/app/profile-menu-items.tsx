import { Menu, Text, useMantineColorScheme } from '@mantine/core'
import {
  IconCheck,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconRoute,
  IconSettings,
  IconSun,
  IconSunMoon,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { speak } from '../lib/i18n.ts'
import { LANGUAGES, type Language } from '../lib/languages.ts'
import { useMe } from '../lib/me.ts'
import { tour } from '../lib/opened.ts'
import { useChangePreferences } from '../lib/preferences.ts'
import { signOut } from '../lib/session.ts'
import { tourFor } from '../lib/tour.ts'
import { sayProblem } from '../ui/notify.ts'
import type { OpenedProps } from '../ui/opened-later.tsx'

const SCHEMES = [
  ['auto', IconSunMoon],
  ['light', IconSun],
  ['dark', IconMoon],
] as const

/** Who is signed in; language, light and dark, and the way out. */
export function ProfileMenuItems({ button, opened, onChange }: OpenedProps) {
  const { t } = useTranslation()
  const { user } = useMe()
  return (
    <Menu position="bottom-end" width={240} opened={opened} onChange={onChange}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <bdi>{user.name}</bdi>
          {user.email && (
            <Text size="xs" c="dimmed" dir="ltr" ta="start">
              {user.email}
            </Text>
          )}
        </Menu.Label>
        <Menu.Item component={Link} to="/settings" leftSection={<IconSettings size={16} aria-hidden />}>
          {t('settings:title')}
        </Menu.Item>
        <TourItem />
        <LanguageItems />
        <Menu.Divider />
        <SchemeItems />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} className="bw-mirrored" aria-hidden />}
          onClick={() => void signOut().catch((error: unknown) => sayProblem(t, error))}
        >
          {t('shell:signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function TourItem() {
  const { t } = useTranslation()
  const me = useMe()
  if (!tourFor(me)) return null
  return (
    <Menu.Item leftSection={<IconRoute size={16} aria-hidden />} onClick={tour.open}>
      {t('tours:show')}
    </Menu.Item>
  )
}

function LanguageItems() {
  const { t, i18n } = useTranslation()
  const change = useChangePreferences()
  const choose = (language: Language) => {
    void speak(language)
    change.mutate({ language })
  }
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconLanguage size={16} aria-hidden />}>{t('common:language')}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {LANGUAGES.map(({ tag, name }) => (
          <Menu.Item
            key={tag}
            lang={tag}
            aria-current={i18n.language === tag}
            rightSection={i18n.language === tag ? <IconCheck size={16} aria-hidden /> : undefined}
            onClick={() => choose(tag)}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  )
}

function SchemeItems() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const change = useChangePreferences()
  const choose = (theme: (typeof SCHEMES)[number][0]) => {
    setColorScheme(theme)
    change.mutate({ theme })
  }
  return SCHEMES.map(([scheme, Icon]) => (
    <Menu.Item
      key={scheme}
      leftSection={<Icon size={16} aria-hidden />}
      aria-current={colorScheme === scheme}
      rightSection={colorScheme === scheme ? <IconCheck size={16} aria-hidden /> : undefined}
      onClick={() => choose(scheme)}
    >
      {t(`shell:scheme.${scheme}`)}
    </Menu.Item>
  ))
}
