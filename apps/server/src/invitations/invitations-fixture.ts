import type { PolicyDocument } from '@bailiwick/access'
import { nordwindPolicy } from '../testing/test-office.ts'

/** Hilda looks after users; Nils, Lea, Rolf and Vera are new; Otto is a new administrator, Ina has no address. */
export function withNewPeople(): PolicyDocument {
  const policy = nordwindPolicy()
  const person = (name: string, profile: string) => ({
    name,
    email: `${name.toLowerCase()}@nordwind.example`,
    profiles: [profile],
  })
  return {
    ...policy,
    profiles: { ...policy.profiles, people: { system: ['manageUsers', 'useApi'] } },
    users: {
      ...policy.users,
      hilda: person('Hilda', 'people'),
      nils: person('Nils', 'sales'),
      lea: person('Lea', 'sales'),
      rolf: person('Rolf', 'sales'),
      vera: person('Vera', 'weekend'),
      otto: person('Otto', 'administrator'),
      ina: { name: 'Ina', profiles: ['sales'] },
      gone: { ...person('Gone', 'sales'), status: 'suspended' },
    },
  }
}
