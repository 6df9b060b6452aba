import { SHARED_SCHEMAS } from './checks/common-shapes.ts'
import { documentShape } from './checks/document-shape.ts'
import { RULE_SCHEMAS } from './checks/rule-shapes.ts'

/**
 * The JSON Schema (2020-12) of a policy document, for editors and pipelines. It is told from the very shapes that `checkDocument` reads
 * with, so a document that it refuses has problems. What it accepts can still have some: references, cycles and the types of
 * conditions are beyond a schema.
 */
export function policyJsonSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Bailiwick policy document',
    description:
      'Who may do what to which records. A section that is present is whole; one that is absent is left alone.',
    ...documentShape.schema,
    $defs: { ...SHARED_SCHEMAS, ...RULE_SCHEMAS },
  }
}
