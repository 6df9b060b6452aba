import type { PolicyDocument } from '@bailiwick/access'
import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../../lib/text.ts'
import { sayProblem } from '../../ui/notify.ts'
import { apply, inForceQuery } from './policy-queries.ts'
import { addPeople, jobsIn, type NewPerson } from './proposal/invite-people.ts'
import { NAMES } from './proposal/names.ts'
import { SentLinks } from './sent-links.tsx'
import { useInvitations } from './use-invitations.ts'

interface Props {
  readonly document: PolicyDocument
  readonly version: string
  readonly onBack: () => void
}

/** One person after the other: into the policy, and a link to begin with. */
export function PeopleForm({ document, version, onBack }: Props) {
  const { t } = useTranslation()
  const label = useLabel()
  const queries = useQueryClient()
  const jobs = jobsIn(document)
  const [first] = jobs
  const [draft, setDraft] = useState({ name: '', email: '' })
  const [chosen, setChosen] = useState(first)
  const { invited, invitePerson } = useInvitations()
  const job = chosen && jobs.includes(chosen) ? chosen : first
  const adding = useMutation({
    mutationFn: async (person: NewPerson) => {
      const { document: next, keys } = addPeople(document, [person])
      await apply(next, version)
      await queries.invalidateQueries({ queryKey: inForceQuery.queryKey })
      return keys.map((key) => ({ key, name: person.name }))
    },
    onSuccess: (added) => {
      for (const person of added) invitePerson(person)
      setDraft({ name: '', email: '' })
    },
    onError: (error) => sayProblem(t, error),
  })
  if (!job) return <Button onClick={onBack}>{t('welcome:proposeFirst')}</Button>
  return (
    <Stack gap="md">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          adding.mutate({ name: draft.name.trim(), email: draft.email.trim(), job })
        }}
      >
        <Group align="end">
          <TextInput
            label={t('welcome:name')}
            required
            maxLength={100}
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
          />
          <TextInput
            label={t('welcome:email')}
            type="email"
            dir="ltr"
            required
            value={draft.email}
            onChange={(event) => setDraft({ ...draft, email: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('welcome:jobLabel')}
            value={job}
            onChange={(event) => setChosen(jobs.find((one) => one === event.currentTarget.value))}
            data={jobs.map((one) => ({ value: one, label: label(NAMES[one]) }))}
          />
          <Button type="submit" loading={adding.isPending}>
            {t('welcome:invite')}
          </Button>
        </Group>
      </form>
      <SentLinks invited={invited} onRetry={invitePerson} />
    </Stack>
  )
}
