import { PolicyDocumentSchema, YAML_MEDIA_TYPE } from '@bailiwick/contract'
import { call, request } from '../connection/call.ts'
import { readText } from '../connection/transport.ts'
import type { Context, Outcome } from '../context.ts'
import { actingOf, type PolicyOptions } from './options.ts'

/** The document, as an apply takes it: applied again, it changes nothing. With `--json`, the same as JSON. */
export async function exportPolicy(
  context: Context,
  _args: readonly string[],
  options: PolicyOptions & { readonly json?: boolean },
): Promise<Outcome> {
  const question = { method: 'GET', path: '/api/v1/policy', acting: actingOf(options) } as const
  if (options.json) return { json: await call(context, PolicyDocumentSchema, question), text: '' }
  const { body } = await request(context, { ...question, headers: { accept: YAML_MEDIA_TYPE } })
  return { json: undefined, text: await readText(body) }
}
