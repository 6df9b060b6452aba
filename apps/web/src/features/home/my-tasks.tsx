import { useTranslation } from 'react-i18next'
import { useModule } from '../../lib/modules.ts'
import { Due } from './due.tsx'
import { HomeList } from './home-list.tsx'
import { hasFields, MINE } from './usable.ts'

const AHEAD_DAYS = 7

/** The person's open activities that are due within a week, or late. */
export function MyTasks() {
  const { t } = useTranslation()
  if (!hasFields(useModule('activities'), 'status', 'dueDate', 'owner')) return null
  const filter = {
    all: [
      MINE,
      { field: 'dueDate', op: 'lte', value: { today: AHEAD_DAYS } },
      { not: { field: 'status', op: 'in', value: ['Completed', 'Cancelled'] } },
    ],
  }
  return (
    <HomeList
      title={t('home:tasks.title')}
      module="activities"
      filter={filter}
      sort="dueDate"
      fields={['dueDate']}
      empty={t('home:tasks.empty')}
      detail={(item) => <Due day={item.dueDate} />}
    />
  )
}
