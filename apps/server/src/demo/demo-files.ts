import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { MavenFiles } from './load-maven.ts'

/** The company's files, as text. */
export function readMavenFiles(): MavenFiles {
  return {
    accounts: read('data/accounts.csv'),
    products: read('data/products.csv'),
    pipeline: read('data/sales_pipeline.csv'),
    teams: read('data/sales_teams.csv'),
  }
}

/** The demonstration's policy document, unchecked. */
export function readDemoPolicy(): unknown {
  return parse(read('policy.yaml'))
}

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8')
}
