import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findMissingOptionals, type Lock, type LockEntry, placeholderFor } from './lock-file.ts'

const read = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))

describe('package-lock.json', () => {
  it('has an entry for every optional build, or npm ci refuses it (cure: node tools/complete-lock.ts)', () => {
    expect(findMissingOptionals(read('package-lock.json'))).toEqual([])
  })

  it('names no registry, so that any mirror serves', () => {
    const entries = Object.entries<LockEntry>(read('package-lock.json').packages)
    expect(entries.filter(([, entry]) => entry.resolved?.includes('://'))).toEqual([])
  })

  it('pins one version of Node for every platform', () => {
    const { devDependencies, optionalDependencies } = read('package.json')
    const builds = Object.entries(optionalDependencies).filter(([name]) => name.startsWith('node-'))
    expect(builds.length).toBeGreaterThan(0)
    expect(builds.filter(([, version]) => version !== devDependencies.node)).toEqual([])
  })
})

describe('a lock without some platforms', () => {
  const lock: Lock = {
    packages: {
      'node_modules/tool': {
        dev: true,
        optionalDependencies: { '@tool/linux-x64-musl': '1.2.3', '@tool/darwin-arm64': '1.2.3' },
      },
      'node_modules/tool/node_modules/@tool/darwin-arm64': { version: '1.2.3' },
    },
  }

  it('is told which ones, wherever the others lie', () => {
    expect(findMissingOptionals(lock)).toEqual([{ name: '@tool/linux-x64-musl', version: '1.2.3', dev: true }])
  })

  it('gets the entry that npm would have written', () => {
    const entry = placeholderFor({ name: '@tool/linux-x64-musl', version: '1.2.3', dev: true })
    expect(entry).toEqual({ version: '1.2.3', cpu: ['x64'], dev: true, libc: ['musl'], optional: true, os: ['linux'] })
  })

  it('is not guessed at: a name without a platform or a range of versions is refused', () => {
    expect(() => placeholderFor({ name: 'helper', version: '1.0.0', dev: false })).toThrow('tells no platform')
    expect(() => placeholderFor({ name: 'x-linux', version: '>=1.0.0', dev: false })).toThrow('least version')
    expect(placeholderFor({ name: 'x-windows-y', version: '^1.2.0', dev: false })).toEqual({
      version: '1.2.0',
      os: ['win32'],
      optional: true,
    })
  })
})
