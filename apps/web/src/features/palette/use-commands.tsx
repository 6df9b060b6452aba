import { useMantineColorScheme } from '@mantine/core'
import { IconHome, IconKeyboard, IconLogout, IconMoon, IconPlus, IconRoute, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openCreate } from '../../lib/create-dialog.ts'
import { speak } from '../../lib/i18n.ts'
import { LANGUAGES } from '../../lib/languages.ts'
import { useMe } from '../../lib/me.ts'
import { useModules } from '../../lib/modules.ts'
import { keySheet, tour } from '../../lib/opened.ts'
import { signOut } from '../../lib/session.ts'
import { useLabel } from '../../lib/text.ts'
import { tourFor } from '../../lib/tour.ts'
import { sayProblem } from '../../ui/notify.ts'
import type { EntryGroup } from './entries.ts'
import { moduleIcon } from './icons.tsx'

/** Everything that the palette offers besides records; nothing that isn't the person's to do. */
export function useCommands(): readonly EntryGroup[] {
  const { t } = useTranslation()
  const groups = [
    { title: t('palette:go'), entries: useGoing() },
    { title: t('palette:create'), entries: useCreating() },
    { title: t('palette:act'), entries: useActing() },
  ]
  return groups.filter(({ entries }) => entries.length > 0)
}

function useGoing() {
  const { t } = useTranslation()
  const label = useLabel()
  const home = { key: 'go-home', name: t('shell:home'), icon: <IconHome size={18} aria-hidden />, to: '/' }
  const modules = useModules().map(({ module, plural }) => ({
    key: `go-${module}`,
    name: label(plural, module),
    icon: moduleIcon(module),
    to: `/records/${module}`,
  }))
  return [home, ...modules]
}

function useCreating() {
  const { t } = useTranslation()
  const label = useLabel()
  return useModules()
    .filter(({ actions }) => actions.includes('create'))
    .map(({ module, name }) => ({
      key: `create-${module}`,
      name: t('palette:createOne', { name: label(name, module) }),
      icon: <IconPlus size={18} aria-hidden />,
      act: () => openCreate(module),
    }))
}

function useActing() {
  const { t, i18n } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const isDark = colorScheme === 'dark'
  const hasTour = tourFor(useMe()) !== undefined
  const languages = LANGUAGES.filter(({ tag }) => tag !== i18n.language).map(({ tag, name }) => ({
    key: `speak-${tag}`,
    name: t('palette:speak', { name }),
    act: () => void speak(tag),
  }))
  return [
    {
      key: 'scheme',
      name: t(isDark ? 'palette:light' : 'palette:dark'),
      icon: isDark ? <IconSun size={18} aria-hidden /> : <IconMoon size={18} aria-hidden />,
      act: () => setColorScheme(isDark ? 'light' : 'dark'),
    },
    { key: 'keys', name: t('palette:keys'), icon: <IconKeyboard size={18} aria-hidden />, act: keySheet.open },
    ...(hasTour
      ? [{ key: 'tour', name: t('tours:show'), icon: <IconRoute size={18} aria-hidden />, act: tour.open }]
      : []),
    ...languages,
    {
      key: 'sign-out',
      name: t('shell:signOut'),
      icon: <IconLogout size={18} className="bw-mirrored" aria-hidden />,
      act: () => void signOut().catch((error: unknown) => sayProblem(t, error)),
    },
  ]
}
