import { readExplain, readFields, readLevel, readListQuestion, readMay, readWho } from './read-access-questions.ts'
import { readAggregate } from './read-aggregate.ts'
import { readRequest } from './read-request.ts'
import { readMapping, readOpenMapping, readText, ScenarioMistake } from './reader.ts'
import { QUESTION_KINDS, type QuestionKind, type ScenarioQuestion } from './scenario.ts'
import type { QuestionReader, Subject } from './subject.ts'

const READERS: { readonly [kind in QuestionKind]: QuestionReader } = {
  may: readMay,
  list: readListQuestion,
  who: readWho,
  fields: readFields,
  level: readLevel,
  explain: readExplain,
  aggregate: readAggregate,
  request: readRequest,
}

/**
 * The expectations in one entry of `questions`: several where it names several users, actions or records, which all get the
 * same answer. Throws ScenarioMistake for anything unknown.
 */
export function readQuestion(value: unknown, path: string, subject: Subject): readonly ScenarioQuestion[] {
  const entry = readMapping(value, path, { required: ['answer', 'because'], optional: QUESTION_KINDS })
  const kinds = QUESTION_KINDS.filter((kind) => entry[kind] !== undefined)
  if (kinds.length !== 1) throw new ScenarioMistake(path, `one question is expected, of ${QUESTION_KINDS.join(', ')}`)
  const kind = kinds[0]!
  const asked = readOpenMapping(entry[kind], `${path}/${kind}`)
  const because = readText(entry.because, `${path}/because`)
  return READERS[kind](asked, entry.answer, path, subject).map((expectation) => ({ ...expectation, because, path }))
}
