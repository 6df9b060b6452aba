import { ImportMappingSchema, ImportOptionsSchema } from '@bailiwick/contract'
import type { Static, TSchema } from 'typebox'
import Value from 'typebox/value'
import { inputErrors } from '../http/validation-errors.ts'
import { invalidInput, type Problem } from '../problem.ts'

/** How the columns of a file become fields, as whoever imports says it. */
export type ImportMapping = Static<typeof ImportMappingSchema>

/** @throws Problem 422 with everything that is wrong about its shape. */
export function requireMapping(mapping: unknown): ImportMapping {
  if (Value.Check(ImportMappingSchema, mapping)) return mapping
  throw wrongShape(ImportMappingSchema, mapping, '/mapping')
}

/** What whoever imports says of his file and of what is to be done with it; the rest is found out. */
export type ImportOptions = Static<typeof ImportOptionsSchema>

/** @throws Problem 422 with everything that is wrong about its shape. */
export function requireOptions(options: unknown): ImportOptions {
  if (Value.Check(ImportOptionsSchema, options)) return options
  throw wrongShape(ImportOptionsSchema, options, '/options')
}

function wrongShape(schema: TSchema, value: unknown, path: string): Problem {
  const errors = inputErrors(Value.Errors(schema, value))
  return invalidInput(errors.map((error) => ({ ...error, path: `${path}${error.path}` })))
}
