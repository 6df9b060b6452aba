import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'

/** The application as a room sees it: every schema of a route gives the types of its handler. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * What the route answers comes from statements that compare the organization's stamp, or from `policies.confirm`: so who asks may be
     * remembered. Unstated: the database is asked who he is at each request (docs/decisions/0007-remembered-admission.md).
     */
    comparesStamp?: true
    /** What it answers is told once: it isn't kept for a repetition of the request, which is done anew. */
    tellsOnce?: true
    /** It tells and changes nothing (but for a job where it answers 202): a repetition is answered by what holds then. */
    changesNothing?: true
  }
}

/** Says of all routes of a room that they compare stamps. */
export function compareStamps(app: App): void {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, comparesStamp: true }
  })
}

/**
 * What a room contributes to a surface: it declares its routes and nothing else. Each room is registered
 * in a context of its own, so a hook or a content type parser that it adds stays inside.
 */
export type Routes = (app: App) => void | Promise<void>
