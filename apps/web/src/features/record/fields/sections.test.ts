import { describe, expect, it } from 'vitest'
import type { FieldInfo } from '../../../lib/modules.ts'
import { sectionsOf } from './sections.ts'

function field(key: string, type = 'text', system = false): FieldInfo {
  return { field: key, type, system, name: key, access: 'edit', required: false, unique: false, title: false }
}

describe('the sections of a record', () => {
  it('follow from the names and types of its fields, and empty ones are left out', () => {
    const fields = [
      field('id', 'text', true),
      field('createdAt', 'dateTime', true),
      field('name'),
      field('billingCity'),
      field('email', 'email'),
      field('street'),
      field('capacity', 'number'),
      field('description', 'longText'),
      field('otherEmail', 'email'),
      field('otherCity'),
    ]
    const sections = sectionsOf(fields).map(({ kind, fields: own }) => [kind, own.map((each) => each.field)])
    expect(sections).toEqual([
      ['main', ['name', 'capacity']],
      ['contact', ['email', 'otherEmail']],
      ['address', ['street']],
      ['billing', ['billingCity']],
      ['other', ['otherCity']],
      ['text', ['description']],
      ['system', ['createdAt']],
    ])
  })
})
