import { Group } from '@mantine/core'
import { Bell } from '../features/notifications/bell.tsx'
import { OrganizationSwitcher } from './organization-switcher.tsx'
import { SearchButton } from './search-button.tsx'

/** What stands in the bar of every page, besides the person's own menu. */
export function ShellTools() {
  return (
    <Group gap="sm" flex={1} wrap="nowrap" justify="space-between">
      <OrganizationSwitcher />
      <SearchButton />
      <Bell />
    </Group>
  )
}
