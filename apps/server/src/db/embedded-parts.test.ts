import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { getBinaries, repairEmbeddedBinaries, repairLinks } from './embedded-binaries.ts'
import { makeSocketFolder } from './embedded-socket.ts'
import { chooseFooting } from './unprivileged.ts'

const home = mkdtempSync(join(tmpdir(), 'bw-parts-'))
afterAll(() => rmSync(home, { recursive: true }))

test('libraries’ links that npm could not carry are made, once', () => {
  const folder = join(home, 'package')
  mkdirSync(join(folder, 'native/lib'), { recursive: true })
  writeFileSync(join(folder, 'native/lib/libx.so.1.2'), 'x')
  const links = ['libx.so', 'libx.so.1'].map((name) => ({
    source: 'native/lib/libx.so.1.2',
    target: `native/lib/${name}`,
  }))
  writeFileSync(join(folder, 'native/pg-symlinks.json'), JSON.stringify(links))
  expect(repairLinks(folder)).toBe(2)
  expect(readFileSync(join(folder, 'native/lib/libx.so.1'), 'utf8')).toBe('x')
  expect(repairLinks(folder)).toBe(0)
})

test('the installed package is whole', () => {
  repairEmbeddedBinaries()
  expect(repairEmbeddedBinaries()).toBe(0)
})

test.each(['sunos', 'win32'])('a platform without binaries is told what else to do: %s', (platform) => {
  expect(() => getBinaries(platform)).toThrow(
    expect.objectContaining({
      name: 'StartUpError',
      exitCode: 72,
      message: expect.stringMatching(/^[^\n]+DATABASE_URL[^\n]+$/),
    }),
  )
})

test('a socket folder is closed to others, however open it was', () => {
  const folder = join(home, 'open')
  mkdirSync(folder, { mode: 0o777 })
  expect(makeSocketFolder(folder, { kind: 'own' })).toBe(folder)
  expect(lstatSync(folder).mode & 0o777).toBe(0o700)
})

test('a name in the temporary folder that leads elsewhere is not followed', () => {
  const deep = join('/', 'deep'.repeat(30))
  const [temporary, elsewhere] = [join(home, 'temporary'), join(home, 'elsewhere')]
  mkdirSync(temporary)
  mkdirSync(elsewhere)
  const name = makeSocketFolder(deep, { kind: 'own' }, temporary)
  rmSync(name, { recursive: true })
  symlinkSync(elsewhere, name)
  expect(() => makeSocketFolder(deep, { kind: 'own' }, temporary)).toThrow(
    expect.objectContaining({ name: 'StartUpError', exitCode: 78 }),
  )
})

test.runIf(process.getuid?.() === 0)('root works in a namespace, or as an account where namespaces are shut', () => {
  expect(chooseFooting(home, () => true)).toEqual({ kind: 'namespace' })
  expect(chooseFooting(home, () => false)).toMatchObject({ kind: 'account', uid: expect.any(Number) })
})

test.runIf(process.getuid?.() !== 0)('who is not root works as himself', () => {
  expect(chooseFooting(home)).toEqual({ kind: 'own' })
})
