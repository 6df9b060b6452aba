import { Text } from '@mantine/core'
import { usePrincipals } from '../people.ts'
import { RelativeTime } from '../timeline/relative-time.tsx'
import type { Meanwhile } from './clashes.ts'

/** Who changed a field, and when. */
export function ChangedBy({ change: { by, at } }: { readonly change: Meanwhile }) {
  const nameOf = usePrincipals(by ? [by] : [])
  return (
    <Text span size="xs" c="dimmed">
      {by && (
        <>
          <bdi>{nameOf(by)}</bdi>
          {' · '}
        </>
      )}
      <RelativeTime at={at} />
    </Text>
  )
}
