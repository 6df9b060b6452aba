import { describe, expect, it } from 'vitest'
import type { FieldDefinition, ModuleDefinition, Text } from '../document.ts'
import { FIELD_TYPES } from '../document.ts'
import { BUILT_IN_MODULES } from './index.ts'

const LANGUAGES = ['en', 'fi', 'sv', 'ar', 'zh-Hans']
const SYSTEM_FIELDS = [
  'id',
  'owner',
  'confidential',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'version',
  'externalId',
]

const modules: [string, ModuleDefinition][] = Object.entries(BUILT_IN_MODULES)
const fields: [string, FieldDefinition][] = modules.flatMap(([module, { fields = {} }]) =>
  Object.entries(fields).map(([key, field]): [string, FieldDefinition] => [`${module}.${key}`, field]),
)

function languages(text: Text | undefined): string[] {
  return typeof text === 'object' ? Object.keys(text).filter((language) => text[language]) : []
}

function values(field: FieldDefinition): string[] {
  return (field.options ?? []).map((option) => (typeof option === 'string' ? option : option.value))
}

describe('built-in modules', () => {
  it('are the eleven of the policy format', () => {
    expect(Object.keys(BUILT_IN_MODULES).sort()).toEqual([
      'accounts',
      'activities',
      'budgets',
      'campaigns',
      'contacts',
      'deals',
      'leads',
      'orders',
      'products',
      'quotes',
      'tickets',
    ])
  })

  it.each(modules)('%s has one required title and is closed by default', (_key, module) => {
    const titles = Object.values(module.fields ?? {}).filter((field) => field.title)
    expect(titles).toHaveLength(1)
    expect(titles[0]).toMatchObject({ type: 'text', required: true })
    expect(module.sharing).toBeUndefined()
    expect(module.parent).toBeUndefined()
    expect(Object.values(module.fields ?? {}).filter((field) => field.required && !field.title)).toEqual([])
  })

  it.each(modules)('%s is named in every language', (_key, module) => {
    expect(languages(module.name)).toEqual(LANGUAGES)
    expect(languages(module.plural)).toEqual(LANGUAGES)
  })

  it.each(fields)('%s is a whole definition', (key, field) => {
    expect(key.split('.')[1]).toMatch(/^[a-z][A-Za-z0-9]{0,62}$/)
    expect(SYSTEM_FIELDS).not.toContain(key.split('.')[1])
    expect(FIELD_TYPES).toContain(field.type)
    expect(languages(field.name)).toEqual(LANGUAGES)
    expect(field.type === 'lookup').toBe(field.module !== undefined)
    if (field.module) expect(Object.keys(BUILT_IN_MODULES)).toContain(field.module)
    expect(field.type === 'choice').toBe(field.options !== undefined)
    expect(new Set(values(field)).size).toBe(values(field).length)
    if (field.type === 'choice' && field.default) expect(values(field)).toContain(field.default)
  })

  it('leaves to customers what is theirs to add', () => {
    const accounts = Object.keys(BUILT_IN_MODULES.accounts?.fields ?? {})
    for (const key of ['bankAccount', 'region', 'department']) expect(accounts).not.toContain(key)
  })
})
