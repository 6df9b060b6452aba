import { useTranslation } from 'react-i18next'
import { useModule } from '../../lib/modules.ts'
import { Due } from './due.tsx'
import { HomeList } from './home-list.tsx'
import { DEALS_AT_RISK, hasFields, MINE } from './usable.ts'

/** The person's open deals whose day is past or near, or that name no day at all. */
export function MyDeals() {
  const { t } = useTranslation()
  if (!hasFields(useModule('deals'), 'stage', 'closeDate', 'owner')) return null
  return (
    <HomeList
      title={t('home:deals.title')}
      module="deals"
      filter={{ all: [MINE, DEALS_AT_RISK] }}
      sort="closeDate"
      fields={['closeDate']}
      empty={t('home:deals.empty')}
      detail={(item) => (item.closeDate ? <Due day={item.closeDate} /> : t('home:deals.noDay'))}
    />
  )
}
