import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ModuleCatalogue } from '@bailiwick/access'
import { parseScenarios } from './parse-scenarios.ts'
import type { Scenario } from './scenario.ts'

const SPEC_FOLDER = fileURLToPath(new URL('../../../../spec/', import.meta.url))

/** Those that generated organizations found, kept in `spec/found`: a layer answers what it can of them. */
export function loadFound(catalogue: ModuleCatalogue): readonly Scenario[] {
  return loadScenarios(catalogue, join(SPEC_FOLDER, 'found'))
}

/** Every scenario of `spec/*.yaml`, by file name and then as they stand there. Throws ScenarioMistake where one can't be read. */
export function loadScenarios(catalogue: ModuleCatalogue, folder = SPEC_FOLDER): readonly Scenario[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  const findBase = (name: string) => readIfThere(join(folder, 'bases', `${name}.yaml`))
  return files
    .sort()
    .flatMap((name) =>
      parseScenarios(name.replace(/\.yaml$/, ''), readFileSync(join(folder, name), 'utf8'), { catalogue, findBase }),
    )
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
