import { Anchor, List } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useTitles } from '../../lib/titles.ts'
import type { Undone } from './use-undo.ts'

const MOST = 20

interface Props {
  readonly module: string
  readonly records: Undone['left']['records']
}

/** Records that undoing has left as they are, each with the reason. */
export function LeftRecords({ module, records }: Props) {
  const { t } = useTranslation()
  const shown = records.slice(0, MOST)
  const titles = useTitles(new Map([[module, new Set(shown.map(({ id }) => id))]]))
  return (
    <List size="sm" aria-label={t('imports:undo.left')}>
      {shown.map(({ id, reason }) => (
        <List.Item key={id}>
          <Anchor component={Link} to={`/records/${module}/${id}`}>
            <bdi>{titles.get(id) || id}</bdi>
          </Anchor>
          {' · '}
          {t(reason === 'taken' ? 'imports:undo.taken' : 'imports:undo.changed')}
        </List.Item>
      ))}
    </List>
  )
}
