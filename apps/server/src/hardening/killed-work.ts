import type { PolicyDocument } from '@bailiwick/access'
import { expect } from 'vitest'
import type { Answer, RealServer } from './real-server.ts'

/** An account that was written. */
export interface Written {
  readonly id: string
  /** What was acknowledged last. */
  version: number
  employees: number
  /** Sent, and not answered before the process was gone. */
  pending?: number
}

/** Creates accounts and changes them until the server is gone; what was acknowledged is in `written`. */
export async function write(
  server: RealServer,
  key: string,
  worker: number,
  written: Written[],
  pending: string[],
): Promise<void> {
  for (let number = 0; ; number++) {
    const name = `w${worker} ${Date.now()} ${number}`
    try {
      pending.push(name)
      const made = await server.ask(key, 'POST', '/api/v1/records/accounts', { name, employees: 0 })
      expect(made.status).toBe(201)
      pending.pop()
      const one: Written = { id: String(made.body.id), version: 1, employees: 0 }
      written.push(one)
      for (let change = 1; change <= 3; change++) await raise(server, key, one, change)
    } catch (error) {
      if (error instanceof TypeError) return // the connection broke
      throw error
    }
  }
}

async function raise(server: RealServer, key: string, one: Written, employees: number): Promise<void> {
  one.pending = employees
  const headers = { 'if-match': `"${one.version}"` }
  const changed = await server.ask(key, 'PATCH', `/api/v1/records/accounts/${one.id}`, { employees }, headers)
  expect(changed.status).toBe(200)
  one.version = Number(changed.body.version)
  one.employees = employees
  one.pending = undefined
}

/** Adds modules and fields and takes them away again until the server is gone. */
export async function changePolicies(
  server: RealServer,
  key: string,
  onApplied: (version: number) => void,
): Promise<void> {
  for (let number = 0; ; number++) {
    const modules = number % 2 === 0 ? grown(number) : {}
    try {
      const { body: base } = await server.ask(key, 'GET', '/api/v1/policy')
      const destroy = [0, 1, 2, 3, 4, 5].map((at) => `destroy=extra${at}`).join('&')
      const { status, body } = await server.ask(key, 'PUT', `/api/v1/policy?${destroy}&destroy=accounts.added`, {
        ...base,
        modules,
      })
      expect(body).toEqual({ version: expect.any(Number), changes: expect.any(Array) })
      expect(status).toBe(200)
      onApplied(Number(body.version))
    } catch (error) {
      if (error instanceof TypeError) return // the connection broke
      throw error
    }
  }
}

function grown(number: number): PolicyDocument['modules'] {
  const fields = { name: { type: 'text', title: true }, [`more${number}`]: { type: 'money', indexed: true } } as const
  const extra = [0, 1, 2, 3, 4, 5].map((at) => [`extra${at}`, { fields }] as const)
  return { accounts: { fields: { added: { type: 'text', unique: true } } }, ...Object.fromEntries(extra) }
}

/** Sends a file of accounts of which each tells its round. */
export function askForImport(
  server: RealServer,
  key: string,
  round: number,
  rows: number,
  headers?: Record<string, string>,
): Promise<Answer> {
  const lines = Array.from({ length: rows }, (_, row) => `Account ${round}-${row},round ${round}`)
  const form = new FormData()
  form.set('module', 'accounts')
  form.set('mapping', JSON.stringify({ columns: { name: 'name', industry: 'industry' } }))
  form.set('file', new Blob([`name,industry\n${lines.join('\n')}\n`]), 'accounts.csv')
  return server.ask(key, 'POST', '/api/v1/imports', form, headers)
}

/** @returns the id of the import that began */
export async function beginImport(server: RealServer, key: string, round: number, rows: number): Promise<string> {
  const { status, body } = await askForImport(server, key, round, rows)
  expect(body).toMatchObject({ kind: 'import' })
  expect(status).toBe(202)
  return String(body.id)
}
