import type { Key, PolicyDocument, Text } from '@bailiwick/access'
import type { DemoPerson } from './demo-parts.ts'

/** A person of the demonstration who may sign in. */
export interface SignIn extends DemoPerson {
  /** What he is, in a few words: his role, or his profiles where he has none. */
  readonly role: string
}

/** Everyone of the document who is active, in its order. */
export function signInsOf(document: PolicyDocument): SignIn[] {
  return Object.entries(document.users ?? {})
    .filter(([, user]) => (user.status ?? 'active') === 'active' && user.email)
    .map(([key, user]) => ({
      key,
      name: user.name ?? key,
      email: user.email ?? '',
      role: roleName(document, user.role) ?? (user.profiles ?? []).join(', '),
    }))
}

/** A line per person, and the password that all of them share. */
export function signInList(people: readonly SignIn[], password: string): string {
  const width = (of: (person: SignIn) => string) => Math.max(...people.map((person) => of(person).length))
  const names = width((person) => person.name)
  const roles = width((person) => person.role)
  const lines = people.map(({ name, role, email }) => `  ${name.padEnd(names)}  ${role.padEnd(roles)}  ${email}`)
  return [`Sign in as one of these, with the password ${password}`, ...lines].join('\n')
}

function roleName({ roles }: PolicyDocument, key: Key | undefined): string | undefined {
  if (key === undefined) return undefined
  return inEnglish(roles?.[key]?.name) ?? key
}

function inEnglish(text: Text | undefined): string | undefined {
  return typeof text === 'object' ? text.en : text
}
