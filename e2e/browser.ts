import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, inject } from 'vitest'
import { findBrowser } from './find-browser.ts'

export interface Visit {
  /** As in his address: `anna.snelling`, or a whole one of another organization. Unstated: nobody is signed in. */
  readonly person?: string
  readonly language?: 'en' | 'fi' | 'sv' | 'ar' | 'zh-Hans'
  readonly scheme?: 'light' | 'dark'
  readonly width?: number
  readonly height?: number
}

let started: Promise<Browser> | undefined

/** A browser for a file of journeys; closed behind the last. */
function startBrowser(): Promise<Browser> {
  started ??= chromium.launch({
    executablePath: findBrowser() ?? '',
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-background-networking', '--disable-quic'],
  })
  return started
}

/** The page as a person meets it: his own browser, signed in, in his language. What it complains of in its console fails the test. */
export async function visit(path: string, asked: Visit = {}): Promise<Page> {
  const { address } = inject('journeys')
  const browser = await startBrowser()
  const context = await browser.newContext(contextOptions(asked))
  await context.addInitScript(`localStorage.setItem('bailiwick.language', ${JSON.stringify(asked.language ?? 'en')})`)
  if (asked.person) await signIn(context.request, asked.person)
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  page.on('pageerror', (error) => complaints.push(`${path}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text())
  })
  await page.goto(new URL(path, address).href)
  return page
}

/** What pages have complained of since the last look: a journey ends by finding nothing here. */
export function takeComplaints(): string[] {
  return complaints.splice(0)
}

const complaints: string[] = []

function contextOptions({
  scheme = 'light',
  width = 1280,
  height = 800,
  language = 'en',
}: Visit): BrowserContextOptions {
  return {
    viewport: { width, height },
    colorScheme: scheme,
    locale: { en: 'en-GB', fi: 'fi-FI', sv: 'sv-SE', ar: 'ar-EG', 'zh-Hans': 'zh-CN' }[language],
    timezoneId: 'Europe/Helsinki',
    reducedMotion: 'reduce',
  }
}

/** Signs in over the interface, as the page's own form does; the cookie is the browser's from then on. */
async function signIn(request: Page['request'], person: string): Promise<void> {
  const { address, password } = inject('journeys')
  const answer = await request.post(new URL('/api/auth/sign-in/email', address).href, {
    data: { email: person.includes('@') ? person : `${person}@maventech.example`, password },
    headers: { 'x-bailiwick-request': '1' },
  })
  if (!answer.ok()) throw new Error(`${person} can't sign in: ${answer.status()} ${await answer.text()}`)
}

afterAll(async () => {
  await (await started)?.close()
  started = undefined
})
