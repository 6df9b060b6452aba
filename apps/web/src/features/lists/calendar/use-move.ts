import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useEditRecord } from '../../../lib/edit-record.ts'
import type { RecordItem } from '../../../lib/records.ts'
import { sayProblem } from '../../../ui/notify.ts'
import { sayChanged } from '../table/use-inline-edit.tsx'

/** Puts a record to another time, at once, and back with the reason where it is refused; the toast undoes it. */
export function useMove(module: string) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const edit = useEditRecord(module)
  return async (record: RecordItem, changes: Record<string, string>, said: string) => {
    const isSame = Object.entries(changes).every(([field, value]) => isSameTime(record[field], value))
    if (isSame) return
    const before = Object.fromEntries(Object.keys(changes).map((field) => [field, record[field] ?? null]))
    try {
      const { after } = await edit(record, changes)
      const undo = after && (() => void edit(after, before).catch((error: unknown) => sayProblem(t, error)))
      sayChanged(said, undo, t('lists:undo'))
      void queries.invalidateQueries({ queryKey: ['records', module, 'few'] })
    } catch (error) {
      sayProblem(t, error)
    }
  }
}

function isSameTime(before: unknown, after: string): boolean {
  return typeof before === 'string' && (before === after || Date.parse(before) === Date.parse(after))
}
