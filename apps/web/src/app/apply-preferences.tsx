import { useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { speak } from '../lib/i18n.ts'
import { noteRecent, shortcutsQuery, usePreferences } from '../lib/preferences.ts'

/** Dresses the page as the person has it everywhere: language, light or dark, density. */
export function ApplyPreferences() {
  const preferences = usePreferences()
  const { i18n } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  const { language, theme, density } = preferences ?? {}
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was kept decides, not what the page speaks meanwhile
  useEffect(() => {
    if (language && language !== i18n.language) void speak(language)
  }, [language])
  useEffect(() => {
    if (theme) setColorScheme(theme)
  }, [theme, setColorScheme])
  useEffect(() => {
    if (density) document.documentElement.dataset.density = density
  }, [density])
  useNoteRecent()
  return null
}

const RECORD = /^\/records\/([^/]+)\/([^/]+)$/

function useNoteRecent(): void {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const queries = useQueryClient()
  useEffect(() => {
    const [, module, id] = RECORD.exec(path) ?? []
    if (!module || !id) return
    noteRecent(module, id).then(
      () => void queries.invalidateQueries({ queryKey: shortcutsQuery.queryKey }),
      () => {}, // what can't be noted isn't missed
    )
  }, [path, queries])
}
