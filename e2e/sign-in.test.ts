import { afterEach, describe, expect, inject, it } from 'vitest'
import { findBarriers } from './axe.ts'
import { takeComplaints, visit } from './browser.ts'

afterEach(() => expect(takeComplaints()).toEqual([]))

describe('signing in', () => {
  it('leads to where one wanted to go, and signing out leads back', async () => {
    const page = await visit('/records/deals')
    await page.getByLabel('E-mail address').fill('anna.snelling@maventech.example')
    await page.getByLabel(/^Password/).fill(inject('journeys').password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Deals' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/records/deals')
    await page.getByRole('button', { name: 'Menu of Anna Snelling' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in to Bailiwick' }).waitFor()
    await page.context().close()
  })

  it('with a wrong password says so, in words, and keeps the address', async () => {
    const page = await visit('/sign-in')
    await page.getByLabel('E-mail address').fill('anna.snelling@maventech.example')
    await page.getByLabel(/^Password/).fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').getByText('do not let you in').waitFor()
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('anna.snelling@maventech.example')
    await page.context().close()
  })

  it.each(['light', 'dark'] as const)('has no barrier in Arabic, right to left, in %s', async (scheme) => {
    const page = await visit('/sign-in', { language: 'ar', scheme })
    await page.getByRole('heading', { name: 'تسجيل الدخول إلى Bailiwick' }).waitFor()
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
    expect(await findBarriers(page)).toEqual([])
    await page.context().close()
  })
})

describe('the side bar', () => {
  it('names only modules that the person reads', async () => {
    const page = await visit('/', { person: 'elena.petrova' })
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Campaigns' }).waitFor()
    expect(await page.getByRole('link', { name: 'Orders' }).count()).toBe(0)
    expect(await findBarriers(page)).toEqual([])
    await page.context().close()
  })
})
