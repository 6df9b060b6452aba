/**
 * `npm run pictures [-- --only name,…]`: draws the main screens anew into docs/pictures, each as one of the demonstration's people, by a
 * server with a demonstration of its own. To be looked at before they are committed.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readConfig, start } from '@bailiwick/server'
import { chromium, type Page } from 'playwright-core'
import { findBrowser } from '../e2e/find-browser.ts'
import { launchOptions } from '../e2e/launch-options.ts'
import { openPersonPage, type Visit } from '../e2e/person-page.ts'

interface Picture extends Visit {
  readonly person: string
  readonly path: string
  /** What is done before it is taken; unstated: nothing. */
  readonly act?: (page: Page) => Promise<void>
}

const PICTURES: Readonly<Record<string, Picture>> = {
  home: { person: 'dustin.brinkmann', path: '/' },
  list: { person: 'grace.whitfield', path: '/records/accounts' },
  board: { person: 'summer.sewald', path: '/records/deals?layout=board' },
  calendar: { person: 'grace.whitfield', path: '/records/activities?layout=calendar' },
  queue: { person: 'tiina.koskela', path: '/records/tickets?layout=queue' },
  record: { person: 'summer.sewald', path: '/records/deals?sort=-updatedAt', act: openFirst },
  'who-can-see-this': { person: 'sari.lehtonen', path: '/records/accounts?sort=name', act: openWhoCanSee },
  administration: { person: 'sari.lehtonen', path: '/admin/sharingRules' },
  import: { person: 'yuki.tanaka', path: '/import' },
  'list-arabic-dark': { person: 'grace.whitfield', path: '/records/accounts', language: 'ar', scheme: 'dark' },
  'record-arabic': { person: 'summer.sewald', path: '/records/deals?sort=-updatedAt', language: 'ar', act: openFirst },
  'list-phone': { person: 'anna.snelling', path: '/records/deals', width: 360, height: 720 },
}
const SETTLED_MS = 1_500

async function openFirst(page: Page): Promise<void> {
  await page.getByRole('grid').getByRole('link').first().click()
  await page.waitForURL(/\/records\/[^/]+\/[0-9a-f-]{36}/)
}

async function openWhoCanSee(page: Page): Promise<void> {
  await openFirst(page)
  await page.getByRole('button', { name: 'Who can see this' }).click()
}

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })
const asked = values.only.split(',').filter((name) => name !== '')
const names = Object.keys(PICTURES).filter((name) => asked.length === 0 || asked.includes(name))
const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../docs/pictures')
const executablePath = findBrowser()
if (!executablePath) throw new Error('There is no Chromium here: install one, or name it by BAILIWICK_BROWSER.')

const data = mkdtempSync(path.join(tmpdir(), 'bailiwick-pictures-'))
const environment = { PORT: '0', BAILIWICK_DATA: data, BAILIWICK_DEMO: '1', BAILIWICK_LOG: 'error' }
const running = await start(readConfig(environment, data))
const browser = await chromium.launch(launchOptions(executablePath))
const server = { address: running.address, password: running.program.parts.demoPassword }
try {
  mkdirSync(folder, { recursive: true })
  for (const name of names) await take(name, PICTURES[name]!)
} finally {
  await browser.close()
  await running.close()
  rmSync(data, { recursive: true, force: true })
}

async function take(name: string, { path: place, act, ...visit }: Picture): Promise<void> {
  const page = await openPersonPage(browser, server, visit)
  await page.goto(new URL(place, server.address).href)
  await settle(page)
  await act?.(page)
  await settle(page)
  await page.screenshot({ path: path.join(folder, `${name}.png`) })
  await page.context().close()
  console.log(`docs/pictures/${name}.png`)
}

/** An event stream is always open, so that the network is never idle: what is drawn late is given its time. */
async function settle(page: Page): Promise<void> {
  await page.getByRole('main').waitFor()
  await page.waitForTimeout(SETTLED_MS)
  await page.locator('.mantine-Skeleton-root:visible').first().waitFor({ state: 'detached' })
}
