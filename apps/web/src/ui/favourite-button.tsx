import { ActionIcon, Tooltip } from '@mantine/core'
import { IconStar, IconStarFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFavourite } from '../lib/preferences.ts'

/** Puts a record among the person's favourites, or takes it out. */
export function FavouriteButton({ module, id }: { readonly module: string; readonly id: string }) {
  const { t } = useTranslation()
  const favourite = useFavourite(module, id)
  if (!favourite) return null
  const label = t(favourite.isFavourite ? 'shell:favourite.remove' : 'shell:favourite.add')
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} aria-pressed={favourite.isFavourite} onClick={favourite.toggle}>
        {favourite.isFavourite ? (
          <IconStarFilled size={16} color="var(--mantine-color-yellow-6)" />
        ) : (
          <IconStar size={16} />
        )}
      </ActionIcon>
    </Tooltip>
  )
}
