import type { ProfileModule, SignInWindow } from '../document.ts'
import { ACTIONS, CLEARANCES, FIELD_ACCESS, SYSTEM_PERMISSIONS, WEEKDAYS } from '../document.ts'
import { isNetwork } from '../network.ts'
import { name } from './common-shapes.ts'
import type { LooseProfile } from './loose.ts'
import { timeZone } from './people-shapes.ts'
import { shown } from './problem.ts'
import { described, flag, keyed, list, object, oneOf, text } from './shape.ts'

function timeOfDay(pattern: RegExp, cure: string) {
  return text({
    longest: 5,
    schema: { pattern: pattern.source },
    refuse: (value) => (pattern.test(value) ? undefined : { message: `${shown(value)} is not a time of day.`, cure }),
  })
}

const signInWindow = object<SignInWindow>(
  {
    days: described(
      list(oneOf(...WEEKDAYS), { least: 1, tooShort: 'The window opens on no day: nobody could use it.' }),
      'Days',
      'The weekdays on which the window opens.',
    ),
    from: described(
      timeOfDay(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write it as HH:MM, such as 07:00.'),
      'From',
      'When it opens.',
    ),
    to: described(
      timeOfDay(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'Write it as HH:MM, such as 19:00; 24:00 is the end of the day.'),
      'To',
      'When it closes; not after `from`, it closes on the next day.',
    ),
    timeZone: described(timeZone, 'Time zone', 'The organization’s where unstated.'),
  },
  ['days', 'from', 'to'],
)

const network = text({
  longest: 64,
  refuse: (value) =>
    isNetwork(value) && /^[0-9a-fA-F.:]+\/\d+$/.test(value)
      ? undefined
      : {
          message: `${shown(value)} is not a network.`,
          cure: 'Write a CIDR block such as 10.0.0.0/8 or 2001:db8::/32.',
        },
})

const profileModule = object<ProfileModule>({
  actions: described(
    list(oneOf(...ACTIONS)),
    'Actions',
    'What the profile grants. All but create and import go with read.',
  ),
  viewAll: described(flag(), 'View all', 'Reads every record of the module, whoever owns it.'),
  modifyAll: described(flag(), 'Modify all', 'Reaches every record of the module in full, whoever owns it.'),
  aggregate: described(
    oneOf('visible', 'all'),
    'Aggregate',
    'Which records figures are over: visible ones where unstated.',
  ),
  fields: described(
    keyed(oneOf(...FIELD_ACCESS), { noun: 'field' }),
    'Fields',
    'Access per field; `default` is for the fields that are not listed, edit where unstated.',
  ),
})

export const profile = object<LooseProfile>({
  name: described(name, 'Name', 'The display name.'),
  system: described(
    list(oneOf(...SYSTEM_PERMISSIONS)),
    'System permissions',
    'What the profile allows outside of records.',
  ),
  clearance: described(
    oneOf(...CLEARANCES),
    'Clearance',
    'Fields above it are hidden unless listed. Internal where unstated.',
  ),
  signIn: described(
    list(signInWindow, { least: 1, tooShort: 'No sign-in window is left: nobody could use this profile.' }),
    'Sign-in windows',
    'When the profile may be used. Always where unstated.',
  ),
  networks: described(
    list(network, { least: 1, tooShort: 'No network is left: nobody could use this profile.' }),
    'Networks',
    'From where the profile may be used. From anywhere where unstated.',
  ),
  modules: described(
    keyed(profileModule, { noun: 'module' }),
    'Modules',
    'What the profile grants per module. A module that is not named is closed.',
  ),
})
