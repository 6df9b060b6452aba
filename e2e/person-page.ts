import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

export interface Visit {
  /** As in his address: `anna.snelling`, or a whole one of another organization. Unstated: nobody is signed in. */
  readonly person?: string
  readonly language?: 'en' | 'fi' | 'sv' | 'ar' | 'zh-Hans'
  readonly scheme?: 'light' | 'dark'
  readonly width?: number
  readonly height?: number
}

/** A server with the demonstration company. */
export interface DemoServer {
  readonly address: string
  readonly password: string
}

/** A page of the person's own browser: he is signed in, in his language; nothing is open yet. */
export async function openPersonPage(browser: Browser, server: DemoServer, asked: Visit): Promise<Page> {
  const context = await browser.newContext(contextOptions(asked))
  await context.addInitScript(`localStorage.setItem('bailiwick.language', ${JSON.stringify(asked.language ?? 'en')})`)
  if (asked.person) await signIn(context.request, server, asked.person)
  return context.newPage()
}

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
async function signIn(
  request: BrowserContext['request'],
  { address, password }: DemoServer,
  person: string,
): Promise<void> {
  const answer = await request.post(new URL('/api/auth/sign-in/email', address).href, {
    data: { email: person.includes('@') ? person : `${person}@maventech.example`, password },
    headers: { 'x-bailiwick-request': '1' },
  })
  if (!answer.ok()) throw new Error(`${person} can't sign in: ${answer.status()} ${await answer.text()}`)
}
