import type { Locator, Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { findBarriers } from './axe.ts'
import { takeComplaints, visit } from './browser.ts'
import { asPerson } from './record-requests.ts'

afterEach(() => expect(takeComplaints()).toEqual([]))

describe('deals on a board', () => {
  it('stand under their stage with sums, and go to the next by keyboard', async () => {
    const page = await visit('/records/deals?layout=board', { person: 'summer.sewald' })
    const engaging = page.getByRole('region', { name: 'Engaging' })
    const link = engaging.getByRole('link').first()
    const card = engaging
      .getByRole('listitem')
      .filter({ has: page.getByRole('link') })
      .first()
    const address = await link.getAttribute('href')
    await card.focus()
    await page.keyboard.press('Space')
    await page.getByRole('status').getByText('Over Engaging').waitFor({ state: 'attached' })
    await page.keyboard.press('ArrowRight')
    await page.getByRole('status').getByText('Over Value Proposition').waitFor({ state: 'attached' })
    await page.keyboard.press('Space')
    const next = page.getByRole('region', { name: 'Value Proposition' })
    await next.locator(`a[href="${address}"]`).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await next.locator(`a[href="${address}"]`).waitFor({ state: 'detached' })
    expect(await findBarriers(page)).toEqual([])
    await engaging.locator(`a[href="${address}"]`).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(({ pathname }) => pathname === address)
    await page.context().close()
  })
})

describe('activities in a calendar', () => {
  it('stand on their days, from the first day of the locale’s week', async () => {
    const page = await visit('/records/activities?layout=calendar', { person: 'anna.snelling' })
    await page.getByRole('radiogroup', { name: 'Span' }).waitFor()
    await page.getByText('Mon', { exact: true }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.getByText('Week', { exact: true }).click()
    await page.waitForURL(/span=week/)
    await page.context().close()
  })

  it('say how many there are where there is no room for all', async () => {
    const ask = await asPerson('kami.bicknell')
    const busy = { type: 'Task', status: 'Planned', dueDate: '2027-02-09' }
    for (let first = 0; first < 210; first += 30) {
      const made = Array.from({ length: 30 }, (_, at) => ({ ...busy, subject: `Busy day ${first + at}` }))
      await Promise.all(made.map((activity) => ask('POST', '/api/v1/records/activities', activity)))
    }
    const address = '/records/activities?layout=calendar&span=month&day=2027-02-09'
    const page = await visit(address, { person: 'kami.bicknell' })
    await page.getByRole('status').getByText('200').waitFor()
    await page.getByRole('region', { name: '9 Feb 2027' }).getByRole('button', { name: '197' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.context().close()
  })

  it('begin on Saturday in Egypt, from the right', async () => {
    const page = await visit('/records/activities?layout=calendar', {
      person: 'anna.snelling',
      language: 'ar',
      scheme: 'dark',
    })
    await page.getByText('السبت', { exact: true }).waitFor()
    const [first, last] = [page.getByText('السبت', { exact: true }), page.getByText('الجمعة', { exact: true })]
    const [right, left] = [await first.boundingBox(), await last.boundingBox()]
    expect(right?.x).toBeGreaterThan(left?.x ?? Number.POSITIVE_INFINITY)
    expect(await findBarriers(page)).toEqual([])
    await page.context().close()
  })
})

describe('activities in the hours of a week', () => {
  const WEEK = '/records/activities?layout=calendar&span=week&day=2026-10-06'
  const meet = async (subject: string) => {
    const ask = await asPerson('moses.frase')
    const times = { startsAt: '2026-10-06T07:00:00Z', endsAt: '2026-10-06T08:00:00Z' }
    await ask('POST', '/api/v1/records/activities', { subject, type: 'Meeting', status: 'Planned', ...times })
  }

  it('stand at their time; by keyboard they go to another, and the toast takes them back', async () => {
    await meet('Tea by keyboard')
    const page = await visit(WEEK, { person: 'moses.frase' })
    const meeting = page.getByRole('article').filter({ hasText: 'Tea by keyboard' })
    await meeting.getByText('10:00–11:00').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await meeting.focus()
    await page.keyboard.press('Space')
    await page.locator('article[data-dragging]').waitFor()
    await pressUntil(page, 'ArrowDown', meeting.getByText('10:15–11:15'))
    await pressUntil(page, 'ArrowDown', meeting.getByText('10:30–11:30'))
    await page.keyboard.press('Space')
    await page.getByText('Moved to Tue 6 Oct, 10:30').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await meeting.getByText('10:00–11:00').waitFor()
    await page.context().close()
  })

  it('go to another day by the pointer, and get another end by their lower edge', async () => {
    await meet('Tea by pointer')
    const page = await visit(WEEK, { person: 'moses.frase' })
    const meeting = page.getByRole('article').filter({ hasText: 'Tea by pointer' })
    await meeting.getByText('10:00–11:00').waitFor()
    await drag(page, meeting.getByRole('button', { name: 'Change when Tea by pointer ends' }), 0, 48)
    await page.getByText('Ends Tue 6 Oct, 12:00').waitFor()
    await meeting.getByText('10:00–12:00').waitFor()
    const day = await page.getByRole('region', { name: '6 Oct 2026' }).last().boundingBox()
    await drag(page, meeting.getByText('10:00–12:00'), day?.width ?? 0, -48)
    await page.getByText('Moved to Wed 7 Oct, 9:00').waitFor()
    expect(page.url()).toContain('layout=calendar')
    await page.context().close()
  })

  it('have no barrier in Arabic, dark, on a phone', async () => {
    const page = await visit(WEEK, { person: 'moses.frase', language: 'ar', scheme: 'dark', width: 360 })
    await page.getByText('طوال اليوم').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.context().close()
  })
})

/** The page has to have drawn one step before it takes the next. A key that comes before it listens for keys is lost: it is pressed again. */
async function pressUntil(page: Page, key: string, seen: Locator): Promise<void> {
  const isSeen = () =>
    seen.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    )
  for (let time = 0; time < 5; time++) {
    await page.keyboard.press(key)
    if (await isSeen()) return
  }
  await seen.waitFor()
}

/** Lets go the moment it is there: what is dragged has to land in the place that is under the pointer. */
async function drag(page: Page, what: Locator, across: number, down: number): Promise<void> {
  const box = await what.boundingBox()
  if (!box) throw new Error('It can’t be seen.')
  const [x, y] = [box.x + box.width / 4, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 4, y + 8, { steps: 3 })
  await page.mouse.move(x + across, y + down)
  await page.mouse.up()
}

describe('tickets in a queue', () => {
  it('are one’s own first; n opens the most urgent', async () => {
    const page = await visit('/records/tickets?layout=queue', { person: 'amina.yusuf' })
    await page.getByRole('region', { name: 'Mine' }).getByRole('link').first().waitFor()
    // What her own team owns is her team's, however far she reaches it.
    await page.getByRole('region', { name: 'My teams’' }).getByRole('link').first().waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.keyboard.press('n')
    await page.waitForURL(/\/records\/tickets\/[0-9a-f-]{36}/)
    await page.context().close()
  })
})
