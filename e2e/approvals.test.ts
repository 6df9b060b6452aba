import { afterEach, describe, expect, it } from 'vitest'
import { findBarriers } from './axe.ts'
import { takeComplaints, visit } from './browser.ts'

afterEach(() => expect(takeComplaints()).toEqual([]))

const [SONJA, PAUL] = ['sonja@southwind.example', 'paul@southwind.example']

describe('where changes need approval', () => {
  it('one proposes, another looks at what it does and approves; only then it counts', async () => {
    const author = await visit('/admin/teams', { person: SONJA })
    await author.getByRole('button', { name: 'Add a team' }).click()
    await author.getByRole('textbox', { name: 'Name', exact: true }).fill('Field service')
    await author.getByRole('button', { name: 'Keep in the draft' }).click()
    await author.getByRole('button', { name: 'Review and apply' }).click()
    const plan = author.getByRole('dialog', { name: 'What this changes' })
    await plan.getByLabel('Reason').fill('Service on site')
    await plan.getByText('1 other person who manages access has to approve it.').waitFor()
    await plan.getByRole('button', { name: 'Send for approval' }).click()
    await author.getByText('Waits for the approval of 1 other person.').first().waitFor()
    await author.getByRole('link', { name: 'Versions' }).click()
    const proposed = author.getByRole('region', { name: 'Waiting for approval' })
    await proposed.getByText('Service on site').waitFor()
    expect(await findBarriers(author)).toEqual([])
    // Nobody approves what he proposed himself.
    await proposed.getByRole('button', { name: 'Look at it' }).click()
    await author.getByRole('dialog').getByText('Nobody gains or loses anything.').waitFor()
    expect(await author.getByRole('button', { name: 'Approve' }).count()).toBe(0)

    const approver = await visit('/admin/teams', { person: PAUL })
    await approver.getByRole('button', { name: 'Add a team' }).waitFor()
    expect(await approver.getByText('Field service').count()).toBe(0)
    await approver.getByRole('link', { name: 'Versions' }).click()
    await approver.getByRole('button', { name: 'Look at it' }).click()
    const change = approver.getByRole('dialog')
    await change.getByText('Nobody gains or loses anything.').waitFor()
    expect(await findBarriers(approver)).toEqual([])
    await change.getByRole('button', { name: 'Approve' }).click()
    await approver.getByText('Approved and in force.').waitFor()
    await approver.getByRole('link', { name: 'Teams' }).click()
    await approver.getByRole('button', { name: 'Field service' }).waitFor()
    await author.context().close()
    await approver.context().close()
  })
})
