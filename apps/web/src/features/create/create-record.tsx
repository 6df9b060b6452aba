import { lazy, Suspense } from 'react'
import { useCreating } from '../../lib/create-dialog.ts'
import { useModule } from '../../lib/modules.ts'

const CreateDialog = lazy(async () => ({ default: (await import('./create-dialog.tsx')).CreateDialog }))

/** Makes a record, wherever on the page one is: see `openCreate`. */
export function CreateRecord() {
  const creating = useCreating()
  const module = useModule(creating?.module ?? '')
  if (!creating || !module?.actions.includes('create')) return null
  return (
    <Suspense>
      <CreateDialog module={module} values={creating.values} />
    </Suspense>
  )
}
