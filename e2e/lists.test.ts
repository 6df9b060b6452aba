import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { findBarriers } from './axe.ts'
import { takeComplaints, visit } from './browser.ts'
import { asPerson } from './record-requests.ts'

afterEach(() => expect(takeComplaints()).toEqual([]))

const filterOf = (condition: unknown) => encodeURIComponent(JSON.stringify(condition))
const grid = (page: Page, name: string) => page.getByRole('grid', { name })

describe('a list', () => {
  it('shows what the person reads, how many there are, and follows its search to the address and back', async () => {
    // Other journeys make deals of his team: how many he reads is asked of the interface.
    const asked = (await (
      await asPerson('melvin.marxen')
    )('GET', '/api/v1/records/deals?limit=1&count=capped')) as {
      count: { value: number; exact: boolean }
    }
    expect(asked.count).toMatchObject({ exact: true })
    expect(asked.count.value).toBeGreaterThan(1900)
    const name = `${asked.count.value.toLocaleString('en')} records`
    const page = await visit('/records/deals', { person: 'melvin.marxen' })
    await grid(page, 'Deals').getByRole('link').first().waitFor()
    await page.getByRole('status', { name }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('zumgoity')
    await page.waitForURL(/q=zumgoity/)
    await grid(page, 'Deals')
      .getByRole('link', { name: /Zumgoity/ })
      .first()
      .waitFor()
    await page.reload()
    expect(await page.getByLabel('Search in this list').inputValue()).toBe('zumgoity')
    await page.getByRole('button', { name: 'Clear the search' }).click()
    await page.getByRole('status', { name }).waitFor()
    await page.context().close()
  })

  it('is walked by keyboard: down, mark, open', async () => {
    const page = await visit('/records/deals?sort=name', { person: 'melvin.marxen' })
    await grid(page, 'Deals').getByRole('link').first().waitFor()
    await grid(page, 'Deals').focus()
    await page.keyboard.press('j')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('x')
    await page.getByRole('toolbar', { name: 'Selected records' }).getByText('1 selected').waitFor()
    expect(await grid(page, 'Deals').getByRole('row', { selected: true }).getAttribute('aria-rowindex')).toBe('3')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/records\/deals\/[0-9a-f-]{36}/)
    await page.context().close()
  })

  it('sorts by a click on a column, and says which way', async () => {
    const page = await visit('/records/deals', { person: 'melvin.marxen' })
    await page.getByRole('button', { name: 'Amount' }).click()
    await page.waitForURL(/sort=amount/)
    await page.locator('th[aria-sort=ascending]').getByText('Amount').waitFor()
    await page.getByRole('button', { name: 'Amount' }).click()
    await page.waitForURL(/sort=-amount/)
    await page.context().close()
  })

  it('is edited in place, at once, and undone by the toast', async () => {
    const page = await visit('/records/leads?sort=name&columns=["name","company"]', { person: 'grace.whitfield' })
    const row = grid(page, 'Leads').getByRole('row').nth(1)
    const cell = row.locator('td').nth(2)
    await grid(page, 'Leads').getByRole('link').first().waitFor()
    const before = await cell.textContent()
    await cell.dblclick()
    await page.getByRole('textbox', { name: 'Company' }).fill('A company of another name')
    await page.keyboard.press('Enter')
    await grid(page, 'Leads').getByText('A company of another name').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await grid(page, 'Leads').getByText('A company of another name').waitFor({ state: 'detached' })
    expect(await cell.textContent()).toBe(before)
    await page.context().close()
  })

  it('tells where nothing is found, and leads back', async () => {
    const page = await visit('/records/deals?q=nothing-is-called-this', { person: 'melvin.marxen' })
    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor()
    await page.getByRole('button', { name: 'Clear search and filters' }).click()
    await grid(page, 'Deals').getByRole('link').first().waitFor()
    await page.context().close()
  })

  it('says its filter in words, each of which can be taken away', async () => {
    const filter = {
      all: [
        { field: 'stage', op: 'in', value: ['Won'] },
        { field: 'owner', op: 'ne', value: { user: 'id' } },
      ],
    }
    const page = await visit(`/records/deals?filter=${filterOf(filter)}`, { person: 'melvin.marxen' })
    await page.getByText('Stage is Won').waitFor()
    await page.getByText('Owner is not me').waitFor()
    await page.getByRole('button', { name: 'Remove the filter: Owner is not me' }).click()
    await page.getByText('Owner is not me').waitFor({ state: 'detached' })
    await page.getByText('Stage is Won').waitFor()
    await page.context().close()
  })

  it('opens its filter at the first press of the button, and closes it at the second, however soon that comes', async () => {
    const page = await visit('/records/deals', { person: 'melvin.marxen' })
    await grid(page, 'Deals').getByRole('link').first().waitFor()
    const button = page.getByRole('button', { name: 'Filter', exact: true })
    await button.click()
    const panel = page.getByRole('dialog', { name: 'Filter' })
    await panel.waitFor()
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    await button.dblclick()
    await page.waitForTimeout(500)
    expect([await button.getAttribute('aria-expanded'), await panel.count()]).toEqual(['false', 0])
    await page.context().close()
  })

  it('offers no mark, no creating and no other layout to whoever may do nothing with them', async () => {
    const page = await visit('/records/products', { person: 'anna.snelling' })
    await grid(page, 'Products').getByRole('link').first().waitFor()
    expect(await page.getByRole('button', { name: 'New' }).count()).toBe(0)
    expect(await page.getByRole('checkbox').count()).toBe(0)
    expect(await page.getByRole('radiogroup', { name: 'Layout' }).count()).toBe(0)
    await page.context().close()
  })

  it('parts by a field, with counts and sums', async () => {
    const page = await visit('/records/deals?group=stage', { person: 'melvin.marxen' })
    await page.getByRole('button', { name: /^Won/ }).click()
    await page.getByRole('link', { name: /^Show all/ }).waitFor()
    await page.context().close()
  })

  it('tells of customers how they are doing by the tickets that one sees, in one question a page, until it is switched off', async () => {
    const page = await visit('/settings', { person: 'pekka.salonen' })
    const asked: string[] = []
    page.on('request', (request) => request.url().includes('tickets/aggregate') && asked.push(request.url()))
    await page.getByRole('link', { name: 'Accounts' }).first().click()
    const rows = grid(page, 'Accounts')
    await rows.getByText('At risk').first().waitFor()
    await rows
      .getByText(/^: \d+ urgent tickets? open/)
      .first()
      .waitFor({ state: 'attached' })
    await rows.getByText('Good').first().waitFor()
    expect(asked).toHaveLength(1)
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: 'Health' }).uncheck()
    await page.waitForURL(/health=false/)
    await page.keyboard.press('Escape')
    expect(await rows.getByText('At risk').count()).toBe(0)

    // A view keeps that it was.
    await page.getByRole('button', { name: 'Save view' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Without health')
    await page.keyboard.press('Enter')
    const views = page.getByRole('navigation', { name: 'Views' })
    await views.getByRole('link', { name: 'All' }).click()
    await rows.getByText('At risk').first().waitFor()
    await views.getByRole('link', { name: 'Without health' }).click()
    await page.waitForURL(/health=false/)
    await rows.getByText('At risk').first().waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('tells nothing of the health of customers to whoever sees no tickets', async () => {
    const page = await visit('/records/accounts', { person: 'nadia.rahman' })
    await grid(page, 'Accounts').getByRole('link').first().waitFor()
    expect(await page.getByRole('columnheader', { name: 'Health' }).count()).toBe(0)
    await page.context().close()
  })

  it.each([
    ['light', 1280],
    ['dark', 360],
  ] as const)('has no barrier in Arabic in %s, %i wide', async (scheme, width) => {
    const page = await visit('/records/deals', { person: 'melvin.marxen', language: 'ar', scheme, width })
    await grid(page, 'الصفقات').getByRole('link').first().waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.context().close()
  })
})

describe('many records at once', () => {
  it('are deleted as a job, and brought back by the toast', async () => {
    const page = await visit('/records/contacts?sort=name', { person: 'rocco.neubert' })
    const rows = grid(page, 'Contacts')
    await rows.getByRole('link').first().waitFor()
    const name = await rows.getByRole('link').first().textContent()
    await rows.getByRole('checkbox', { name: 'Select', exact: true }).first().click()
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('1 record deleted').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('1 record changed').waitFor()
    await rows
      .getByRole('link', { name: name ?? '', exact: true })
      .first()
      .waitFor()
    await page.context().close()
  })
})

describe('sharing many', () => {
  it('goes to several people until a day, and says how many were shared and which were left out', async () => {
    const ask = await asPerson('celia.rouche')
    const open = await dealOf(ask, ['Prospecting', 'Engaging'], 'full')
    // Nobody shares what is closed: a restriction holds it to reading.
    const closed = await dealOf(ask, ['Won', 'Lost'], 'read')
    const filter = filterOf({ field: 'id', op: 'in', value: [open.id, closed.id] })
    const page = await visit(`/records/deals?filter=${filter}`, { person: 'celia.rouche' })
    await grid(page, 'Deals').getByRole('link').first().waitFor()
    await page.getByRole('checkbox', { name: 'Select all loaded' }).click()
    await page.getByRole('toolbar', { name: 'Selected records' }).getByRole('button', { name: 'Share' }).click()
    const dialog = page.getByRole('dialog', { name: 'Share selected records' })
    const whom = dialog.getByRole('combobox', { name: 'With whom' })
    for (const name of ['Noah Becker', 'Ada Nilsson']) {
      await whom.fill(name)
      await page.getByRole('option', { name }).click()
    }
    await dialog.getByLabel('Until').fill('31 Dec 2026')
    await dialog.getByLabel('Reason').fill('They look after it meanwhile')
    expect(await findBarriers(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Share them' }).click()
    await dialog.getByText('1 record shared').waitFor()
    await dialog.getByText(/^1 record was left out/).waitFor()
    await dialog.getByRole('listitem').filter({ hasText: closed.name }).waitFor()
    const given = { level: 'read', expiresAt: '2026-12-31T21:59:59.000Z', reason: 'They look after it meanwhile' }
    expect(await ask('GET', `/api/v1/records/deals/${open.id}/shares`)).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ with: 'user:noah-becker', ...given }),
        expect.objectContaining({ with: 'user:ada-nilsson', ...given }),
      ]),
    })
    await page.context().close()
  })
})

type Ask = Awaited<ReturnType<typeof asPerson>>

async function dealOf(ask: Ask, stages: readonly string[], access: string): Promise<{ id: string; name: string }> {
  const filter = filterOf({ field: 'stage', op: 'in', value: stages })
  const answer = await ask('GET', `/api/v1/records/deals?filter=${filter}&fields=name&limit=100`)
  const items = isList(answer) ? answer.items : []
  const found = items.find((one) => one.access === access)
  if (!found) throw new Error(`There is no deal to ${access}.`)
  return found
}

interface Listed {
  readonly items: readonly { readonly id: string; readonly name: string; readonly access: string }[]
}

function isList(value: unknown): value is Listed {
  return typeof value === 'object' && value !== null && 'items' in value
}

describe('creating', () => {
  it('tells of what stands there already while one types, and of nothing that one does not see', async () => {
    for (const [person, isTold] of [
      ['grace.whitfield', true],
      ['anna.snelling', false],
    ] as const) {
      const page = await visit('/records/accounts', { person })
      await page.getByRole('button', { name: 'New' }).click()
      const dialog = page.getByRole('dialog', { name: 'New: Account' })
      const asked = page.waitForResponse((response) => response.url().endsWith('/records/accounts/duplicates'))
      await dialog.getByRole('textbox', { name: 'Name' }).fill('Zumgoity Inc')
      expect((await (await asked).json()).items).toHaveLength(isTold ? 1 : 0)
      if (isTold) {
        const link = dialog.getByRole('status').getByRole('link', { name: /Zumgoity/ })
        expect(await link.getAttribute('href')).toMatch(/^\/records\/accounts\/[0-9a-f-]{36}$/)
        expect(await findBarriers(page)).toEqual([])
      }
      await page.context().close()
    }
  })

  it('says at the field what is wrong, loses nothing, and opens what was made', async () => {
    const page = await visit('/records/leads', { person: 'celia.rouche' })
    await page.getByRole('button', { name: 'New' }).click()
    const dialog = page.getByRole('dialog', { name: 'New: Lead' })
    await dialog.getByLabel('E-mail').first().fill('not an address')
    await dialog.getByLabel('Company').fill('Acme of the journeys')
    await dialog.getByRole('button', { name: 'Create and open' }).click()
    await dialog.getByRole('alert').getByText('Nothing was lost').waitFor()
    expect(await dialog.getByLabel('Company').inputValue()).toBe('Acme of the journeys')
    expect(await findBarriers(page)).toEqual([])
    await dialog.getByLabel('E-mail').first().fill('ida@acme.example')
    await dialog.getByLabel('Name').first().fill('Ida Berg of the journeys')
    await dialog.getByRole('button', { name: 'Create and open' }).click()
    await page.waitForURL(/\/records\/leads\/[0-9a-f-]{36}/)
    await page.context().close()
  })
})
