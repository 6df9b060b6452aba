import { Button, CopyButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Copies a link that is to be handed over. */
export function CopyLink({ link }: { readonly link: string }) {
  const { t } = useTranslation()
  return (
    <CopyButton value={new URL(link, location.origin).href}>
      {({ copied, copy }) => (
        <Button size="compact-sm" variant="default" onClick={copy}>
          {t(copied ? 'invitations:copied' : 'invitations:copy')}
        </Button>
      )}
    </CopyButton>
  )
}
