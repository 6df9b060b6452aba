import { ACTIONS } from '@bailiwick/access'
import fc, { type Arbitrary } from 'fast-check'
import type { DescribedRoute, Schema } from './described-routes.ts'
import type { HostileBody } from './hostile-body.ts'
import { hostileCondition } from './hostile-conditions.ts'
import { multipart } from './hostile-forms.ts'
import { hostilePolicy } from './hostile-policies.ts'
import { nastyNumber, nastyText, nastyValue } from './hostile-values.ts'
import { FIELDS, fittingValue, known, knownId, MODULES, PRINCIPALS } from './known-names.ts'
import { jsonOf, spoilt } from './spoilt-bodies.ts'

const action = fc.constantFrom(...ACTIONS, 'restore', 'manageAccess')
const moduleKey = fc.constantFrom(...MODULES)
const fieldKey = fc.constantFrom(...FIELDS)
const principal = fc.constantFrom(...PRINCIPALS)

const sensibleFieldValue = fc.oneof(
  known,
  nastyNumber,
  fc.constantFrom<unknown>('Open', ['red'], true, '2026-03-31', '2026-03-31T09:30:00Z', 12.5, 3, null, 'a@b.example'),
)
const fieldValue = fc
  .oneof({ weight: 9, arbitrary: fieldKey }, { weight: 1, arbitrary: nastyText })
  .chain((field) =>
    fc
      .oneof(
        { weight: 8, arbitrary: fittingValue(field) },
        { weight: 1, arbitrary: sensibleFieldValue },
        { weight: 1, arbitrary: nastyValue },
      )
      .map((value) => [field, value] as const),
  )
const fieldValues = fc.array(fieldValue, { maxLength: 3 }).map((members) => Object.fromEntries(members))
const recordBody = fc
  .tuple(fc.constantFrom({}, { name: 'New' }, { lastName: 'New' }), fieldValues)
  .map(([base, more]) => ({ ...base, ...more }))

/** What a member of such a name means somewhere in the interface. */
const MEANINGS: Readonly<Record<string, Arbitrary<unknown>>> = {
  filter: hostileCondition,
  with: principal,
  owner: fc.constantFrom('user:anna', 'team:desk', 'user:nobody', 'anna', 'group:sellers'),
  field: fieldKey,
  groupBy: fc.array(fieldKey, { maxLength: 3 }),
  ids: fc.array(knownId, { maxLength: 4 }),
  mentions: fc.array(known, { maxLength: 3 }),
  expiresAt: fc.constantFrom(
    '2099-01-01T00:00:00Z',
    '2099-12-31T23:59:59+02:00',
    '9000-01-01T00:00:00Z',
    '2001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '+275760-09-13T00:00:00Z',
  ),
  organization: fc.constantFrom('nordwind', 'sudwind', 'nowhere'),
  email: fc.constantFrom('anna@nordwind.example', 'nobody@nowhere.example'),
  password: fc.constant('wrong horse battery'),
  module: moduleKey,
  subject: fc.record({
    type: fc.constantFrom('user', 'user', 'x'),
    id: fc.oneof(fc.constantFrom('anna', 'admin', 'omar'), known),
  }),
  resource: fc.record({ type: fc.oneof(moduleKey, fc.constant('module')), id: fc.oneof(knownId, moduleKey, known) }),
  action: fc.record(
    { name: fc.oneof(action, known), properties: fc.record({ field: fieldKey }, { requiredKeys: [] }) },
    { requiredKeys: ['name'] },
  ),
  evaluations: fc.array(fc.dictionary(fc.constantFrom('subject', 'action', 'resource'), nastyValue, { maxKeys: 2 }), {
    maxLength: 3,
  }),
  type: fc.oneof(fc.constantFrom('user', 'module', 'record'), moduleKey),
  id: fc.oneof(knownId, known),
  name: fc.oneof(action, known),
  set: fieldValues,
  text: known,
  sort: fieldKey,
  fields: fc.array(fieldKey, { minLength: 1, maxLength: 3 }),
  limit: fc.constantFrom(1, 2, 50, 0, -1, 1e9),
  token: known,
  format: fc.constantFrom('csv', 'xlsx', 'jsonl'),
}

/** Values that a schema takes, mostly; and now and then what it doesn't. */
function shaped(schema: Schema | undefined, name: string, depth = 0): Arbitrary<unknown> {
  const meant = MEANINGS[name]
  const plain = ofSchema(schema, depth)
  const sensible = meant ? fc.oneof({ weight: 4, arbitrary: meant }, { weight: 1, arbitrary: plain }) : plain
  return fc.oneof({ weight: depth === 0 ? 19 : 9, arbitrary: sensible }, { weight: 1, arbitrary: nastyValue })
}

function ofSchema(schema: Schema | undefined, depth: number): Arbitrary<unknown> {
  if (!schema || depth > 6) return nastyValue
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => ofSchema(one, depth + 1)))
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.properties) return objectOf(schema, depth)
  if (schema.patternProperties || schema.type === 'object') return recordBody
  if (schema.items) return fc.array(shaped(schema.items, '', depth + 1), { maxLength: 3 })
  if (schema.type === 'string') return fc.oneof(known, nastyText)
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'number' || schema.type === 'integer') return nastyNumber
  return nastyValue
}

function objectOf({ properties = {}, required = [] }: Schema, depth: number): Arbitrary<unknown> {
  const members = Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, shaped(one, key, depth + 1)]))
  const whole = fc.record(members, { requiredKeys: required.filter((key) => key in members) })
  const broken = fc.tuple(fc.record(members, { requiredKeys: [] }), nastyText, nastyValue)
  return fc.oneof(
    { weight: 9, arbitrary: whole },
    { weight: 1, arbitrary: broken.map(([object, key, value]) => ({ ...object, [key]: value })) },
  )
}

const FORMS: ReadonlySet<string> = new Set([
  '/api/v1/imports',
  '/api/v1/imports/preview',
  '/api/v1/records/{module}/{id}/files',
])

/** Bodies for a route, in whatever media types it takes and in those that it doesn't. */
export function hostileBody(route: DescribedRoute): Arbitrary<HostileBody | undefined> {
  const [type = 'application/json'] = Object.keys(route.body ?? {})
  const sensible = route.path.startsWith('/api/v1/policy') ? hostilePolicy : shaped(route.body?.[type]?.schema, '')
  if (FORMS.has(route.path)) return fc.oneof({ weight: 4, arbitrary: multipart }, spoilt(nastyValue))
  if (!route.body) return fc.option(fc.oneof(multipart, spoilt(nastyValue)), { nil: undefined, freq: 4 })
  return fc.oneof(
    { weight: 12, arbitrary: sensible.map((value) => ({ type: 'application/json', content: jsonOf(value) })) },
    { weight: 3, arbitrary: spoilt(sensible) },
    { weight: 1, arbitrary: multipart },
  )
}
