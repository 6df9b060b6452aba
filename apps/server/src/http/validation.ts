import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'
import { Value } from 'typebox/value'

/** As many as make all of a request's errors, with those of each alternative that it could have been; the eight of old hid most of them. */
Settings.Set({ maxErrors: 500 })

/**
 * Checks what comes in against a route's schema. Texts of an address are made into numbers and the like only where they don't fit as
 * they are: that costs more than the check itself, and nearly all are texts that are meant as such. The check is made when it is first
 * needed.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  let compiled: ReturnType<typeof Compile> | undefined
  return (value: unknown) => {
    compiled ??= Compile(schema)
    const shape = compiled
    if (shape.Check(value)) return { value }
    const meant = httpPart === 'body' ? value : Value.Convert(schema, value)
    return shape.Check(meant) ? { value: meant } : { error: shape.Errors(meant) }
  }
}
