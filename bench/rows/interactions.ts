import { type Browser, chromium, type Page } from 'playwright-core'
import { findBrowser } from '../../e2e/find-browser.ts'
import { launchOptions } from '../../e2e/launch-options.ts'
import { atMost, type Bench, type Measurement, type Row } from './row.ts'

/** As Interaction to Next Paint is held to, and half of what it calls good (https://web.dev/articles/inp). */
const NEXT_PAINT_MS = 100

/** Before he does something else. */
const REST_MS = 2_000

/** What a person does on the list of accounts, which the head of all sees whole. */
const INTERACTIONS: readonly (readonly [what: string, act: (page: Page) => Promise<void>])[] = [
  ['walking down forty rows', walk],
  ['marking rows', mark],
  ['typing into the search', search],
  ['opening and closing the filter', openFilter],
  ['sorting by a column', sort],
]

/** How soon the page answers to what a person does: from the event to the next paint, in a browser. */
export const interactionMeasurements: readonly Measurement[] = [{ name: 'interaction', run: measureInteractions }]

async function measureInteractions(bench: Bench): Promise<Row[]> {
  const executablePath = findBrowser()
  if (!executablePath) {
    bench.say('There is no Chromium here: interactions are left out.')
    return []
  }
  const browser = await chromium.launch(launchOptions(executablePath))
  try {
    return await measureIn(browser, bench)
  } finally {
    await browser.close()
  }
}

async function measureIn(browser: Browser, { dataSet, server }: Bench): Promise<Row[]> {
  const key = dataSet.keys[dataSet.cast.head]
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    extraHTTPHeaders: { authorization: `Bearer ${key}` },
  })
  const page = await context.newPage()
  await page.addInitScript(SIGNED_IN)
  await page.addInitScript(KEEP_EVENTS)
  const began = performance.now()
  await page.goto(`${server.origin}/records/accounts`)
  await rows(page).nth(10).waitFor()
  const shown = Math.round(performance.now() - began)
  const measured: Row[] = [{ what: 'the list page, from nothing to its rows', unit: 'ms', ours: shown }]
  for (const [what, act] of INTERACTIONS) {
    await page.waitForTimeout(REST_MS)
    await page.evaluate(FORGET_EVENTS)
    await act(page)
    const durations = await page.evaluate<number[]>(TAKE_DURATIONS)
    const note = `of ${durations.length} interactions; in steps of 8 ms`
    measured.push(
      atMost(NEXT_PAINT_MS, {
        what: `interaction to next paint: ${what}`,
        unit: 'ms',
        ours: nextPaintOf(durations),
        note,
      }),
    )
  }
  return measured
}

/** The slowest, of which one in fifty is left out: as Interaction to Next Paint is defined. */
function nextPaintOf(durations: readonly number[]): number {
  const slowest = durations.toSorted((one, other) => other - one)
  return slowest[Math.floor(durations.length / 50)] ?? 0
}

function rows(page: Page) {
  return page.getByRole('grid').getByRole('row')
}

async function walk(page: Page): Promise<void> {
  await page.getByRole('grid').focus()
  for (let row = 0; row < 40; row++) await page.keyboard.press('ArrowDown')
}

async function mark(page: Page): Promise<void> {
  for (let row = 0; row < 5; row++) await page.keyboard.press('x')
  await page.keyboard.press('Escape')
}

async function search(page: Page): Promise<void> {
  const field = page.getByLabel('Search in this list')
  await field.pressSequentially('north', { delay: 60 })
  await page.waitForURL(/q=north/)
  await field.fill('')
  await page.waitForURL((url) => !url.searchParams.has('q'))
  await rows(page).nth(10).waitFor()
}

async function openFilter(page: Page): Promise<void> {
  for (let time = 0; time < 3; time++) {
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.keyboard.press('Escape')
  }
}

async function sort(page: Page): Promise<void> {
  for (const order of [/sort=name/, /sort=-name/]) {
    await page.getByRole('grid').getByRole('button', { name: 'Name', exact: true }).click()
    await page.waitForURL(order)
    await rows(page).nth(10).waitFor()
  }
}

/**
 * In the page: a key has no session; it is told that there is one, and everything that it reads is read with the key. (Routes of Playwright's
 * would hold up every request of the page, and keep nothing in the browser's cache.)
 */
const SIGNED_IN = `{
  const ask = fetch
  fetch = (input, init) =>
    new URL(input.url ?? input, location.href).pathname === '/api/auth/session'
      ? Promise.resolve(Response.json({ user: { name: 'Key', email: 'key@example.org' } }))
      : ask(input, init)
}`

/** In the page: how long each interaction's slowest event took to the next paint. Those below 16 ms aren't told of (Event Timing). */
const KEEP_EVENTS = `
  keptDurations = new Map()
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId) keptDurations.set(interactionId, Math.max(duration, keptDurations.get(interactionId) ?? 0))
  }).observe({ type: 'event', durationThreshold: 16, buffered: true })`

const FORGET_EVENTS = 'keptDurations = new Map()'

/** Waits for what the last event has still to paint. Where nothing was slow enough to be told of, it was below the threshold. */
const TAKE_DURATIONS = `new Promise((resolve) => setTimeout(() => resolve(keptDurations.size > 0 ? [...keptDurations.values()] : [16]), 500))`
