import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { closeCreate } from '../../lib/create-dialog.ts'
import type { ModuleInfo } from '../../lib/modules.ts'
import { useLabel } from '../../lib/text.ts'
import { CreateForm } from './create-form.tsx'

interface Props {
  readonly module: ModuleInfo
  readonly values: Readonly<Record<string, unknown>>
}

/** The form of a new record, over the page. A click beside it takes nothing away. */
export function CreateDialog({ module, values }: Props) {
  const { t } = useTranslation()
  const label = useLabel()
  return (
    <Modal
      opened
      onClose={closeCreate}
      title={t('create:title', { name: label(module.name, module.module) })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size="lg"
      closeOnClickOutside={false}
    >
      <CreateForm module={module} values={values} />
    </Modal>
  )
}
