import { AuthzenMetadataSchema } from '@bailiwick/contract'
import type { App, Routes } from '../http/app.ts'
import { echoRequestId } from './echo-request-id.ts'

/** Where this server can be reached: an address that its operator gives, or the one it listens on. */
export interface Reachable {
  /** Without a slash at its end. */
  readonly publicUrl?: string
  readonly host: string
  readonly port: number
}

const WELL_KNOWN = '/.well-known/authzen-configuration'

/** Where to ask. The addresses never come from the request: whoever makes up a Host header must not send others astray. */
export function authzenMetadataRoutes(reachable: Reachable): Routes {
  return (app) => {
    echoRequestId(app)
    const schema = {
      tags: ['authzen'],
      summary: 'Where the AuthZEN interface is (OpenID Authorization API 1.0)',
      response: { 200: AuthzenMetadataSchema },
    }
    for (const path of placesOf(reachable)) app.get(path, { schema }, () => metadataOf(addressOf(app, reachable)))
  }
}

/** With a path in the public address, the well-known part goes before that path. */
function placesOf({ publicUrl }: Reachable): string[] {
  const path = publicUrl === undefined ? '/' : new URL(publicUrl).pathname
  return path === '/' ? [WELL_KNOWN] : [WELL_KNOWN, `${WELL_KNOWN}${path}`]
}

function addressOf(app: App, { publicUrl, host, port }: Reachable): string {
  if (publicUrl !== undefined) return publicUrl
  const listening = app.server.address()
  const actual = typeof listening === 'object' && listening !== null ? listening.port : port
  return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`
}

function metadataOf(address: string) {
  return {
    policy_decision_point: address,
    access_evaluation_endpoint: `${address}/access/v1/evaluation`,
    access_evaluations_endpoint: `${address}/access/v1/evaluations`,
    search_subject_endpoint: `${address}/access/v1/search/subject`,
    search_resource_endpoint: `${address}/access/v1/search/resource`,
    search_action_endpoint: `${address}/access/v1/search/action`,
  }
}
