import { Text } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useMe } from '../lib/me.ts'

const OrganizationMenu = lazy(async () => ({ default: (await import('./organization-menu.tsx')).OrganizationMenu }))

/** Which organization one works in; a menu where there are several. */
export function OrganizationSwitcher() {
  const { organization, organizations } = useMe()
  const name = <Text fw={600}>{organization.name}</Text>
  if (organizations.length < 2) return name
  return (
    <Suspense fallback={name}>
      <OrganizationMenu />
    </Suspense>
  )
}
