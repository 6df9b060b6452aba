import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../ui/problem-text.ts'
import { invite, type Made } from './policy-queries.ts'

export interface Invited {
  readonly key: string
  readonly name: string
  /** Nothing while the link is being made. */
  readonly made?: Made
  /** Why none could be made. */
  readonly failure?: string
}

/** Who was invited on this page, and how that went; whoever couldn't be is in the policy all the same, and can be invited again. */
export function useInvitations() {
  const { t, i18n } = useTranslation()
  const [invited, setInvited] = useState<readonly Invited[]>([])
  const put = (one: Invited) => {
    setInvited((before) =>
      before.some(({ key }) => key === one.key)
        ? before.map((each) => (each.key === one.key ? one : each))
        : [...before, one],
    )
  }
  const { mutate } = useMutation({
    mutationFn: ({ key }: Pick<Invited, 'key' | 'name'>) => invite(key, i18n.language),
    onMutate: ({ key, name }) => put({ key, name }),
    onSuccess: (made, { key, name }) => put({ key, name, made }),
    onError: (error, { key, name }) => put({ key, name, failure: problemText(t, error) }),
  })
  return { invited, invitePerson: mutate }
}
