import { Anchor, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type ModuleInfo, titleField, useModules } from '../../../lib/modules.ts'
import { useLabel } from '../../../lib/text.ts'
import { nameOf } from '../../../lib/titles.ts'
import { useRecord } from '../record-context.tsx'
import { relatedQuery } from '../record-queries.ts'
import { Fact } from './fact.tsx'
import styles from './header.module.css'

const SHOWN = 3

/** Of a customer: whom one knows there. Nothing where contacts aren't read, or there are none. */
export function KeyContacts() {
  const { info } = useRecord()
  const contacts = useModules().find(({ module }) => module === 'contacts')
  const lookup = contacts?.fields.find(({ type, module }) => type === 'lookup' && module === info.module)
  if (info.module !== 'accounts' || !contacts || !lookup) return null
  return <Contacts module={contacts} field={lookup.field} />
}

function Contacts({ module, field }: { readonly module: ModuleInfo; readonly field: string }) {
  const { t } = useTranslation()
  const label = useLabel()
  const { info, record } = useRecord()
  const related = useQuery(relatedQuery(info.module, record.id))
  const name = label(module.plural, module.module)
  if (related.isPending) {
    return (
      <Fact name={name}>
        <Skeleton h={12} w={160} aria-label={t('common:loading')} />
      </Fact>
    )
  }
  const group = related.data?.items.find((one) => one.module === module.module && one.field === field)
  if (!group || group.items.length === 0) return null
  const title = titleField(module)?.field
  const shown = group.items.slice(0, SHOWN)
  const isAll = !group.more && group.items.length <= SHOWN
  return (
    <Fact name={name}>
      <span className={styles.contacts}>
        {shown.map((contact) => (
          <Anchor
            key={contact.id}
            component={Link}
            to={`/records/${module.module}/${contact.id}`}
            title={typeof contact.jobTitle === 'string' ? contact.jobTitle : undefined}
          >
            <bdi>{nameOf(title ? contact[title] : undefined) || t('record:untitled')}</bdi>
          </Anchor>
        ))}
        {!isAll && (
          <Link
            to="/records/$module"
            params={{ module: module.module }}
            search={{ filter: { field, op: 'eq', value: record.id } }}
            className="bw-no-print"
          >
            {t('record:related.all')}
          </Link>
        )}
      </span>
    </Fact>
  )
}
