import { Navigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useModules } from '../../lib/modules.ts'
import { EmptyState } from '../../ui/empty-state.tsx'

/** Where a day begins: the first module that the person reads. */
export function HomePage() {
  const { t } = useTranslation()
  const [first] = useModules()
  if (first) return <Navigate to="/records/$module" params={{ module: first.module }} replace />
  return <EmptyState title={t('home:nothing.title')} text={t('home:nothing.text')} />
}
