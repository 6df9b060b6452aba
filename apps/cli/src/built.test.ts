import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BUILT, isBuilt } from '../bin/built.mjs'

let root: string
const source = () => path.join(root, 'source.ts')
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'bw-built-'))
  mkdirSync(path.join(root, BUILT), { recursive: true })
  writeFileSync(source(), 'one')
  const { size, mtimeMs } = statSync(source())
  writeFileSync(path.join(root, BUILT, 'sources.json'), JSON.stringify([['source.ts', size, mtimeMs]]))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('The program as one file', () => {
  test('is used while its sources are what it was made of', () => {
    expect(isBuilt(root)).toBe(true)
  })

  test('isn’t used after a source was changed, even to another of the same length', () => {
    writeFileSync(source(), 'two')
    utimesSync(source(), new Date(), new Date(Date.now() + 5_000))
    expect(isBuilt(root)).toBe(false)
  })

  test('isn’t used where a source is gone, or where nothing says what it was made of', () => {
    rmSync(source())
    expect(isBuilt(root)).toBe(false)
    writeFileSync(path.join(root, BUILT, 'sources.json'), '[]')
    expect(isBuilt(root)).toBe(false)
    rmSync(path.join(root, BUILT), { recursive: true })
    expect(isBuilt(root)).toBe(false)
  })
})
