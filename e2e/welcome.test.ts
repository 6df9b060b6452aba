import { afterEach, describe, expect, it } from 'vitest'
import { findBarriers } from './axe.ts'
import { takeComplaints, visit } from './browser.ts'

afterEach(() => expect(takeComplaints()).toEqual([]))

const OTTO = 'otto@westwind.example'

describe('an empty organization', () => {
  it('has its first policy and its first person in five minutes', async () => {
    const page = await visit('/', { person: OTTO })
    await page.getByRole('link', { name: 'Set up', exact: true }).click()
    await page.getByRole('heading', { name: 'What does your organization do?' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.getByRole('radio', { name: 'provide services' }).check()
    await page.getByRole('button', { name: 'Show the proposal' }).click()
    await page.getByText('Nobody loses anything.').waitFor()
    await page.getByText('Projects', { exact: true }).first().waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.getByRole('button', { name: 'Apply the proposal' }).click()
    await page.getByRole('heading', { name: 'Who works with you?' }).waitFor()
    await page.getByRole('textbox', { name: 'Name' }).fill('Nina Berg')
    await page.getByRole('textbox', { name: 'E-mail address' }).fill('nina@westwind.example')
    await page.getByRole('combobox', { name: 'Job' }).selectOption('sales')
    await page.route('**/invitation', (route) => route.abort(), { times: 1 })
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    const invited = page.waitForResponse((answer) => answer.url().endsWith('/invitation'))
    await page.getByRole('button', { name: 'Try again' }).click()
    const { link } = await (await invited).json()
    await page.getByText('Hand the link over.').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.context().close()

    const invitee = await visit(link)
    await invitee.getByRole('heading', { name: 'Welcome, Nina Berg' }).waitFor()
    expect(await findBarriers(invitee)).toEqual([])
    await invitee.getByLabel(/^Password/).fill('a quiet blue lamp')
    await invitee.getByRole('button', { name: 'Begin' }).click()
    await invitee.getByRole('button', { name: 'Menu of Nina Berg' }).waitFor()
    await invitee.getByRole('link', { name: 'Projects' }).waitFor()
    await invitee.context().close()

    const again = await visit(link)
    await again.getByRole('heading', { name: 'This invitation is not good any more' }).waitFor()
    await again.context().close()
  })

  it.each(['light', 'dark'] as const)('is set up in Arabic, right to left, in %s', async (scheme) => {
    const page = await visit('/welcome', { person: OTTO, language: 'ar', scheme, width: 360 })
    await page.getByRole('button', { name: 'عرض الاقتراح' }).click()
    await page.getByRole('button', { name: 'تطبيق الاقتراح' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.context().close()
  })

  it('is not set up by who doesn’t manage access', async () => {
    const page = await visit('/welcome', { person: 'anna.snelling' })
    await page.getByRole('heading', { name: 'Not found' }).waitFor()
    await page.context().close()
  })
})

describe('a demonstration', () => {
  it('is thrown away by its administrator, who types its name', async () => {
    const person = 'esther@eastwind.example'
    const page = await visit('/settings', { person })
    await page.getByRole('button', { name: 'Throw the demonstration away' }).click()
    const dialog = page.getByRole('dialog')
    const button = dialog.getByRole('button', { name: 'Throw the demonstration away' })
    const name = dialog.getByRole('textbox', { name: 'Type “Eastwind” to confirm' })
    await name.fill('Westwind')
    expect(await button.isDisabled()).toBe(true)
    expect(await findBarriers(page)).toEqual([])
    await name.fill('Eastwind')
    await button.click()
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
    await page.context().close()
    await expect(visit('/', { person })).rejects.toThrow("can't sign in: 401")
  })

  it('is nothing that an organization of one’s own is taken for', async () => {
    const page = await visit('/settings', { person: OTTO })
    await page.getByRole('heading', { name: 'Password' }).waitFor()
    const told = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/demonstration'))
    await page.reload()
    await told
    await page.getByRole('heading', { name: 'Password' }).waitFor()
    expect(await page.getByRole('button', { name: 'Throw the demonstration away' }).count()).toBe(0)
    await page.context().close()
  })
})

describe('a tour', () => {
  it('goes by keyboard, and is offered no more once it was closed', async () => {
    const page = await visit('/', { person: OTTO })
    await page.getByRole('button', { name: 'Show me around' }).click()
    const tour = page.getByRole('region', { name: 'Tour' })
    await tour.getByText('1 of 6').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await tour.getByRole('button', { name: 'Next' }).press('Enter')
    await tour.getByText('2 of 6').waitFor()
    const kept = page.waitForResponse((answer) => answer.request().method() === 'PATCH')
    await page.keyboard.press('Escape')
    await kept
    await tour.waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('button', { name: 'Menu of Otto' }).click()
    expect(await page.getByRole('button', { name: 'Show me around' }).count()).toBe(0)
    await page.getByRole('menuitem', { name: 'Show me around' }).click()
    await tour.getByText('1 of 6').waitFor()
    await tour.getByRole('button', { name: 'No, thanks' }).click()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('Show me')
    await page.getByRole('option', { name: 'Show me around' }).click()
    await tour.getByText('1 of 6').waitFor()
    await page.context().close()
  })
})
