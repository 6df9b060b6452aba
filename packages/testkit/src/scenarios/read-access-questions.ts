import { FIELD_ACCESS, type FieldAccess, type Key, LEVELS, type Level } from '@bailiwick/access'
import { requireField, requireModule, requireUser } from './names.ts'
import type { Mapping } from './overlay.ts'
import { readCondition } from './read-condition.ts'
import {
  readMapping,
  readOpenMapping,
  readOptionalText,
  readText,
  readTexts,
  readYesNo,
  requireOneOf,
  ScenarioMistake,
} from './reader.ts'
import { type Expectation, REFUSED } from './scenario.ts'
import {
  actionsOf,
  CIRCUMSTANCES,
  combinations,
  lawActionsOf,
  readCircumstances,
  readRecordKeys,
  recordActions,
  recordsOf,
  type Subject,
  usersOf,
} from './subject.ts'

export function readMay(value: Mapping, answer: unknown, at: string, subject: Subject): readonly Expectation[] {
  const path = `${at}/may`
  const optional = ['record', 'module', 'field', ...CIRCUMSTANCES]
  const asked = readMapping(value, path, { required: ['user', 'action'], optional })
  const yes = readYesNo(answer, `${at}/answer`)
  const circumstances = readCircumstances(asked, path, subject)
  return combinations(usersOf(asked, path, subject), actionsOf(asked, path)).flatMap(([user, action]) =>
    objectsOf(asked, action, path, subject).map((object) => ({
      kind: 'may' as const,
      question: { user, action, ...object, ...circumstances },
      answer: yes,
    })),
  )
}

/** The records (or the module) of a may question, with the field where it names one. */
function objectsOf(asked: Mapping, action: Key, path: string, subject: Subject) {
  if ((asked.record === undefined) === (asked.module === undefined)) {
    throw new ScenarioMistake(path, 'either a record or a module is expected')
  }
  if ((asked.module !== undefined) !== (action === 'create' || action === 'import')) {
    throw new ScenarioMistake(path, 'create and import are asked of a module, everything else of a record')
  }
  if (asked.module !== undefined) {
    const module = requireModule(subject.names, asked.module, `${path}/module`)
    return [{ module, ...fieldOf(asked, module, path, subject) }]
  }
  return recordsOf(asked, path, subject).map(({ key, module }) => ({
    record: key,
    ...fieldOf(asked, module, path, subject),
  }))
}

function fieldOf(asked: Mapping, module: Key, path: string, subject: Subject): { readonly field?: Key } {
  const field = readOptionalText(asked.field, `${path}/field`)
  if (field === undefined) return {}
  requireField(subject.names, module, field, `${path}/field`)
  return { field }
}

export function readListQuestion(
  value: Mapping,
  answer: unknown,
  at: string,
  subject: Subject,
): readonly Expectation[] {
  const path = `${at}/list`
  const optional = ['action', 'filter', 'sort', 'q', ...CIRCUMSTANCES]
  const asked = readMapping(value, path, { required: ['user', 'module'], optional })
  const module = requireModule(subject.names, asked.module, `${path}/module`)
  const details = {
    module,
    action: requireOneOf(asked.action ?? 'read', recordActions(), `${path}/action`, 'action on a record'),
    ...(asked.filter === undefined ? {} : { filter: readCondition(asked.filter, `${path}/filter`) }),
    ...(asked.sort === undefined ? {} : { sort: readText(asked.sort, `${path}/sort`) }),
    ...(asked.q === undefined ? {} : { q: readText(asked.q, `${path}/q`) }),
    ...readCircumstances(asked, path, subject),
  }
  const keys = answer === REFUSED ? REFUSED : readRecordKeys(answer, `${at}/answer`, subject, module)
  return usersOf(asked, path, subject).map((user) => ({ kind: 'list', question: { ...details, user }, answer: keys }))
}

export function readWho(value: Mapping, answer: unknown, at: string, subject: Subject): readonly Expectation[] {
  const path = `${at}/who`
  const asked = readMapping(value, path, { required: ['action', 'record'], optional: CIRCUMSTANCES })
  const users = readTexts(answer, `${at}/answer`).map((user, i) =>
    requireUser(subject.names, user, `${at}/answer/${i}`),
  )
  const circumstances = readCircumstances(asked, path, subject)
  return combinations(actionsOf(asked, path), recordsOf(asked, path, subject)).map(([action, record]) => ({
    kind: 'who',
    question: { action, record: record.key, ...circumstances },
    answer: users,
  }))
}

export function readFields(value: Mapping, answer: unknown, at: string, subject: Subject): readonly Expectation[] {
  const path = `${at}/fields`
  const asked = readMapping(value, path, { required: ['user', 'module'], optional: CIRCUMSTANCES })
  const module = requireModule(subject.names, asked.module, `${path}/module`)
  const fields: { [field: Key]: FieldAccess } = {}
  for (const [field, access] of Object.entries(readOpenMapping(answer, `${at}/answer`))) {
    requireField(subject.names, module, field, `${at}/answer/${field}`)
    fields[field] = requireOneOf(access, FIELD_ACCESS, `${at}/answer/${field}`, 'field access')
  }
  if (Object.keys(fields).length === 0) throw new ScenarioMistake(`${at}/answer`, 'at least one field is expected')
  const circumstances = readCircumstances(asked, path, subject)
  return usersOf(asked, path, subject).map((user) => ({
    kind: 'fields',
    question: { user, module, ...circumstances },
    answer: fields,
  }))
}

export function readLevel(value: Mapping, answer: unknown, at: string, subject: Subject): readonly Expectation[] {
  const path = `${at}/level`
  const asked = readMapping(value, path, { required: ['user', 'record'], optional: CIRCUMSTANCES })
  const level = requireOneOf(answer, LEVELS, `${at}/answer`, 'level')
  const circumstances = readCircumstances(asked, path, subject)
  return combinations(usersOf(asked, path, subject), recordsOf(asked, path, subject)).map(([user, record]) => ({
    kind: 'level',
    question: { user, record: record.key, ...circumstances },
    answer: level,
  }))
}

export function readExplain(value: Mapping, answer: unknown, at: string, subject: Subject): readonly Expectation[] {
  const path = `${at}/explain`
  const asked = readMapping(value, path, {
    required: ['user', 'action', 'record'],
    optional: ['field', ...CIRCUMSTANCES],
  })
  const expected = readMapping(answer, `${at}/answer`, { required: ['allowed', 'grants', 'caps'] })
  const explained = {
    allowed: readYesNo(expected.allowed, `${at}/answer/allowed`),
    grants: readCauses(expected.grants, `${at}/answer/grants`, GRANT_KINDS),
    caps: readCauses(expected.caps, `${at}/answer/caps`, CAP_KINDS),
  }
  const circumstances = readCircumstances(asked, path, subject)
  return usersOf(asked, path, subject).flatMap((user) =>
    combinations(lawActionsOf(asked, path), recordsOf(asked, path, subject)).map(([action, record]) => ({
      kind: 'explain' as const,
      question: {
        user,
        action,
        record: record.key,
        ...fieldOf(asked, record.module, path, subject),
        ...circumstances,
      },
      answer: explained,
    })),
  )
}

const CAP_KINDS = ['confidential', 'restriction']
const GRANT_KINDS = [
  'owner',
  'team',
  'leader',
  'member',
  'peer',
  'superior',
  'default',
  'rule',
  'share',
  'profile',
  'parent',
]

function readCauses(value: unknown, path: string, kinds: readonly string[]): { readonly [cause: string]: Level } {
  const entries = Object.entries(readOpenMapping(value, path))
  for (const [cause] of entries) requireOneOf(cause.split(' ')[0], kinds, `${path}/${cause}`, 'kind of grant or cap')
  return Object.fromEntries(
    entries.map(([cause, level]) => [cause, requireOneOf(level, LEVELS, `${path}/${cause}`, 'level')]),
  )
}
