import { useTranslation } from 'react-i18next'
import { useModule } from '../../lib/modules.ts'
import { Due } from './due.tsx'
import { HomeList } from './home-list.tsx'
import { CLOSED, hasFields, MINE } from './usable.ts'

const SOON_DAYS = 14

/** The person's open deals whose day is past or near, or that name no day at all. */
export function MyDeals() {
  const { t } = useTranslation()
  if (!hasFields(useModule('deals'), 'stage', 'closeDate', 'owner')) return null
  const filter = {
    all: [
      MINE,
      { not: { field: 'stage', op: 'in', value: CLOSED } },
      {
        any: [
          { field: 'closeDate', op: 'lte', value: { today: SOON_DAYS } },
          { field: 'closeDate', op: 'isEmpty' },
        ],
      },
    ],
  }
  return (
    <HomeList
      title={t('home:deals.title')}
      module="deals"
      filter={filter}
      sort="closeDate"
      fields={['closeDate']}
      empty={t('home:deals.empty')}
      detail={(item) => (item.closeDate ? <Due day={item.closeDate} /> : t('home:deals.noDay'))}
    />
  )
}
