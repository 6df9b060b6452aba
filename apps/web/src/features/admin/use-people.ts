import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../lib/api/client.ts'
import type { paths } from '../../lib/api/schema.d.ts'
import { useSystemPermission } from '../../lib/me.ts'
import { say, sayProblem } from '../../ui/notify.ts'

export type Person = paths['/api/v1/people']['get']['responses']['200']['content']['application/json']['items'][number]

const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: async () => (await ask(api.GET('/api/v1/people'))).items,
})

export interface SignIns {
  /** By their keys; nobody, to whoever doesn't look after people. */
  readonly people: ReadonlyMap<string, Person>
  /** Links that were made just now and not mailed, by the keys of those whom they are for: told this once. */
  readonly links: ReadonlyMap<string, string>
  readonly isBusy: boolean
  invite(person: Person): void
  withdraw(person: Person): void
}

/** Who can sign in, and the links by which the others get to. */
export function useSignIns(): SignIns {
  const { t, i18n } = useTranslation()
  const queries = useQueryClient()
  const { data } = useQuery({ ...peopleQuery, enabled: useSystemPermission('manageUsers') })
  const [links, setLinks] = useState<ReadonlyMap<string, string>>(new Map())
  const keep = (key: string, link: string | undefined) =>
    setLinks(
      (before) => new Map([...[...before].filter(([of]) => of !== key), ...(link ? [[key, link] as const] : [])]),
    )
  const onSettled = () => queries.invalidateQueries(peopleQuery)
  const onError = (error: unknown) => void sayProblem(t, error)
  const inviting = useMutation({
    mutationFn: ({ key }: Person) =>
      ask(
        api.POST('/api/v1/people/{key}/invitation', { params: { path: { key } }, body: { language: i18n.language } }),
      ),
    onSuccess: ({ mailed, link }, { key }) => {
      keep(key, link)
      say(t(mailed ? 'invitations:mailed' : 'invitations:handOver'))
    },
    onError,
    onSettled,
  })
  const withdrawing = useMutation({
    mutationFn: ({ key }: Person) => ask(api.DELETE('/api/v1/people/{key}/invitation', { params: { path: { key } } })),
    onSuccess: (_nothing, { key, name }) => {
      keep(key, undefined)
      say(t('admin:invitation.withdrawn', { name }))
    },
    onError,
    onSettled,
  })
  return {
    people: new Map(data?.map((person) => [person.key, person])),
    links,
    isBusy: inviting.isPending || withdrawing.isPending,
    invite: inviting.mutate,
    withdraw: withdrawing.mutate,
  }
}
