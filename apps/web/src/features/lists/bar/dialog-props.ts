import type { ListSearch } from '../../../lib/list-search.ts'
import type { ModuleInfo } from '../../../lib/modules.ts'
import type { Selected } from './selected.ts'

/** What every dialog over marked records gets. */
export interface DialogProps {
  readonly module: ModuleInfo
  readonly search: ListSearch
  readonly selected: Selected
  readonly onClose: () => void
}
