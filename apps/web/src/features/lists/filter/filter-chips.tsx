import { Button, CloseButton, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ListSearch } from '../../../lib/list-search.ts'
import type { ModuleInfo } from '../../../lib/modules.ts'
import { conditionOf, groupOf } from '../../../ui/condition/condition.ts'
import { useWords } from '../../../ui/condition/use-words.ts'
import type { ChangeList } from '../use-list-search.ts'
import styles from './filter.module.css'

interface Props {
  readonly module: ModuleInfo
  readonly search: ListSearch
  readonly change: ChangeList
}

/** What the list is narrowed down to, in words; each can be taken away. */
export function FilterChips({ module, search, change }: Props) {
  const { t } = useTranslation()
  const group = groupOf(search.filter)
  const isWhole = group.join !== 'all'
  const parts = isWhole ? [group] : group.parts
  const say = useWords(module, parts)
  const without = (at: number) =>
    change({
      filter: isWhole
        ? undefined
        : conditionOf({ join: group.join, parts: group.parts.filter((_, one) => one !== at) }),
    })
  return (
    <Group gap={6} px="md" pb="xs" role="group" aria-label={t('lists:filter.active')}>
      {parts.map((part, at) => {
        const words = say(part)
        return (
          <span key={JSON.stringify(part)} className={styles.chip}>
            <bdi>{words}</bdi>
            <CloseButton size="xs" aria-label={t('lists:filter.remove', { words })} onClick={() => without(at)} />
          </span>
        )
      })}
      <Button size="compact-sm" variant="subtle" onClick={() => change({ filter: undefined })}>
        {t('lists:filter.clear')}
      </Button>
    </Group>
  )
}
