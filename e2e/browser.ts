import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, inject } from 'vitest'
import { findBrowser } from './find-browser.ts'
import { launchOptions } from './launch-options.ts'
import { openPersonPage, type Visit } from './person-page.ts'

let started: Promise<Browser> | undefined

/** A browser for a file of journeys; closed behind the last. */
function startBrowser(): Promise<Browser> {
  started ??= chromium.launch(launchOptions(findBrowser() ?? ''))
  return started
}

/** The page as a person meets it: his own browser, signed in, in his language. What it complains of in its console fails the test. */
export async function visit(path: string, asked: Visit = {}): Promise<Page> {
  const server = inject('journeys')
  const page = await openPersonPage(await startBrowser(), server, asked)
  page.setDefaultTimeout(60_000)
  page.on('pageerror', (error) => complaints.push(`${path}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text())
  })
  await page.goto(new URL(path, server.address).href)
  return page
}

/** What pages have complained of since the last look: a journey ends by finding nothing here. */
export function takeComplaints(): string[] {
  return complaints.splice(0)
}

const complaints: string[] = []

afterAll(async () => {
  await (await started)?.close()
  started = undefined
})
