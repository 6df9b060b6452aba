import { Divider, Drawer, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../../ui/problem-text.ts'
import { useRecord } from '../record-context.tsx'
import { accessQuery, type RecordAccess } from '../record-queries.ts'
import { AudienceList } from './audience-list.tsx'
import { ConfidentialSwitch } from './confidential-switch.tsx'
import { OwnAccess } from './own-access.tsx'
import { ShareForm } from './share-form.tsx'
import { ShareList } from './share-list.tsx'

/** Who can see the record, and why; and what one may change about it. */
export function AccessDrawer({ opened, onClose }: { readonly opened: boolean; onClose(): void }) {
  const { t } = useTranslation()
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="md"
      title={t('record:access.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <AccessPanel />
    </Drawer>
  )
}

function AccessPanel() {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const access = useQuery(accessQuery(info.module, record.id))
  if (access.isPending) return <Skeleton h={160} aria-label={t('common:loading')} />
  if (access.isError) return <Text role="alert">{problemText(t, access.error)}</Text>
  return <Parts access={access.data} />
}

function Parts({ access }: { readonly access: RecordAccess }) {
  const { t } = useTranslation()
  return (
    <Stack gap="md" pb="xl">
      <OwnAccess access={access} />
      {access.confidential !== undefined && <ConfidentialSwitch confidential={access.confidential} />}
      {access.shares && (
        <>
          <Divider />
          <Title order={3}>{t('record:share.title')}</Title>
          <ShareList shares={access.shares} />
          {access.may.share && <ShareForm />}
        </>
      )}
      {access.may.seeAudience && (
        <>
          <Divider />
          <Title order={3}>{t('record:access.canSee', { count: access.audienceCount ?? 0 })}</Title>
          <AudienceList />
        </>
      )}
    </Stack>
  )
}
