import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import type { ModuleInfo } from '../../../lib/modules.ts'
import { say, sayProblem } from '../../../ui/notify.ts'
import { useMass } from './use-mass.tsx'

/** Takes records out of the recycle bin: as one job where many may be changed at once, else one after the other. */
export function useRestore({ module, actions }: ModuleInfo): (ids: string[]) => Promise<void> {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const mass = useMass(module)
  const mayMass = actions.includes('mass')
  return useCallback(
    async (ids) => {
      if (mayMass) return mass({ ids }, { restore: true })
      try {
        for (const id of ids) {
          await ask(api.POST('/api/v1/records/{module}/{id}/restore', { params: { path: { module, id } } }))
        }
        say(t('lists:mass.changed', { count: ids.length }))
      } catch (error) {
        sayProblem(t, error)
      }
      await queries.invalidateQueries({ queryKey: ['records', module] })
    },
    [mayMass, mass, module, queries, t],
  )
}
