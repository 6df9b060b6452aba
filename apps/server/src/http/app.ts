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

/**
 * What a room contributes to a surface: it declares its routes and nothing else. Each room is registered
 * in a context of its own, so a hook or a content type parser that it adds stays inside.
 */
export type Routes = (app: App) => void | Promise<void>
