import { Modal } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { closeCreate, useCreating } from '../../lib/create-dialog.ts'
import { useModule } from '../../lib/modules.ts'
import { useLabel } from '../../lib/text.ts'

const CreateForm = lazy(async () => ({ default: (await import('./create-form.tsx')).CreateForm }))

/** Makes a record, wherever on the page one is: see `openCreate`. */
export function CreateRecord() {
  const { t } = useTranslation()
  const label = useLabel()
  const creating = useCreating()
  const module = useModule(creating?.module ?? '')
  const isOpen = module?.actions.includes('create') ?? false
  return (
    <Modal
      opened={isOpen}
      onClose={closeCreate}
      title={module && t('create:title', { name: label(module.name, module.module) })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size="lg"
      closeOnClickOutside={false}
    >
      <Suspense>{module && creating && isOpen && <CreateForm module={module} values={creating.values} />}</Suspense>
    </Modal>
  )
}
