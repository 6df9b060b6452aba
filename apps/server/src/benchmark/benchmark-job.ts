import type { JobKind, RunningJob } from '../jobs/job.ts'
import { type BenchmarkParts, findLoaded, type LoadedBenchmark, loadBenchmark } from './load-benchmark.ts'
import { SHAPES, type Shape } from './shape.ts'

export const BENCHMARK = 'benchmark'

export interface BenchmarkInput {
  readonly size: 'small' | 'large'
}

/** Loading the benchmark's company, which only the operator may ask for. */
export function benchmarkJob(parts: BenchmarkParts): JobKind {
  return { kind: BENCHMARK, isOperatorsToo: true, run: (job) => run(parts, job) }
}

async function run(parts: BenchmarkParts, job: RunningJob): Promise<LoadedBenchmark> {
  const { size } = job.input as BenchmarkInput
  const shape = shapeOf(size)
  const done = job.saved === undefined ? undefined : await findLoaded(parts, job.organization, shape)
  if (done) return done
  return loadBenchmark(parts, job.organization, shape, async (done, total) => {
    job.goOn()
    await job.save({ done, total, saved: 'begun' })
  })
}

function shapeOf(size: BenchmarkInput['size']): Shape {
  const shape = SHAPES[size === 'large' ? 'full' : size]
  if (!shape) throw new Error(`There is no benchmark of size ${size}.`)
  return shape
}
