import { type PolicyTests, PolicyTestsSchema } from '@bailiwick/contract'
import { call } from '../connection/call.ts'
import type { Context, Outcome } from '../context.ts'
import { EXIT, type FailureDetail } from '../failure.ts'
import { faint, green, red } from '../text/paint.ts'
import { widthOf, wrap } from '../text/paragraph.ts'
import { readYamlFile } from '../yaml-file.ts'
import { actingOf, type PolicyOptions } from './options.ts'
import { errorsSection, tally, warningsSection } from './plan-text.ts'

/** Runs the examples and invariants of a document, or of the policy that stands. */
export async function testDocument(
  context: Context,
  [file]: readonly string[],
  options: PolicyOptions,
): Promise<Outcome> {
  const document = file === undefined ? undefined : await readYamlFile(context, file)
  const tested = await call(context, PolicyTestsSchema, {
    method: 'POST',
    path: '/api/v1/policy/test',
    acting: actingOf(options),
    ...(document && { json: document.input ?? {} }),
  })
  const errors = document ? document.locate(tested.errors) : tested.errors
  return { json: tested, text: testText(tested, errors), exitCode: tested.passed ? EXIT.done : EXIT.failed }
}

function testText({ tests, invariants, warnings, passed }: PolicyTests, errors: readonly FailureDetail[]): string {
  const mark = (good: boolean) => (good ? green('✓') : red('✗'))
  const lines = [
    ...tests.map((test) => `${mark(test.passed)} ${test.test}`),
    ...invariants.map(({ invariant, holds }) => `${mark(holds)} ${invariant} ${faint('(invariant)')}`),
    ...(errors.length > 0 ? ['', ...errorsSection(errors)] : []),
    ...(warnings.length > 0 ? ['', ...warningsSection(warnings)] : []),
    '',
    ...tally('Tests', tests.length, tests.filter((test) => !test.passed).length, 'passed', 'failed'),
    ...tally('Invariants', invariants.length, invariants.filter(({ holds }) => !holds).length, 'held', 'violated'),
    ...(passed && tests.length + invariants.length === 0 ? ['There are no examples and no invariants.'] : []),
  ]
  return lines
    .map((line) => wrap(line, widthOf(process.stdout)))
    .join('\n')
    .trimStart()
}
