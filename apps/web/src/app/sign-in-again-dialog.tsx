import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SignInForm } from '../features/sign-in/sign-in-form.tsx'

interface Props {
  readonly email: string | undefined
  readonly onDone: (email: string) => void
  readonly onClose: () => void
}

/** Asks who it is, over the page. */
export function SignInAgainDialog({ email, onDone, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('sign-in:again.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      centered
    >
      <SignInForm email={email} note={t('sign-in:again.note')} onDone={onDone} />
    </Modal>
  )
}
