import type { TestModule } from 'vitest/node'

export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/**
 * Counts single tests over all projects. A file that could not be loaded, a hook that threw and an error outside any
 * test each count as one failure, so that a run in which tests silently did not happen is never green.
 */
export function sumUp(modules: readonly TestModule[], errorsOutside: number): Tally {
  const total = { passed: 0, failed: errorsOutside, skipped: 0 }
  for (const module of modules) {
    total.failed += module.errors().length
    for (const suite of module.children.allSuites()) total.failed += suite.errors().length
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      total[state === 'pending' ? 'failed' : state] += 1
    }
  }
  return total
}

/** What failed, a line each: project, file, test and the first line of what was said, for who sees only the end of a long run. */
export function failures(modules: readonly TestModule[]): string[] {
  return modules.flatMap((module) => {
    const at = `${module.project.name ? `${module.project.name} ` : ''}${module.relativeModuleId}`
    const outside = [module, ...module.children.allSuites()].flatMap((part) =>
      part.errors().map((error) => said(at, '', error)),
    )
    const tests = [...module.children.allTests()].flatMap((test) => {
      const { state, errors } = test.result()
      return state === 'failed' ? [said(at, test.fullName, errors?.[0])] : []
    })
    return [...outside, ...tests]
  })
}

function said(at: string, test: string, error: { readonly message: string } | undefined): string {
  return [at, test, error?.message.split('\n')[0]?.slice(0, 300)].filter(Boolean).join(' > ')
}

/** The line that ends a run. */
export function summaryLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** Nothing failed, and something ran. */
export function isGreen({ passed, failed }: Tally): boolean {
  return failed === 0 && passed > 0
}
