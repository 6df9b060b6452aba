import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { findBarriers } from './axe.ts'
import { takeComplaints, visit } from './browser.ts'

afterEach(() => expect(takeComplaints()).toEqual([]))

const salesforce = (name: string) =>
  fileURLToPath(new URL(`../apps/server/src/imports/test-data/${name}.csv`, import.meta.url))
const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

async function choose(page: Page, chosen: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(chosen)
}

/** Starts, waits for the end, and says where it was told. */
async function bringIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Import [\d,]+ rows$/ }).click()
  await page.getByText('Done', { exact: true }).waitFor()
}

describe('an export of Salesforce', () => {
  it('comes in with its columns recognized, and goes out again as a whole', async () => {
    const page = await visit('/import?module=accounts', { person: 'sari.lehtonen' })
    await choose(page, salesforce('Account'))
    expect(await page.getByRole('combobox', { name: 'Field for Name', exact: true }).inputValue()).toBe('Name')
    await page.getByRole('heading', { name: 'What would come of it' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await bringIn(page)
    await page.getByRole('button', { name: 'Undo the whole import' }).click()
    await page.getByText('The import was undone').waitFor()
    await page.getByRole('link', { name: 'Your imports' }).click()
    await page.getByRole('link', { name: 'Account.csv' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.context().close()
  })

  it('of contacts comes in by who only enters data; what nobody sees isn’t offered, and columns are remembered', async () => {
    const page = await visit('/import?module=contacts', { person: 'yuki.tanaka' })
    await choose(page, salesforce('Contact'))
    await page.getByRole('combobox', { name: 'Field for Email', exact: true }).waitFor()
    expect(await page.getByText('Records that are there already').count()).toBe(0)
    await page.getByRole('button', { name: 'Try without keeping' }).click()
    await page.getByText('Tried, and nothing was kept').waitFor()
    await bringIn(page)
    await page.getByRole('link', { name: 'Import a file' }).click()
    await choose(page, salesforce('Contact'))
    await page.getByText('Columns are mapped as you did last time.').waitFor()
    await page.context().close()
  })
})

describe('a file with errors', () => {
  const WRONG = 'Name,Email\nIda Berg,ida.berg@acme.example\nOla Ek,not an address\n'

  it('shows them at their cells, and gives the rejected rows back', async () => {
    const page = await visit('/import?module=contacts', { person: 'yuki.tanaka', width: 360 })
    await choose(page, file('wrong.csv', WRONG))
    const cell = page.getByRole('region', { name: 'The first rows' }).getByRole('cell', { name: /not an address/ })
    await cell.locator('svg').waitFor()
    expect(await findBarriers(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
    await bringIn(page)
    const saving = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download rejected rows' }).click()
    expect((await saving).suggestedFilename()).toMatch(/^rejected-/)
    await page.context().close()
  })

  it('has no barrier in Arabic, right to left, in the dark', async () => {
    const page = await visit('/import?module=contacts', { person: 'yuki.tanaka', language: 'ar', scheme: 'dark' })
    await choose(page, file('wrong.csv', WRONG))
    await page.getByRole('region', { name: 'الصفوف الأولى' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.context().close()
  })
})

describe('who may not import', () => {
  it('finds no way there, and nothing at the address', async () => {
    const page = await visit('/import', { person: 'omar.haddad' })
    await page.getByRole('heading', { name: 'Not found' }).waitFor()
    expect(await page.getByRole('link', { name: 'Import', exact: true }).count()).toBe(0)
    await page.context().close()
  })
})

describe('an export', () => {
  it('says what the file will hold and only masked, and gives it', async () => {
    const page = await visit('/records/accounts', { person: 'zane.levy' })
    await page.getByRole('checkbox').nth(1).check()
    await page.getByRole('toolbar').getByRole('button', { name: 'Export' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/^Records: 1/).waitFor()
    await dialog.getByLabel('All that you see').check()
    await dialog.getByText(/You see these masked/).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Export' }).click()
    const saving = page.waitForEvent('download')
    await dialog.getByRole('link', { name: 'Download the file' }).click()
    expect((await saving).suggestedFilename()).toMatch(/^accounts-.*\.xlsx$/)
    await page.context().close()
  })
})
