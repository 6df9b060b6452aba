import { type AppliedPolicy, ChangeAnswerSchema, type PendingPolicyChange } from '@bailiwick/contract'
import { call } from '../connection/call.ts'
import type { Context, Outcome } from '../context.ts'
import { Failure } from '../failure.ts'
import { bold } from '../text/paint.ts'
import { counted } from '../text/paragraph.ts'
import { readYamlFile, type YamlFile } from '../yaml-file.ts'
import { approvalOf } from './approval-text.ts'
import { changeLines } from './change-lines.ts'
import { actingOf, type ChangeOptions, changeQuery, ifMatch } from './options.ts'

/** Makes the document the policy, or says everything that stands against it. */
export async function applyDocument(
  context: Context,
  [file = '-']: readonly string[],
  options: ChangeOptions,
): Promise<Outcome> {
  const document = await readYamlFile(context, file)
  const applied = await inFile(document, () =>
    call(context, ChangeAnswerSchema, {
      method: 'PUT',
      path: '/api/v1/policy',
      query: changeQuery(options),
      acting: actingOf(options),
      headers: ifMatch(options),
      json: document.input,
      finishes: true,
    }),
  )
  return { json: applied, text: appliedText(applied) }
}

export function appliedText(answer: AppliedPolicy | PendingPolicyChange): string {
  return 'needed' in answer ? waitingText(answer) : versionText(answer)
}

function waitingText({ id, needed, base, changes }: PendingPolicyChange): string {
  return [
    `Waits as change ${bold(String(id))} for ${approvalOf(needed)}; version ${base} stands until then.`,
    ...changeLines(changes),
  ].join('\n')
}

function versionText({ version, changes }: AppliedPolicy): string {
  if (changes.length === 0) return `Nothing to do: version ${version} says the same.`
  return [
    `Applied as version ${bold(String(version))}, with ${counted(changes.length, 'change')}:`,
    ...changeLines(changes),
  ].join('\n')
}

/** Tells of a refusal's errors where they lie in the file; a base that moved has its paths in the policy instead. */
export async function inFile<Result>(document: YamlFile, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Failure) || error.problem?.status !== 422) throw error
    const { message, exitCode, problem, details } = error
    throw new Failure(message, { exitCode, problem, details: document.locate(details) })
  }
}
