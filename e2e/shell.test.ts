import { afterEach, describe, expect, it } from 'vitest'
import { findBarriers } from './axe.ts'
import { takeComplaints, visit } from './browser.ts'

afterEach(() => expect(takeComplaints()).toEqual([]))

describe('the command palette', () => {
  it('finds a record by some letters of its name, and opens it by keyboard alone', async () => {
    const page = await visit('/settings', { person: 'grace.whitfield' })
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search and commands' }).fill('codeh')
    await page
      .getByRole('option', { name: /^Codehow/ })
      .first()
      .waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Codehow' }).waitFor()
    await page.context().close()
  })

  it('offers to create only what the person may create', async () => {
    const page = await visit('/settings', { person: 'helen.strand' })
    await page.getByRole('button', { name: 'Search or act' }).click()
    const field = page.getByRole('combobox', { name: 'Search and commands' })
    await field.fill('new')
    await page.getByRole('status').filter({ hasText: 'Nothing fits' }).waitFor()
    await page.context().close()
  })
})

describe('what a person settles for himself', () => {
  it('is his wherever he signs in: language, and how he is told', async () => {
    const page = await visit('/settings', { person: 'cara.losch' })
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
    await page.getByRole('combobox', { name: 'By mail: Something is shared with me' }).click()
    await page.getByRole('option', { name: 'At once' }).click()
    await page.getByRole('combobox', { name: 'Language' }).click()
    await page.getByRole('option', { name: 'Suomi' }).click()
    await page.getByRole('heading', { name: 'Asetukset' }).waitFor()
    await page.context().close()
    const elsewhere = await visit('/settings', { person: 'cara.losch' })
    await elsewhere.getByRole('heading', { name: 'Asetukset' }).waitFor()
    const mail = elsewhere.getByRole('combobox', { name: 'Sähköpostilla: Jotain jaetaan kanssani' })
    await mail.waitFor()
    expect(await mail.inputValue()).toBe('Heti')
    await elsewhere.context().close()
  })
})

describe('administration', () => {
  it('shows who gains what before a change counts, and brings back what was', async () => {
    const page = await visit('/admin/groups', { person: 'sari.lehtonen' })
    await page.getByRole('button', { name: 'Deal desk' }).click()
    await page.getByRole('combobox', { name: 'Members' }).fill('Moses')
    await page.getByRole('option', { name: 'Moses Frase' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Keep in the draft' }).click()
    await page.getByRole('button', { name: 'Review and apply' }).click()
    const dialog = page.getByRole('dialog', { name: 'What this changes' })
    await dialog.getByText('1 people gain, 0 lose').waitFor()
    await dialog
      .getByText(/^Sharing rule /)
      .first()
      .waitFor()
    expect(await findBarriers(page)).toEqual([])
    await dialog.getByLabel('Reason').fill('Moses joins the deal desk')
    await dialog.getByRole('button', { name: 'Apply' }).click()
    await page.getByText(/^In force as version/).waitFor()
    await page.getByRole('link', { name: 'Versions' }).click()
    await page.getByRole('cell', { name: 'Moses joins the deal desk' }).waitFor()
    await page.getByRole('button', { name: 'Bring back' }).first().click()
    // No change is made blind: what Moses gained, he would lose.
    await dialog.getByText('0 people gain, 1 lose').waitFor()
    expect(await page.getByText(/is in force again/).count()).toBe(0)
    await dialog.getByRole('button', { name: 'Apply' }).click()
    await page.getByText(/is in force again/).waitFor()
    await page.context().close()
  })

  it('is not there for who does not manage access', async () => {
    const page = await visit('/admin/users', { person: 'anna.snelling' })
    await page.getByRole('heading', { name: 'Not found' }).waitFor()
    expect(await page.getByRole('link', { name: 'People and rules' }).count()).toBe(0)
    await page.context().close()
  })

  it.each(['users', 'profiles', 'sharingRules'])('has no barrier in Arabic, right to left: %s', async (section) => {
    const page = await visit(`/admin/${section}`, { person: 'sari.lehtonen', language: 'ar', scheme: 'dark' })
    await page.getByRole('table').first().waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.context().close()
  })
})

describe('home', () => {
  it.each([
    ['en', 'light', 'Good day, Dustin Brinkmann'],
    ['ar', 'dark', 'يومك سعيد، \u2068Dustin Brinkmann\u2069'],
  ] as const)('adds up open deals, the own ones and those of others, in %s', async (language, scheme, greeting) => {
    const page = await visit('/', { person: 'dustin.brinkmann', language, scheme })
    await page.getByRole('heading', { name: greeting }).waitFor()
    await page.getByRole('table').first().waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.context().close()
  })
})

describe('the page', () => {
  it('keeps what is on it where the network is away, and says so', async () => {
    const page = await visit('/settings', { person: 'anna.snelling' })
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
    await page.context().setOffline(true)
    await page.getByText('You are offline.').waitFor()
    expect(await page.getByRole('heading', { name: 'Settings' }).isVisible()).toBe(true)
    await page.context().setOffline(false)
    await page.getByText('You are offline.').waitFor({ state: 'detached' })
    takeComplaints()
    await page.context().close()
  })

  it('hears of a mention at once', async () => {
    const anna = await visit('/', { person: 'anna.snelling' })
    await anna.getByRole('heading', { name: 'Good day, Anna Snelling' }).waitFor()
    const grace = await visit('/', { person: 'grace.whitfield' })
    const deals = await anna.request.get(new URL('/api/v1/records/deals?limit=1', anna.url()).href)
    const { items } = (await deals.json()) as { items: { id: string }[] }
    const said = await grace.request.post(new URL(`/api/v1/records/deals/${items[0]?.id}/comments`, grace.url()).href, {
      data: { text: 'What do you think, @anna-snelling?' },
      headers: { 'x-bailiwick-request': '1' },
    })
    expect(said.status()).toBe(201)
    await anna.getByRole('button', { name: /^Notifications: [1-9]/ }).click()
    await anna.getByText('Grace Whitfield mentioned you').first().waitFor()
    expect(await findBarriers(anna)).toEqual([])
    await Promise.all([anna.context().close(), grace.context().close()])
  })
})
