import { afterEach, describe, expect, it } from 'vitest'
import { findBarriers } from './axe.ts'
import { takeComplaints, visit } from './browser.ts'

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

describe('tickets in a queue', () => {
  it('are one’s own first; n opens the most urgent', async () => {
    const page = await visit('/records/tickets?layout=queue', { person: 'amina.yusuf' })
    await page.getByRole('region', { name: 'Mine' }).getByRole('link').first().waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.keyboard.press('n')
    await page.waitForURL(/\/records\/tickets\/[0-9a-f-]{36}/)
    await page.context().close()
  })
})
