import { ImportMappingSchema } from '@bailiwick/contract'
import type { Static } from 'typebox'
import Value from 'typebox/value'
import { invalidInput } from '../problem.ts'

/** How the columns of a file become fields, as whoever imports says it. */
export type ImportMapping = Static<typeof ImportMappingSchema>

/** @throws Problem 422 with everything that is wrong about its shape. */
export function requireMapping(mapping: unknown): ImportMapping {
  if (Value.Check(ImportMappingSchema, mapping)) return mapping
  const errors = [...Value.Errors(ImportMappingSchema, mapping)].slice(0, 20)
  throw invalidInput(errors.map(({ instancePath, message }) => ({ path: `/mapping${instancePath}`, message })))
}
