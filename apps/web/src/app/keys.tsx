import { useHotkeys } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { keySheet, palette } from '../lib/opened.ts'

const Palette = lazy(async () => ({ default: (await import('../features/palette/palette.tsx')).Palette }))
const KeySheet = lazy(async () => ({ default: (await import('../features/palette/key-sheet.tsx')).KeySheet }))

/** The keys that work on every page, and what they open: fetched when it is first asked for. */
export function Keys() {
  const isPaletteOpen = palette.use()
  const isSheetOpen = keySheet.use()
  const navigate = useNavigate()
  useHotkeys([
    ['shift+?', () => keySheet.toggle()],
    ['?', () => keySheet.toggle()],
    ['alt+H', () => void navigate({ to: '/' })],
  ])
  // The palette opens from inside a field, too.
  useHotkeys([['mod+K', () => palette.toggle()]], [], true)
  return (
    <Suspense>
      {isPaletteOpen && <Palette onClose={palette.close} />}
      {isSheetOpen && <KeySheet onClose={keySheet.close} />}
    </Suspense>
  )
}
