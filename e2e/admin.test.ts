import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { findBarriers } from './axe.ts'
import { takeComplaints, visit } from './browser.ts'
import { asPerson } from './record-requests.ts'

afterEach(() => expect(takeComplaints()).toEqual([]))

/** Inês manages access, and reads no customer. */
const PERSON = 'ines.duarte'

async function openRule(page: Page, name: string) {
  await page.getByRole('button', { name }).click()
  return page.getByRole('dialog', { name })
}

describe('the condition of a rule', () => {
  it('is built out of fields that whoever builds it does not read, by keyboard, and kept in the draft', async () => {
    const page = await visit('/admin/restrictionRules', { person: PERSON })
    const dialog = await openRule(page, 'closed-deals')
    await dialog.getByRole('button', { name: 'Add a condition' }).press('Enter')
    const part = dialog.getByRole('group', { name: 'Condition 2' })
    // What was added has the focus: a field is sought by its name, and taken.
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('Region')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(
      await part
        .getByRole('combobox', { name: 'Comparison' })
        .evaluate((node) => node.ownerDocument.activeElement === node),
    ).toBe(true)
    await dialog.getByText('Still missing: When').waitFor()
    expect(await dialog.getByRole('button', { name: 'Keep in the draft' }).isDisabled()).toBe(true)
    await part.getByRole('button', { name: 'Kind of value' }).click()
    await page.getByRole('menuitem', { name: 'An attribute of whoever asks' }).click()
    await part.getByRole('combobox', { name: 'Name of the attribute' }).fill('region')
    await page.keyboard.press('Escape')
    expect(await findBarriers(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Keep in the draft' }).click()
    await dialog.waitFor({ state: 'detached' })
    const again = await openRule(page, 'closed-deals')
    expect(await again.getByRole('combobox', { name: 'Name of the attribute' }).inputValue()).toBe('region')
    await again
      .getByRole('group', { name: 'Condition 2' })
      .getByRole('button', { name: 'Remove this condition' })
      .click()
    await again.getByRole('button', { name: 'Keep in the draft' }).click()
    // What was read and put back as it was changes nothing: there is nothing to apply.
    await page.getByText('You have changes that do not count yet.').waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('has no barrier in Arabic, on a dark phone', async () => {
    const page = await visit('/admin/restrictionRules', { person: PERSON, language: 'ar', scheme: 'dark', width: 360 })
    await page.getByRole('button', { name: 'only-feedback-to-marketing' }).click()
    await page.getByRole('dialog').getByRole('group', { name: 'الشرط 1' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.context().close()
  })
})

describe('people without a sign-in', () => {
  it('are invited from the list, and until they follow the link it is made anew or withdrawn', async () => {
    await addPerson('journey-nina', {
      name: 'Nina of the journeys',
      email: 'nina@journeys.example',
      profiles: ['sales'],
    })
    const page = await visit('/admin/users', { person: 'sari.lehtonen' })
    const row = page.getByRole('row', { name: /Nina of the journeys/ })
    await row.getByRole('button', { name: 'Invite Nina of the journeys' }).click()
    await row.getByText(/^Invited until/).waitFor()
    await row.getByRole('button', { name: 'Copy the link' }).waitFor()
    const pending = page.getByRole('region', { name: 'Pending invitations' })
    await pending.getByRole('button', { name: /^Send Nina of the journeys a new link/ }).click()
    expect(await findBarriers(page)).toEqual([])
    await pending.getByRole('button', { name: 'Withdraw the invitation of Nina of the journeys' }).click()
    await pending.waitFor({ state: 'detached' })
    await row.getByRole('button', { name: 'Invite Nina of the journeys' }).waitFor()
    await page.context().close()
  })
})

async function addPerson(key: string, person: object): Promise<void> {
  const ask = await asPerson('sari.lehtonen')
  const document = await ask('GET', '/api/v1/policy')
  const known = isDocument(document) ? document : undefined
  await ask('PUT', '/api/v1/policy', { ...known, users: { ...known?.users, [key]: person } })
}

function isDocument(value: unknown): value is { readonly users: Readonly<Record<string, object>> } {
  return typeof value === 'object' && value !== null && 'users' in value
}
