import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconLink, IconPencil, IconPrinter, IconShare, IconTrash, IconUserShare } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { say } from '../../../ui/notify.ts'
import { editFirst } from '../fields/edit-first.ts'
import { usePrint } from '../print/use-print.ts'
import { useRecord } from '../record-context.tsx'
import { SalesItems } from '../sales/sales-items.tsx'
import { useDelete } from './use-delete.tsx'

const TransferDialog = lazy(async () => ({ default: (await import('./transfer-dialog.tsx')).TransferDialog }))

const ConvertDialog = lazy(async () => ({ default: (await import('../sales/convert-dialog.tsx')).ConvertDialog }))

type Dialog = 'transfer' | 'convert'

/** What can be done to the record: only what is allowed stands here. */
export function RecordMenu({ onAccess }: { onAccess(): void }) {
  const { t } = useTranslation()
  const { info, record, may } = useRecord()
  const [dialog, setDialog] = useState<Dialog>()
  const print = usePrint()
  const remove = useDelete(info.module, record.id)
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t('record:actions')}>
            <IconDots size={18} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {may('update') && (
            <Item icon={<IconPencil size={16} stroke={1.6} />} onClick={editFirst} label={t('record:menu.edit')} />
          )}
          {may('share') && (
            <Item icon={<IconShare size={16} stroke={1.6} />} onClick={onAccess} label={t('record:menu.share')} />
          )}
          {may('transfer') && (
            <Item
              icon={<IconUserShare size={16} stroke={1.6} />}
              onClick={() => setDialog('transfer')}
              label={t('record:transfer.title')}
            />
          )}
          <SalesItems onConvert={() => setDialog('convert')} />
          <Item
            icon={<IconLink size={16} stroke={1.6} />}
            onClick={() => void copyLink().then(() => say(t('record:menu.copied')))}
            label={t('record:menu.copy')}
          />
          <Item
            icon={<IconPrinter size={16} stroke={1.6} />}
            onClick={() => void print()}
            label={t('record:menu.print')}
          />
          {may('delete') && (
            <>
              <Menu.Divider />
              <Item
                icon={<IconTrash size={16} stroke={1.6} />}
                onClick={() => remove.mutate()}
                label={t('record:menu.delete')}
              />
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'convert' && (
        <Suspense>
          <ConvertDialog onClose={() => setDialog(undefined)} />
        </Suspense>
      )}
      {dialog === 'transfer' && (
        <Suspense>
          <TransferDialog onClose={() => setDialog(undefined)} />
        </Suspense>
      )}
    </>
  )
}

interface ItemProps {
  readonly icon: ReactNode
  readonly label: string
  onClick(): void
}

function Item({ icon, label, onClick }: ItemProps) {
  return (
    <Menu.Item leftSection={icon} onClick={onClick}>
      {label}
    </Menu.Item>
  )
}

async function copyLink(): Promise<void> {
  await navigator.clipboard.writeText(location.origin + location.pathname)
}
