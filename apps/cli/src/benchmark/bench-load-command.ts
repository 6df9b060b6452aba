import { JobSchema, LoadedBenchmarkSchema } from '@bailiwick/contract'
import { type Command, Option } from 'commander'
import { Parse } from 'typebox/value'
import { call } from '../connection/call.ts'
import type { Context, Outcome } from '../context.ts'
import { interrupted } from '../failure.ts'
import { followJob } from '../jobs/follow-job.ts'
import { createProgress } from '../jobs/progress.ts'
import { act } from '../run.ts'
import { bold } from '../text/paint.ts'

interface BenchLoadOptions {
  readonly org: string
  readonly size: 'small' | 'large'
}

const SIZES = `
small: 100,000 accounts, 300,000 deals, 1,000 people; half a minute or so
large: 1,000,000 accounts, 3,000,000 deals, 10,000 people; some minutes, 6 GB of disk`

export function benchLoadCommand(program: Command): void {
  const command = program
    .command('bench-load')
    .description('load the made-up company of the benchmark into an organization that has no accounts and deals')
    .requiredOption('--org <slug>', 'the organization: its people, roles and rules are added to')
    .addOption(new Option('--size <size>', 'how large a company').choices(['small', 'large']).default('small'))
    .addHelpText('after', SIZES)
  act(command, 'bench-load --org bench --size small', benchLoad)
}

async function benchLoad(
  context: Context,
  _args: readonly string[],
  { org, size }: BenchLoadOptions,
): Promise<Outcome> {
  const acting = { organization: org }
  const path = `/operator/v1/organizations/${encodeURIComponent(org)}/benchmark`
  const started = await call(context, JobSchema, { method: 'POST', path, json: { size } })
  const read = () =>
    call(context, JobSchema, { method: 'GET', path: `/api/v1/jobs/${started.id}`, acting, finishes: true })
  const progress = createProgress()
  try {
    const ended = await followJob(context, { id: started.id, acting, step: 'loading', read }, progress)
    if (ended.state === 'cancelled') throw interrupted()
    return outcomeOf(ended.result)
  } finally {
    progress.stop()
  }
}

function outcomeOf(result: unknown): Outcome {
  const loaded = Parse(LoadedBenchmarkSchema, result)
  const { accounts, deals, people, cast } = loaded
  const width = Math.max(...Object.keys(cast).map((part) => part.length))
  const lines = [
    `Loaded ${bold(String(accounts))} accounts and ${bold(String(deals))} deals of ${people} people. Whom to ask as:`,
    ...Object.entries(cast).map(([part, user]) => `  ${part.padEnd(width)}  ${user}`),
  ]
  return { json: loaded, text: lines.join('\n') }
}
