import type { Page } from 'playwright-core'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { takeComplaints, visit } from './browser.ts'

afterEach(() => expect(takeComplaints()).toEqual([]))

/** A person's working day: he comes, signs in by the form, works, signs out, and nothing of his is left on the page. */
async function spendDay(name: string, work: (page: Page) => Promise<void>): Promise<void> {
  const page = await visit('/')
  await page.getByLabel('E-mail address').fill(`${name.toLowerCase().replace(' ', '.')}@maventech.example`)
  await page.getByLabel(/^Password/).fill(inject('journeys').password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await work(page)
  await page.getByRole('button', { name: `Menu of ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in to Bailiwick' }).waitFor()
  expect(await page.getByText(name).count()).toBe(0)
  await page.context().close()
}

const modules = (page: Page) => page.getByRole('navigation', { name: 'Main' })

describe('a day', () => {
  it('of a sales agent: what is at risk, a call, and a comment', async () => {
    await spendDay('Gladys Colclough', async (page) => {
      await page.getByRole('region', { name: 'My deals at risk' }).getByRole('link').nth(1).click()
      await page.waitForURL(/\/records\/deals\/[0-9a-f-]{36}/)
      await page.getByRole('button', { name: 'Log a call' }).click()
      await page.getByLabel('What was the call about?').fill('They want it by spring')
      await page.getByRole('button', { name: 'Add', exact: true }).click()
      await page.getByRole('link', { name: 'They want it by spring' }).waitFor()
      await page.getByPlaceholder('Write a comment; @ mentions people').fill('Ask Moses for his offer.')
      await page.keyboard.press('Control+Enter')
      await page.getByText('Ask Moses for his offer.').waitFor()
      await page.getByRole('heading', { level: 1 }).click()
      await page.keyboard.press('Alt+h')
      await page.getByRole('heading', { name: 'Good day, Gladys Colclough' }).waitFor()
    })
  })

  it('of the head of support: her team’s queue, and who has how much of it', async () => {
    await spendDay('Tiina Koskela', async (page) => {
      await page.getByRole('heading', { name: 'Open tickets by owner' }).waitFor()
      await modules(page).getByRole('link', { name: 'Tickets' }).click()
      await page.getByText('Queue', { exact: true }).click()
      const team = page.getByRole('region', { name: /^My teams/ })
      const ticket = team.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Take' }) })
      const taken = await ticket.first().getByRole('link').first().getAttribute('href')
      await ticket.first().getByRole('button', { name: 'Take' }).click()
      await page.getByRole('region', { name: 'Mine' }).locator(`a[href="${taken}"]`).waitFor()
    })
  })

  it('of the head of sales: everybody’s deals, parted by stage', async () => {
    await spendDay('Grace Whitfield', async (page) => {
      await page.getByRole('heading', { name: 'Open deals of others by owner' }).waitFor()
      await modules(page).getByRole('link', { name: 'Deals' }).click()
      await page.getByRole('status', { name: /records$/ }).waitFor()
      await page.getByRole('button', { name: 'Group' }).click()
      await page.getByRole('menuitem', { name: 'Stage' }).click()
      await page.waitForURL(/group=stage/)
      await page.getByText('Engaging', { exact: true }).first().waitFor()
    })
  })

  it('of marketing: her budgets, and no deal anywhere', async () => {
    await spendDay('Elena Petrova', async (page) => {
      await modules(page).getByRole('link', { name: 'Budgets' }).click()
      await page.getByRole('grid', { name: 'Budgets' }).getByRole('link').first().click()
      await page.waitForURL(/\/records\/budgets\/[0-9a-f-]{36}/)
      expect(await modules(page).getByRole('link', { name: 'Deals' }).count()).toBe(0)
    })
  })

  it('of the auditor: no customer, and nothing that leads to one', async () => {
    await spendDay('Omar Haddad', async (page) => {
      await page.getByRole('heading', { name: 'Nothing is yours to see yet' }).waitFor()
      await page.goto(new URL('/records/accounts', page.url()).href)
      await page.getByRole('heading', { name: 'Not found' }).waitFor()
    })
  })
})

describe('a slow network', () => {
  it('shows that a list is coming, and then the list', async () => {
    const page = await visit('/settings', { person: 'gladys.colclough' })
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
    const answers = Promise.withResolvers<void>()
    await page.route('**/api/v1/records/deals*', async (route) => {
      await answers.promise
      await route.continue()
    })
    await modules(page).getByRole('link', { name: 'Deals' }).click()
    await page.locator('.mantine-Skeleton-root').first().waitFor()
    expect(await page.getByRole('grid', { name: 'Deals' }).getByRole('link').count()).toBe(0)
    answers.resolve()
    await page.getByRole('grid', { name: 'Deals' }).getByRole('link').first().waitFor()
    await page.context().close()
  })
})
