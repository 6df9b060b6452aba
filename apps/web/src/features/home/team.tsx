import { SimpleGrid } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNames } from '../../lib/directory.ts'
import { useFormats } from '../../lib/format.ts'
import { useModule } from '../../lib/modules.ts'
import type { RecordItem } from '../../lib/records.ts'
import { useLabel } from '../../lib/text.ts'
import { nameOf } from '../../lib/titles.ts'
import { Due } from './due.tsx'
import { HomeList } from './home-list.tsx'
import { DEALS_AT_RISK, hasFields, OPEN_TICKETS, OTHERS } from './usable.ts'

/** What a manager keeps an eye on: what others own, as far as he sees it, and only where there is any. */
export function Team() {
  const { t } = useTranslation()
  const formats = useFormats()
  const hasDeals = hasFields(useModule('deals'), 'stage', 'closeDate', 'owner')
  const hasTickets = hasFields(useModule('tickets'), 'status', 'owner', 'updatedAt')
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="lg">
      {hasDeals && (
        <HomeList
          title={t('home:deals.others')}
          module="deals"
          filter={{ all: [OTHERS, DEALS_AT_RISK] }}
          sort="closeDate"
          fields={['closeDate', 'owner']}
          detail={(item) => (
            <>
              <Owner of={item} /> · {item.closeDate ? <Due day={item.closeDate} /> : t('home:deals.noDay')}
            </>
          )}
        />
      )}
      {hasTickets && (
        <HomeList
          title={t('home:tickets.others')}
          module="tickets"
          filter={{ all: [OTHERS, OPEN_TICKETS] }}
          sort="updatedAt"
          fields={['updatedAt', 'owner']}
          detail={(item) => (
            <>
              <Owner of={item} /> · {typeof item.updatedAt === 'string' && formats.ago(item.updatedAt)}
            </>
          )}
        />
      )}
    </SimpleGrid>
  )
}

function Owner({ of: { owner } }: { readonly of: RecordItem }) {
  const ref = nameOf(owner)
  const names = useNames([ref])
  const label = useLabel()
  return <bdi>{label(names.get(ref)?.name, ref)}</bdi>
}
