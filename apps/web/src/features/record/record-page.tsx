import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useModule } from '../../lib/modules.ts'
import { recordQuery } from '../../lib/records.ts'
import { PageFailed } from '../../ui/page-failed.tsx'
import { PageLoading } from '../../ui/page-loading.tsx'
import { PageMissing } from '../../ui/page-missing.tsx'
import { DraftGuard } from './fields/drafts.tsx'
import { SaveProvider } from './fields/save-context.tsx'
import { RecordProvider } from './record-context.tsx'
import { RecordView } from './record-view.tsx'

/** One record: the customer at a glance. */
export function RecordPage() {
  const { module, id } = useParams({ from: '/inside/records/$module/$id' })
  const info = useModule(module)
  const record = useQuery(recordQuery(module, id))
  if (!info) return <PageMissing />
  if (record.isPending) return <PageLoading />
  if (record.isError) return <PageFailed error={record.error} />
  return (
    <RecordProvider info={info} record={record.data}>
      <DraftGuard>
        <SaveProvider key={id}>
          <RecordView key={id} />
        </SaveProvider>
      </DraftGuard>
    </RecordProvider>
  )
}
