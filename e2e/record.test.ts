import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { findBarriers } from './axe.ts'
import { takeComplaints, visit } from './browser.ts'
import { asPerson, makeRecord } from './record-requests.ts'

afterEach(() => expect(takeComplaints()).toEqual([]))

const newDeal = (person: string, more: object = {}) =>
  makeRecord(person, 'deals', { name: `Journey ${randomUUID().slice(0, 8)}`, stage: 'Engaging', amount: 700, ...more })

/** Changes a field in place, as one does with the keyboard. */
async function change(page: Page, field: string, value: string): Promise<void> {
  await page.getByRole('button', { name: `Edit ${field}`, exact: true }).click()
  const input = page.getByRole('textbox', { name: field, exact: true })
  await input.fill(value)
  await input.press('Enter')
}

describe('an account', () => {
  it('names at its head whom one knows there, and leads to them', async () => {
    const name = `Journey ${randomUUID().slice(0, 8)}`
    const account = await makeRecord('grace.whitfield', 'accounts', { name })
    const ask = await asPerson('grace.whitfield')
    for (const name of ['Maria Virtanen', 'Maria Nieminen', 'Maria Laine', 'Maria Korhonen'])
      await ask('POST', '/api/v1/records/contacts', { name, account: account.id })
    const page = await visit(`/records/accounts/${account.id}`, { person: 'grace.whitfield' })
    const head = page.getByRole('article').locator('header').first()
    await head.getByRole('link', { name: 'Maria Korhonen' }).waitFor()
    expect(await head.getByRole('link', { name: /^Maria/ }).count()).toBe(3)
    await head.getByRole('link', { name: 'Show all' }).click()
    await page.getByRole('grid', { name: 'Contacts' }).getByRole('link', { name: 'Maria Virtanen' }).waitFor()
    await page.context().close()
  })
})

describe('one deal, to five people', () => {
  it('shows each of them what is his to see and to do', async () => {
    const deal = await newDeal('garret.kinder')
    const path = `/records/deals/${deal.id}`

    const owner = await visit(path, { person: 'garret.kinder' })
    await owner.getByRole('heading', { level: 1, name: deal.name }).waitFor()
    await owner.getByRole('button', { name: 'Edit Amount' }).waitFor()
    await owner.getByRole('button', { name: 'Negotiation' }).waitFor()
    expect(await owner.getByTitle('Change owner').count()).toBe(0)
    expect(await findBarriers(owner)).toEqual([])
    await owner.context().close()

    // In the East, colleagues read each other's deals.
    const colleague = await visit(path, { person: 'rosie.papadopoulos' })
    await colleague.getByRole('heading', { level: 1, name: deal.name }).waitFor()
    expect(await colleague.getByRole('button', { name: 'Edit Amount' }).count()).toBe(0)
    expect(await colleague.getByRole('button', { name: 'Negotiation' }).count()).toBe(0)
    await colleague.getByRole('button', { name: 'Why Amount can’t be changed' }).focus()
    await colleague.getByText('You may read this record, not change it.').waitFor()
    await colleague.context().close()

    const manager = await visit(path, { person: 'cara.losch' })
    await manager.getByTitle('Change owner').waitFor()
    await manager.getByRole('button', { name: 'Edit Amount' }).waitFor()
    await manager.context().close()

    const administrator = await visit(path, { person: 'sari.lehtonen' })
    await administrator.getByRole('button', { name: /^\d+ can see this$/ }).click()
    const panel = administrator.getByRole('dialog', { name: 'Who can see this' })
    await panel.getByText('as Head of sales, above the owner').waitFor()
    await panel.getByText(/^as its owner/).waitFor()
    expect(await findBarriers(administrator)).toEqual([])
    await administrator.context().close()

    const stranger = await visit(path, { person: 'moses.frase' })
    await stranger.getByText('There is nothing at this address, or nothing that is yours to see.').waitFor()
    await stranger.context().close()
  })
})

describe('changing a field in place', () => {
  it('saves by Enter, takes back by Escape, and notes it on the timeline', async () => {
    const deal = await newDeal('wilburn.farren')
    const page = await visit(`/records/deals/${deal.id}`, { person: 'wilburn.farren' })
    await change(page, 'Next step', 'Send the offer')
    const timeline = page.getByRole('list', { name: 'Timeline' })
    await timeline.getByText('Send the offer').waitFor()
    await page.getByRole('button', { name: 'Edit Competitor' }).click()
    await page.getByRole('textbox', { name: 'Competitor' }).fill('Nobody')
    await page.getByRole('textbox', { name: 'Competitor' }).press('Escape')
    await page.getByRole('button', { name: 'Edit Competitor' }).waitFor()
    expect(await page.getByText('Nobody').count()).toBe(0)
    await page.context().close()
  })

  it('puts together what two people changed, and lets one choose where both changed the same', async () => {
    const deal = await newDeal('violet.mclelland')
    const page = await visit(`/records/deals/${deal.id}`, { person: 'violet.mclelland' })
    const manager = await asPerson('cara.losch')
    await page.getByRole('button', { name: 'Edit Competitor' }).click()
    await manager('PATCH', `/api/v1/records/deals/${deal.id}`, { nextStep: 'Call Cara', quantity: 3 })
    const input = page.getByRole('textbox', { name: 'Competitor' })
    await input.fill('Initech')
    await input.press('Enter')
    await page.getByRole('list', { name: 'Timeline' }).getByText('Initech').waitFor()

    await page.getByRole('button', { name: 'Edit Competitor' }).click()
    await manager('PATCH', `/api/v1/records/deals/${deal.id}`, { competitor: 'Hooli', quantity: 4 })
    await input.fill('Globex')
    await input.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'You both changed this' })
    await dialog.getByRole('row', { name: 'Competitor' }).getByText('Cara Losch').waitFor()
    await dialog.getByText(/^Quantity: 4 Cara Losch/).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await dialog.getByRole('radio', { name: 'Competitor: yours' }).check()
    await dialog.getByRole('button', { name: 'Save the choice' }).click()
    await page.getByRole('list', { name: 'Timeline' }).getByText('Globex').waitFor()
    const now = await manager('GET', `/api/v1/records/deals/${deal.id}`)
    expect(now).toMatchObject({ competitor: 'Globex', nextStep: 'Call Cara', quantity: 4 })
    await page.context().close()
  })

  it('outlives the end of the session: one signs in again on top of it, and it is saved', async () => {
    const deal = await newDeal('corliss.cosme')
    const page = await visit(`/records/deals/${deal.id}`, { person: 'corliss.cosme' })
    await page.getByRole('button', { name: 'Edit Next step' }).click()
    await page.getByRole('textbox', { name: 'Next step' }).fill('Typed before the session ended')
    await page.context().clearCookies()
    await page.getByRole('textbox', { name: 'Next step' }).press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/^Password/).fill(inject('journeys').password)
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('list', { name: 'Timeline' }).getByText('Typed before the session ended').waitFor()
    const saved = await (await asPerson('corliss.cosme'))('GET', `/api/v1/records/deals/${deal.id}`)
    expect(saved).toMatchObject({ nextStep: 'Typed before the session ended' })
    await page.context().close()
  })
})

describe('who can see a record', () => {
  it('is changed by its owner: shared, made confidential, and taken back', async () => {
    const deal = await newDeal('elease.gluck')
    const path = `/records/deals/${deal.id}`
    const page = await visit(path, { person: 'elease.gluck' })
    await page.getByRole('button', { name: 'Who can see this' }).click()
    const panel = page.getByRole('dialog', { name: 'Who can see this' })
    await panel.getByText('You have full access to this record, as its owner.').waitFor()
    await panel.getByRole('combobox', { name: 'Share with' }).fill('Carl')
    await page.getByRole('option', { name: 'Carl Lin' }).click()
    await panel.getByText('This is about 1 person: Carl Lin').waitFor()
    await panel.getByRole('button', { name: 'Share with Carl Lin' }).click()
    await panel.getByRole('list', { name: 'Shared with' }).getByText('Carl Lin').waitFor()
    await panel.getByRole('switch', { name: 'Confidential' }).click({ force: true })
    await panel.getByRole('button', { name: 'Make confidential' }).click()
    await page.getByRole('img', { name: 'Confidential' }).waitFor()
    await panel.getByRole('button', { name: 'Take the share away from Carl Lin' }).click()
    await panel.getByRole('button', { name: 'Take away', exact: true }).click()
    await panel.getByText('Not shared with anybody.').waitFor()
    await page.context().close()
  })
})

describe('the timeline', () => {
  it('warns before a mention that its reader can’t follow, and offers to share', async () => {
    const deal = await newDeal('boris.faz')
    const page = await visit(`/records/deals/${deal.id}`, { person: 'boris.faz' })
    const composer = page.getByRole('textbox', { name: 'Comment' })
    await composer.pressSequentially('Please look, @moses')
    await page.getByRole('option', { name: /Moses Frase/ }).click()
    await page.getByText('Moses Frase can’t see this record.').waitFor()
    await page.getByRole('button', { name: 'Share for viewing' }).click()
    await page.getByText('Moses Frase can’t see this record.').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Comment', exact: true }).click()
    const timeline = page.getByRole('list', { name: 'Timeline' })
    await timeline.getByText('@Moses Frase').waitFor()
    await page.getByRole('button', { name: 'Task' }).click()
    await page.getByRole('textbox', { name: 'What is to be done?' }).fill('Prepare a quote')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await timeline.getByRole('link', { name: 'Prepare a quote' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.context().close()
  })
})

describe('one’s own comment', () => {
  it('is edited in its place by the keyboard, deleted, and had back', async () => {
    const deal = await newDeal('lajuana.vencill')
    const path = `/api/v1/records/deals/${deal.id}/comments`
    const [own, manager] = [await asPerson('lajuana.vencill'), await asPerson('dustin.brinkmann')]
    await own('POST', path, { text: 'They want it in Mai.' })
    await manager('POST', path, { text: 'Good.' })
    const page = await visit(`/records/deals/${deal.id}`, { person: 'lajuana.vencill' })
    const timeline = page.getByRole('list', { name: 'Timeline' })
    await timeline.getByText('Good.').waitFor()
    expect(await page.getByRole('button', { name: 'Edit comment' }).count()).toBe(1)
    await page.getByRole('button', { name: 'Edit comment' }).press('Enter')
    const editor = page.getByRole('textbox', { name: 'Edit your comment' })
    await editor.fill('Never mind')
    await editor.press('Escape')
    await timeline.getByText('They want it in Mai.').waitFor()
    await page.getByRole('button', { name: 'Edit comment' }).press('Enter')
    await editor.fill('They want it in May.')
    expect(await findBarriers(page)).toEqual([])
    await editor.press('Control+Enter')
    await timeline.getByText('They want it in May.').waitFor()
    await timeline.getByText('edited', { exact: true }).waitFor()

    await page.getByRole('button', { name: 'Delete comment' }).press('Enter')
    await timeline.getByText('They want it in May.').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await timeline.getByText('They want it in May.').waitFor()
    await page.getByRole('button', { name: 'Delete comment' }).press('Enter')
    await timeline.getByText('They want it in May.').waitFor({ state: 'detached' })
    await page.waitForResponse((answer) => answer.request().method() === 'DELETE' && answer.status() === 204)
    expect(await own('GET', path)).toMatchObject({ items: [{ text: 'Good.' }] })
    await page.context().close()
  })

  it('that was deleted is gone, also where one signs out before the way back is closed', async () => {
    const deal = await newDeal('niesha.huffines')
    const path = `/api/v1/records/deals/${deal.id}/comments`
    const own = await asPerson('niesha.huffines')
    await own('POST', path, { text: 'Said too soon.' })
    const page = await visit(`/records/deals/${deal.id}`, { person: 'niesha.huffines' })
    const comment = page.getByRole('list', { name: 'Timeline' }).getByText('Said too soon.')
    await comment.waitFor()
    await page.getByRole('button', { name: 'Delete comment' }).press('Enter')
    await comment.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Menu of Niesha Huffines' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in to Bailiwick' }).waitFor()
    expect(await own('GET', path)).toMatchObject({ items: [] })
    await page.context().close()
  })
})

describe('on paper', () => {
  it('has all of its parts and nothing to click, and what was typed stands there afterwards', async () => {
    const deal = await newDeal('cecily.lampkin', { nextStep: 'Send the offer' })
    const page = await visit(`/records/deals/${deal.id}`, { person: 'cecily.lampkin', scheme: 'dark', width: 800 })
    await page.getByRole('tab', { name: 'Timeline' }).click()
    const composer = page.getByRole('textbox', { name: 'Comment' })
    await composer.fill('Half a thought')
    await page.getByRole('tab', { name: 'Details' }).click()
    await page.emulateMedia({ media: 'print' })
    await page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for (const part of ['Details', 'Timeline', 'Related']) {
      await page.getByRole('heading', { level: 2, name: part, exact: true }).waitFor()
    }
    await page.getByRole('list', { name: 'Timeline' }).getByText('created this').waitFor()
    for (const role of ['button', 'tab', 'textbox', 'navigation'] as const) {
      expect(await page.getByRole(role).count()).toBe(0)
    }
    expect(await page.evaluate("getComputedStyle(document.querySelector('h1')).color")).toBe('rgb(0, 0, 0)')
    await page.emulateMedia({ media: 'screen' })
    await page.evaluate("dispatchEvent(new Event('afterprint'))")
    await page.getByRole('tab', { name: 'Timeline' }).click()
    expect(await composer.inputValue()).toBe('Half a thought')
    await page.context().close()
  })
})

describe('on a phone and in Arabic', () => {
  it('has its parts one at a time, without a barrier', async () => {
    const deal = await newDeal('anna.snelling')
    const page = await visit(`/records/deals/${deal.id}`, {
      person: 'anna.snelling',
      language: 'ar',
      scheme: 'dark',
      width: 360,
    })
    await page.getByRole('heading', { level: 1, name: deal.name }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.getByRole('tab', { name: 'المخطط الزمني' }).click()
    await page.getByRole('textbox', { name: 'تعليق' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect(overflow).toBe(0)
    await page.context().close()
  })
})
