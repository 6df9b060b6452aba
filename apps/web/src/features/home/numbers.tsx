import { SimpleGrid } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useModule } from '../../lib/modules.ts'
import { NumbersByField } from './numbers-by-field.tsx'
import { CLOSED, hasFields, MINE } from './usable.ts'

const OPEN = { not: { field: 'stage', op: 'in', value: CLOSED } } as const
const OTHERS = { field: 'owner', op: 'ne', value: { user: 'id' } } as const

/** How the person's open deals add up by stage; below, those of others that he sees, by owner: a manager's team. */
export function Numbers() {
  const { t } = useTranslation()
  const deals = useModule('deals')
  if (!hasFields(deals, 'stage', 'amount', 'owner')) return null
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="lg">
      <NumbersByField title={t('home:numbers.mine')} module={deals} by="stage" filter={{ all: [MINE, OPEN] }} />
      <NumbersByField title={t('home:numbers.team')} module={deals} by="owner" filter={{ all: [OTHERS, OPEN] }} />
    </SimpleGrid>
  )
}
