import { isProblem, Unreachable } from '../lib/api/problem.ts'

type T = (key: string) => string

/** What went wrong, in the person's language where it is known, else as the server says it. */
export function problemText(t: T, error: unknown): string {
  if (error instanceof Unreachable) return t('common:problem.unreachable')
  if (!isProblem(error)) return t('common:problem.page')
  switch (error.status) {
    case 401:
      return t('common:problem.signedOut')
    case 404:
      return t('common:missing.text')
    case 412:
      return t('common:problem.moved')
    case 429:
    case 503:
      return t('common:problem.busy')
    default:
      return error.status >= 500 ? t('common:problem.server') : detailOf(error.body)
  }
}

function detailOf({
  detail,
  title,
  errors,
}: {
  detail?: string
  title: string
  errors?: readonly { message: string }[]
}): string {
  return errors?.length === 1 ? (errors[0]?.message ?? title) : (detail ?? title)
}
