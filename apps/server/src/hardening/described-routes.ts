import type { App } from '../http/app.ts'

/** A JSON Schema, as far as it is looked at here. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly additionalProperties?: boolean | Schema
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly const?: unknown
  readonly enum?: readonly unknown[]
}

interface Content {
  readonly [mediaType: string]: { readonly schema?: Schema }
}

interface Parameter {
  readonly in: string
  readonly name: string
  readonly schema?: Schema
}

/** A route as the OpenAPI description tells it. */
export interface DescribedRoute {
  /** `GET /api/v1/records/{module}` */
  readonly name: string
  readonly method: Method
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body: Content | undefined
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

export const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'] as const
export type Method = (typeof METHODS)[number]

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content?: Content }
  readonly responses: DescribedRoute['responses']
}

/** Every route that the network serves, by its own description of itself. */
export async function describedRoutes(network: App): Promise<readonly DescribedRoute[]> {
  const answer = await network.inject({ method: 'GET', url: '/api/openapi.json' })
  const { paths } = answer.json<Description>()
  return Object.entries(paths).flatMap(([path, operations]) =>
    METHODS.flatMap((method) => {
      const operation = operations[method.toLowerCase()]
      return operation ? [describedRoute(method, path, operation)] : []
    }),
  )
}

function describedRoute(method: Method, path: string, operation: Operation): DescribedRoute {
  const { parameters = [], requestBody, responses } = operation
  return { name: `${method} ${path}`, method, path, parameters, body: requestBody?.content, responses }
}
