import { Loader, Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entry } from './entries.ts'
import classes from './palette.module.css'
import { PaletteEntries } from './palette-entries.tsx'
import { useEntries } from './use-entries.ts'

const TYPING_MS = 150

/** Go, create, search, act: one field for all of it, by keyboard alone. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [asked] = useDebouncedValue(typed.trim(), TYPING_MS)
  const { groups, isSearching } = useEntries(typed.trim(), asked)
  const entries = groups.flatMap((group) => group.entries)
  const [at, setAt] = useState(0)
  const chosen = entries[Math.min(at, entries.length - 1)]
  const choose = (entry: Entry) => {
    onClose()
    if ('to' in entry) void navigate({ to: entry.to })
    else entry.act()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && entries.length > 0) {
      event.preventDefault()
      setAt((now) => (Math.min(now, entries.length - 1) + step + entries.length) % entries.length)
    } else if (event.key === 'Enter' && chosen && !event.nativeEvent.isComposing) {
      event.preventDefault()
      choose(chosen)
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size="lg"
      yOffset="12vh"
      attributes={{ content: { 'aria-label': t('palette:title') } }}
    >
      <TextInput
        variant="unstyled"
        size="md"
        className={classes.field}
        leftSection={isSearching ? <Loader size={16} /> : <IconSearch size={18} aria-hidden />}
        placeholder={t('palette:placeholder')}
        aria-label={t('palette:title')}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={chosen && `${listId}-${chosen.key}`}
        data-autofocus
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <PaletteEntries id={listId} groups={groups} chosen={chosen} onChoose={choose} isSearching={isSearching} />
    </Modal>
  )
}
