import { Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entry, EntryGroup } from './entries.ts'
import classes from './palette.module.css'

interface Props {
  readonly id: string
  readonly groups: readonly EntryGroup[]
  readonly chosen: Entry | undefined
  readonly isSearching: boolean
  readonly onChoose: (entry: Entry) => void
}

/** What fits what was typed, by kind. */
export function PaletteEntries({ id, groups, chosen, isSearching, onChoose }: Props) {
  const { t } = useTranslation()
  const list = useRef<HTMLDivElement>(null)
  const chosenKey = chosen?.key
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen comes into view whenever it changes
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosenKey])
  return (
    <div ref={list} id={id} role="listbox" aria-label={t('palette:title')} className={classes.entries}>
      {groups.map(({ title, entries }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options has no element of its own
        <div key={title} role="group" aria-label={title}>
          <div className={classes.group}>{title}</div>
          {entries.map((entry) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which names the option that is chosen
            <div
              key={entry.key}
              id={`${id}-${entry.key}`}
              role="option"
              tabIndex={-1}
              aria-selected={entry.key === chosenKey}
              className={classes.entry}
              onClick={() => onChoose(entry)}
            >
              {entry.icon}
              <bdi className={classes.name}>{entry.name}</bdi>
              {entry.detail && (
                <Text component="bdi" size="sm" c="dimmed">
                  {entry.detail}
                </Text>
              )}
            </div>
          ))}
        </div>
      ))}
      {groups.length === 0 && (
        <Text c="dimmed" p="md" role="status">
          {t(isSearching ? 'common:loading' : 'palette:nothing')}
        </Text>
      )}
    </div>
  )
}
