import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { createContext, lazy, type ReactNode, Suspense, useCallback, useContext, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type RecordItem, recordQuery } from '../../../lib/records.ts'
import { say } from '../../../ui/notify.ts'
import { useRecord } from '../record-context.tsx'
import { keyOf } from '../record-queries.ts'
import type { Changes } from './clashes.ts'
import { type Clashing, saveRecord } from './save-record.ts'

const MergeDialog = lazy(async () => ({ default: (await import('./merge-dialog.tsx')).MergeDialog }))

interface Open extends Clashing {
  readonly changes: Changes
}

/** Saves changes; shows them at once, and takes them back where they are refused. */
type Save = (changes: Changes, base: RecordItem) => Promise<void>

const Saves = createContext<Save | undefined>(undefined)

export function SaveProvider({ children }: { readonly children: ReactNode }) {
  const { info, record } = useRecord()
  const { module } = info
  const { id } = record
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { t } = useTranslation()
  const [open, setOpen] = useState<Open>()
  const key = useMemo(() => recordQuery(module, id).queryKey, [module, id])

  const settle = useCallback(
    (fresh: RecordItem) => {
      queries.setQueryData(key, fresh)
      for (const part of ['timeline', 'access', 'why-not', 'lines']) {
        void queries.invalidateQueries({ queryKey: keyOf(module, id, part) })
      }
      void queries.invalidateQueries({ queryKey: ['records', module, 'list'] })
    },
    [queries, key, module, id],
  )

  const save = useCallback<Save>(
    async (changes, base) => {
      await queries.cancelQueries({ queryKey: key, exact: true })
      const before = queries.getQueryData(key)
      queries.setQueryData(key, (now) => now && { ...now, ...changes })
      try {
        const saved = await saveRecord({ module, id, changes, base })
        if (saved.kind === 'saved') return settle(saved.record)
        if (saved.kind === 'clash') {
          settle(saved.fresh)
          void queries.invalidateQueries({ queryKey: key, exact: true })
          return setOpen({ ...saved, changes })
        }
        say(t('record:saved.gone'))
        void queries.invalidateQueries({ queryKey: ['records', module] })
        await navigate({ to: '/records/$module', params: { module } })
      } catch (error) {
        queries.setQueryData(key, (now) => now && { ...now, ...asBefore(before, changes) })
        throw error
      }
    },
    [queries, key, module, id, settle, navigate, t],
  )

  return (
    <Saves.Provider value={save}>
      {children}
      {open && (
        <Suspense>
          <MergeDialog {...open} onSave={save} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </Saves.Provider>
  )
}

function asBefore(before: RecordItem | undefined, changes: Changes): Changes {
  return Object.fromEntries(Object.keys(changes).map((field) => [field, before?.[field]]))
}

/** Only below the record's page. */
export function useSave(): Save {
  const save = useContext(Saves)
  if (!save) throw new Error('Nothing can be saved here.')
  return save
}
