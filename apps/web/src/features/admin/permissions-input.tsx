import { SYSTEM_PERMISSIONS } from '@bailiwick/access'
import { Checkbox, SimpleGrid } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly label: string
  readonly value: readonly string[]
  readonly onChange: (value: string[]) => void
}

/** Permissions of the organization's own. */
export function PermissionsInput({ label, value, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <Checkbox.Group label={label} value={[...value]} onChange={onChange}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" pt={4}>
        {SYSTEM_PERMISSIONS.map((permission) => (
          <Checkbox key={permission} value={permission} label={t(`admin:permission.${permission}`)} />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  )
}
