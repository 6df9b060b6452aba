import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { useModule } from '../../lib/modules.ts'
import { HomeList } from './home-list.tsx'
import { hasFields, MINE, OPEN_TICKETS } from './usable.ts'

/** The person's tickets that wait for an answer, the longest untouched first. */
export function MyTickets() {
  const { t } = useTranslation()
  const formats = useFormats()
  if (!hasFields(useModule('tickets'), 'status', 'owner', 'updatedAt')) return null
  return (
    <HomeList
      title={t('home:tickets.title')}
      module="tickets"
      filter={{ all: [MINE, OPEN_TICKETS] }}
      sort="updatedAt"
      fields={['updatedAt']}
      empty={t('home:tickets.empty')}
      detail={(item) => (typeof item.updatedAt === 'string' ? formats.ago(item.updatedAt) : null)}
    />
  )
}
