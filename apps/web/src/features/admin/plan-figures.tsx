import { Text } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import classes from './admin.module.css'

/** Gains and losses: by sign and word, not by colour alone. */
export function Figures({ gained, lost }: { readonly gained: number; readonly lost: number }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <>
      {gained > 0 && (
        <Text component="span" size="sm" className={classes.added} ms="xs">
          <IconPlus size={12} aria-label={t('admin:plan.gain')} />
          {formats.number(gained)}
        </Text>
      )}
      {lost > 0 && (
        <Text component="span" size="sm" className={classes.lost} ms="xs">
          <IconMinus size={12} aria-label={t('admin:plan.lose')} />
          {formats.number(lost)}
        </Text>
      )}
    </>
  )
}
