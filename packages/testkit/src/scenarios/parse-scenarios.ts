import type { ModuleCatalogue, PolicyDocument } from '@bailiwick/access'
import { parseDocument } from 'yaml'
import { namesOf } from './names.ts'
import { isMapping, type Mapping, overlay } from './overlay.ts'
import { readQuestion } from './read-question.ts'
import { readRecords } from './read-records.ts'
import { readInstant, readList, readMapping, readOptionalText, readText, ScenarioMistake } from './reader.ts'
import type { Scenario } from './scenario.ts'

export interface ParsingOptions {
  /** The built-in modules, whose fields the scenarios may use without naming them. */
  readonly catalogue: ModuleCatalogue
  /** The text of a base by its name, `undefined` where there is none. */
  readonly findBase: (name: string) => string | undefined
}

const SHARED = ['base', 'policy', 'now', 'records']

/**
 * The scenarios in the text of one file, in their order. Strict: a key, user, record, module, field or action that isn't there
 * throws ScenarioMistake with the place, since a typing mistake must not make a test pass.
 */
export function parseScenarios(file: string, text: string, options: ParsingOptions): readonly Scenario[] {
  const top = readMapping(parseYaml(text, file), file, { required: ['scenarios'] })
  const scenarios = readList(top.scenarios, `${file}/scenarios`)
  if (scenarios.length === 0) throw new ScenarioMistake(file, 'at least one scenario is expected')
  return scenarios.map((scenario, i) => parseScenario(file, scenario, `${file}/scenarios/${i}`, options))
}

function parseScenario(file: string, value: unknown, path: string, options: ParsingOptions): Scenario {
  const own = readMapping(value, path, { required: ['title', 'questions'], optional: SHARED })
  const base = readBase(readOptionalText(own.base, `${path}/base`), path, options)
  const policy = readPolicy(merged(base.policy, own.policy, `${path}/policy`), `${path}/policy`)
  const names = namesOf(policy, options.catalogue)
  const now = readInstant(own.now ?? base.now, `${path}/now`)
  const records = readRecords(merged(base.records, own.records, `${path}/records`), `${path}/records`, names)
  const subject = { names, now, records: new Map(records.map((record) => [record.key, record])) }
  const questions = readList(own.questions, `${path}/questions`)
  return {
    file,
    title: readText(own.title, `${path}/title`),
    policy,
    now,
    records,
    questions: questions.flatMap((question, i) => readQuestion(question, `${path}/questions/${i}`, subject)),
  }
}

function readBase(name: string | undefined, path: string, options: ParsingOptions): Mapping {
  if (name === undefined) return {}
  const text = options.findBase(name)
  if (text === undefined) throw new ScenarioMistake(`${path}/base`, `there is no base ${name}`)
  return readMapping(parseYaml(text, `bases/${name}`), `bases/${name}`, { optional: ['policy', 'now', 'records'] })
}

function merged(base: unknown, own: unknown, path: string): Mapping {
  return overlay(isMapping(base) ? base : {}, readMergeable(own, path), path)
}

function readMergeable(value: unknown, path: string): Mapping {
  if (value === undefined) return {}
  if (isMapping(value)) return value
  throw new ScenarioMistake(path, 'a mapping is expected')
}

function parseYaml(text: string, path: string): unknown {
  const document = parseDocument(text, { uniqueKeys: true })
  const [mistake] = [...document.errors, ...document.warnings]
  if (mistake !== undefined) throw new ScenarioMistake(path, mistake.message)
  return document.toJS()
}

/** Whether every section is one of the document's is seen here; everything deeper is for the policy's own checks. */
const SECTIONS = [
  'organization',
  'roles',
  'profiles',
  'users',
  'teams',
  'groups',
  'modules',
  'sharingRules',
  'restrictionRules',
  'tests',
  'invariants',
]

function readPolicy(value: Mapping, path: string): PolicyDocument {
  const sections = readMapping(value, path, { required: ['users', 'profiles'], optional: SECTIONS })
  for (const [key, section] of Object.entries(sections)) {
    if (!isMapping(section)) throw new ScenarioMistake(`${path}/${key}`, 'a mapping is expected')
  }
  return { bailiwick: 1, ...sections }
}
