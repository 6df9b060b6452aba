import { lazy, Suspense } from 'react'
import { useExporting } from '../../lib/export-dialog.ts'

const ExportDialog = lazy(async () => ({ default: (await import('./export-dialog.tsx')).ExportDialog }))

/** Where the dialog stands that `openExport` opens: it comes when it is first asked for. */
export function ExportMount() {
  const exporting = useExporting()
  if (!exporting) return null
  return (
    <Suspense>
      <ExportDialog exporting={exporting} />
    </Suspense>
  )
}
