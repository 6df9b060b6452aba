import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_JSON_DEPTH, obstacleToJson } from './json-tree.ts'

const LONG = 1_000_000

function nested(levels: number): unknown {
  return levels === 0 ? 'x' : [nested(levels - 1)]
}

describe('What stands in the way of JSON', () => {
  it('is nothing in any value of JSON that is short and flat enough', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(obstacleToJson(value, LONG)).toBeUndefined()
      }),
    )
  })

  it('is nothing where a part stands there twice', () => {
    const part = { profile: 'sales' }
    expect(obstacleToJson({ anna: part, mikko: part, both: [part, part] }, LONG)).toBeUndefined()
  })

  it('is a part that holds itself, however far up', () => {
    const ring: unknown[] = []
    ring.push({ 'a/b': [ring] })
    expect(obstacleToJson({ ring }, LONG)).toEqual({ path: '/ring/0/a~1b/0', what: 'holds itself' })
  })

  it('is a level too deep, and none before', () => {
    expect(obstacleToJson(nested(MAX_JSON_DEPTH), LONG)).toBeUndefined()
    expect(obstacleToJson(nested(MAX_JSON_DEPTH + 1), LONG)).toEqual({
      path: '/0'.repeat(MAX_JSON_DEPTH),
      what: 'nests deeper than 64 levels',
    })
  })

  it('is length, of keys and texts as they stand there when written out', () => {
    const part = 'x'.repeat(400)
    expect(obstacleToJson([part, part], 1_000)).toBeUndefined()
    expect(obstacleToJson([part, part, part], 1_000)).toMatchObject({ path: '' })
    expect(obstacleToJson({ [part]: 1, [`${part}${part}`]: 2 }, 1_000)).toMatchObject({ path: '' })
  })

  it.each([
    ['NaN', Number.NaN],
    ['infinite', Number.NEGATIVE_INFINITY],
    ['a date', new Date(0)],
    ['bytes', Buffer.from('x')],
    ['a map', new Map()],
    ['a set', new Set()],
  ])('is a value of a kind that JSON hasn’t: %s', (_kind, value) => {
    expect(obstacleToJson({ in: [value] }, LONG)).toMatchObject({ path: '/in/0' })
  })
})
