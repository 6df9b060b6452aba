import type { ReactNode } from 'react'
import { ModuleIcon } from '../../ui/module-icon.tsx'

export function moduleIcon(module: string): ReactNode {
  return <ModuleIcon module={module} />
}
