import { SimpleGrid } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useModule } from '../../lib/modules.ts'
import { NumbersByField } from './numbers-by-field.tsx'
import { hasFields, MINE, OPEN_DEALS, OPEN_TICKETS, OTHERS } from './usable.ts'

/** How the person's open deals add up by stage, and those of others that he sees by owner, a manager's team; likewise open tickets. */
export function Numbers() {
  const { t } = useTranslation()
  const deals = useModule('deals')
  const tickets = useModule('tickets')
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="lg">
      {hasFields(deals, 'stage', 'amount', 'owner') && (
        <>
          <NumbersByField
            title={t('home:numbers.mine')}
            module={deals}
            by="stage"
            filter={{ all: [MINE, OPEN_DEALS] }}
          />
          <NumbersByField
            title={t('home:numbers.team')}
            module={deals}
            by="owner"
            filter={{ all: [OTHERS, OPEN_DEALS] }}
          />
        </>
      )}
      {hasFields(tickets, 'status', 'owner') && (
        <NumbersByField title={t('home:numbers.tickets')} module={tickets} by="owner" filter={OPEN_TICKETS} />
      )}
    </SimpleGrid>
  )
}
