import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Running, readConfig, start } from '@bailiwick/server'
import type { TestProject } from 'vitest/node'

/** One server with the demonstration company for all journeys of a run; each takes people and records of its own. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-e2e-'))
  const environment = { PORT: '0', BAILIWICK_DATA: folder, BAILIWICK_DEMO: '1', BAILIWICK_LOG: 'error' }
  const running = await start(readConfig(environment, folder))
  project.provide('journeys', { address: running.address, password: running.program.parts.demoPassword })
  await makeOrganization(running.program, 'westwind', 'otto')
  await makeOrganization(running.program, 'eastwind', 'esther')
  await markDemonstration(running.program, 'eastwind')
  await makeOrganization(running.program, 'southwind', 'sonja')
  await requireApproval(running.program)
  return async () => {
    await running.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One that holds nothing but its administrator, otto@westwind.example say, who has the demonstration's password. */
async function makeOrganization(
  { buildOperatorServer, parts }: Running['program'],
  slug: string,
  person: string,
): Promise<void> {
  const operator = buildOperatorServer()
  const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`
  const adminEmail = `${person}@${slug}.example`
  const body = { slug, name: capital(slug), adminEmail, adminName: capital(person), adminPassword: parts.demoPassword }
  const answer = await operator.inject({ method: 'POST', url: '/operator/v1/organizations', body })
  await operator.close()
  if (answer.statusCode !== 201) throw new Error(`There is no empty organization: ${answer.payload}`)
}

/** In Southwind a change waits until another has approved it: Sonja and Paul both administer. */
async function requireApproval({ buildOperatorServer, parts }: Running['program']): Promise<void> {
  const operator = buildOperatorServer()
  const person = (name: string) => ({
    name,
    email: `${name.toLowerCase()}@southwind.example`,
    profiles: ['administrator'],
  })
  const policy = {
    bailiwick: 1,
    organization: { name: 'Southwind', approvals: 1 },
    users: { admin: person('Sonja'), paul: person('Paul') },
  }
  const headers = { 'bailiwick-act': 'southwind/operator' }
  const applied = await operator.inject({ method: 'PUT', url: '/api/v1/policy', headers, body: policy })
  const signIn = { organization: 'southwind', user: 'paul', password: parts.demoPassword }
  const given = await operator.inject({ method: 'POST', url: '/operator/v1/sign-ins', body: signIn })
  await operator.close()
  for (const { statusCode, payload } of [applied, given]) if (statusCode >= 300) throw new Error(payload)
}

/** As if the program had made it up: one that a journey may throw away. */
async function markDemonstration({ parts: { database } }: Running['program'], slug: string): Promise<void> {
  const { owner } = database
  const { id } = await owner.selectFrom('organizations').select('id').where('slug', '=', slug).executeTakeFirstOrThrow()
  await owner.insertInto('demonstrations').values({ organization_id: id, complete: true }).execute()
}

declare module 'vitest' {
  export interface ProvidedContext {
    journeys: { readonly address: string; readonly password: string }
  }
}
