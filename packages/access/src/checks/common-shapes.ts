import type { Key, Level, OwnerRef, Principal, Scalar, Text } from '../document.ts'
import { LEVELS } from '../document.ts'
import { KEY_PATTERN, parseOwner, parsePrincipal } from '../principal.ts'
import { childPath, shown } from './problem.ts'
import type { ListRule, Shape } from './shape.ts'
import { capital, isRecord, list, oneOf, referred, text } from './shape.ts'

/** A reference by key; whether the key exists is asked once the whole document is read. */
export const reference: Shape<Key> = referred(
  'key',
  text({
    longest: 63,
    refuse: (value) =>
      KEY_PATTERN.test(value)
        ? undefined
        : { message: `${shown(value)} is not a key.`, cure: 'Begin with a letter A–Z, then letters, digits, - and _.' },
  }),
)

export const principal: Shape<Principal> = referred(
  'principal',
  text({
    longest: 70,
    refuse: (value) => {
      if (parsePrincipal(value)) return undefined
      const cure = 'Write user:<key>, role:<key>, role+:<key>, team:<key>, group:<key> or everyone.'
      return { message: `${shown(value)} is not a principal.`, cure }
    },
  }),
)

export const owner: Shape<OwnerRef> = text({
  longest: 70,
  schema: { pattern: '^(user|team):[A-Za-z][A-Za-z0-9_-]{0,62}$' },
  refuse: (value) =>
    parseOwner(value)
      ? undefined
      : { message: `${shown(value)} cannot own a record.`, cure: 'Write user:<key> or team:<key>.' },
})

export const level: Shape<Level> = oneOf(...LEVELS)

export function principals(rule: ListRule = {}): Shape<readonly Principal[]> {
  return list(principal, rule)
}

const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/
const LONGEST_NAME = 500

const inOneLanguage = text({ longest: LONGEST_NAME })

/** A name in one language for all, or per language tag. */
export const name: Shape<Text> = referred('text', {
  schema: {},
  read(value, path, findings) {
    if (!isRecord(value)) return inOneLanguage.read(value, path, findings)
    const languages = Object.keys(value)
    if (languages.length === 0) findings.add(path, 'The name is in no language.', 'Write a text, or one per language.')
    for (const language of languages) {
      if (!LANGUAGE.test(language)) {
        findings.add(
          childPath(path, language),
          `${shown(language)} is not a language tag.`,
          'Write one such as en, fi or zh-Hans.',
        )
      }
      inOneLanguage.read(value[language], childPath(path, language), findings)
    }
    return value as Text
  },
})

/** A text, a number or a truth value. */
export const scalar: Shape<Scalar> = {
  schema: { type: ['string', 'number', 'boolean'] },
  read(value, path, findings) {
    if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value
    if (typeof value === 'string') return text().read(value, path, findings)
    findings.add(path, `${capital(shown(value))} is not a single value.`, 'Write a text, a number, true or false.')
    return undefined
  },
}

/** Something that is read later, when what it is about is known. */
export function unread(schema: Shape<unknown>['schema']): Shape<NonNullable<unknown>> {
  return { schema, read: (value) => value as NonNullable<unknown> }
}

/** What `$defs` of the schema holds. */
export const SHARED_SCHEMAS = {
  key: {
    title: 'Key',
    description: 'A stable name. What people see is the display name, which may change.',
    type: 'string',
    pattern: KEY_PATTERN.source,
  },
  principal: {
    title: 'Principal',
    description:
      'Some of the people: a user, the users of a role (role+: and of the roles below it), a team, a group, or everyone.',
    type: 'string',
    pattern: '^(everyone|(user|role\\+?|team|group):[A-Za-z][A-Za-z0-9_-]{0,62})$',
  },
  text: {
    title: 'Text',
    description: 'A display name: one for all languages, or one per language tag.',
    anyOf: [
      inOneLanguage.schema,
      {
        type: 'object',
        minProperties: 1,
        propertyNames: { pattern: LANGUAGE.source },
        additionalProperties: inOneLanguage.schema,
      },
    ],
  },
} as const
