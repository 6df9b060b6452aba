import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../http/app.ts'
import { buildServer } from '../http/build-server.ts'
import { createLog } from '../http/log.ts'
import { DEFAULT_RATE_LIMITS } from '../http/protection.ts'
import { pageRoutes } from './pages.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-pages-'))
const PAGE = '<!doctype html><title>Bailiwick</title><script src="/assets/a-1.js"></script>'
let app: App

beforeAll(async () => {
  mkdirSync(path.join(folder, 'assets'))
  writeFileSync(path.join(folder, 'index.html'), PAGE)
  writeFileSync(path.join(folder, 'assets/a-1.js'), 'export {}')
  writeFileSync(path.join(folder, 'assets/a-1.js.br'), 'compressed')
  writeFileSync(path.join(folder, '.set-up-stamp'), 'secret')
  app = buildServer({
    log: createLog('silent'),
    network: { limits: DEFAULT_RATE_LIMITS, trustProxy: false },
    surfaces: [{ rooms: [pageRoutes(folder)] }],
  })
  await app.ready()
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const open = (url: string, headers: Record<string, string> = { accept: 'text/html' }) =>
  app.inject({ method: 'GET', url, headers })

describe('the pages', () => {
  it.each(['/', '/records/deals', '/records/deals/0?view=1', '/admin/people'])('are one page at %s', async (url) => {
    const answer = await open(url)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toContain('text/html')
    expect(answer.headers['cache-control']).toBe('no-cache')
    expect(answer.body).toContain('<script src="/assets/a-1.js">')
  })

  it('let in styles by a nonce that is another each time, and scripts of their own alone', async () => {
    const [first, second] = [await open('/'), await open('/')]
    const nonceOf = ({ body }: { body: string }) => /name="style-nonce" content="([^"]+)"/.exec(body)?.[1]
    expect(nonceOf(first)).toBeTruthy()
    expect(nonceOf(first)).not.toBe(nonceOf(second))
    const policy = String(first.headers['content-security-policy'])
    expect(policy).toContain(`style-src 'self' 'nonce-${nonceOf(first)}'`)
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toContain('unsafe')
  })

  it.each(['/api/nothing', '/api/v1/records', '/access/v1/nothing', '/assets/nothing.js', '/.well-known/nothing'])(
    'are not at %s, which is for programs',
    async (url) => {
      const answer = await open(url)
      expect(answer.statusCode).toBe(404)
      expect(answer.headers['content-type']).toContain('application/problem+json')
    },
  )

  it('are for who asks for a page, and for nobody else', async () => {
    expect((await open('/records/deals', { accept: 'application/json' })).statusCode).toBe(404)
  })

  it('serve their files for good, compressed to who takes that', async () => {
    const plain = await open('/assets/a-1.js', {})
    expect(plain.body).toBe('export {}')
    expect(plain.headers['cache-control']).toContain('immutable')
    const compressed = await open('/assets/a-1.js', { 'accept-encoding': 'br' })
    expect(compressed.body).toBe('compressed')
    expect(compressed.headers['content-encoding']).toBe('br')
  })

  it.each(['/assets/..%2f.set-up-stamp', '/assets/../.set-up-stamp', '/assets/..%5c.set-up-stamp', '/.set-up-stamp'])(
    'serve nothing but what they are made of: %s',
    async (url) => {
      const answer = await open(url, { accept: '*/*' })
      expect([400, 404]).toContain(answer.statusCode)
      expect(answer.body).not.toContain('secret')
    },
  )

  it('name what is built beside the running server', async () => {
    writeFileSync(path.join(folder, 'index.html'), PAGE.replace('a-1', 'a-2'))
    expect((await open('/')).body).toContain('/assets/a-2.js')
  })
})
