import { Menu } from '@mantine/core'
import { IconFileTypePdf, IconTransform, IconTruckDelivery } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../../lib/me.ts'
import { useRecord } from '../record-context.tsx'
import { useOrder } from './use-order.ts'

/** What can be made of a lead or a quote. */
export function SalesItems({ onConvert }: { onConvert(): void }) {
  const { info } = useRecord()
  if (info.module === 'leads') return <LeadItem onConvert={onConvert} />
  return info.module === 'quotes' ? <QuoteItems /> : null
}

function LeadItem({ onConvert }: { onConvert(): void }) {
  const { t } = useTranslation()
  const { record, may } = useRecord()
  if (!may('update') || record.converted === true) return null
  return (
    <Menu.Item leftSection={<IconTransform size={16} stroke={1.6} />} onClick={onConvert}>
      {t('record:convert.title')}
    </Menu.Item>
  )
}

function QuoteItems() {
  const { t, i18n } = useTranslation()
  const { record, may } = useRecord()
  const mayOrder = useMay('orders', 'create') && may('update')
  const order = useOrder(record)
  return (
    <>
      {mayOrder && (
        <Menu.Item leftSection={<IconTruckDelivery size={16} stroke={1.6} />} onClick={() => order.mutate()}>
          {t('record:order.do')}
        </Menu.Item>
      )}
      <Menu.Item
        component="a"
        href={`/api/v1/records/quotes/${encodeURIComponent(record.id)}/document.pdf?language=${i18n.language}`}
        target="_blank"
        leftSection={<IconFileTypePdf size={16} stroke={1.6} />}
      >
        {t('record:menu.pdf')}
      </Menu.Item>
    </>
  )
}
