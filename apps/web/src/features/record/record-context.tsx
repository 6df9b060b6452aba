import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { FieldInfo, ModuleInfo } from '../../lib/modules.ts'
import { allows, type RecordItem } from '../../lib/records.ts'

/** The record that the page is about, and what its reader may do to it. */
export interface RecordHere {
  readonly info: ModuleInfo
  readonly record: RecordItem
  may(action: string): boolean
  /** Whether a field's value can be changed in place. */
  mayChange(field: FieldInfo): boolean
}

const Here = createContext<RecordHere | undefined>(undefined)

interface Props {
  readonly info: ModuleInfo
  readonly record: RecordItem
  readonly children: ReactNode
}

export function RecordProvider({ info, record, children }: Props) {
  const here = useMemo<RecordHere>(() => {
    const may = (action: string) => allows(record, info.actions, action)
    return { info, record, may, mayChange: (field) => may('update') && field.access === 'edit' && !field.system }
  }, [info, record])
  return <Here.Provider value={here}>{children}</Here.Provider>
}

/** Only below the record's page. */
export function useRecord(): RecordHere {
  const here = useContext(Here)
  if (!here) throw new Error('There is no record here.')
  return here
}
