import { createRequire } from 'node:module'
import type buildSerializer from 'fast-json-stringify'

type Serialize = (value: unknown) => string

/** It brings a validator along, which is loaded with it. */
const loadBuilder = (): typeof buildSerializer => createRequire(import.meta.url)('fast-json-stringify')

/** By their schema: many answers, problems above all, share one. */
const made = new WeakMap<object, Serialize>()

/**
 * What writes answers by their schema is made when the first of them is written: there are hundreds, and making all of them at the start took
 * a second of it, for answers most of which a server never gives.
 */
export function serializeByNeed({ schema }: { readonly schema?: unknown }): Serialize {
  if (typeof schema !== 'object' || schema === null) throw new Error('What leaves a route is declared by a schema.')
  return (value) => serializerOf(schema)(value)
}

/** @throws where nothing can be written by the schema */
export function serializerOf(schema: object): Serialize {
  const known = made.get(schema)
  if (known) return known
  const serialize: Serialize = loadBuilder()(schema)
  made.set(schema, serialize)
  return serialize
}
