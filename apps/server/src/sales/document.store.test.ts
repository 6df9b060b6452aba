import { describe, expect, it } from 'vitest'
import { findOrganization } from '../organizations/find-organization.ts'
import { inTransaction } from '../records/stamped.ts'
import { describeQuote } from './quote-document/describe-quote.ts'
import { runsOf } from './quote-document/runs.ts'
import { LANGUAGES } from './quote-document/words.ts'
import { NO_RECORD, salesOffice } from './sales-fixture.ts'

const { office, get, put, patch, make, share } = await salesOffice()

const account = await make('anna', 'accounts', { name: '北风有限公司' })
const quote = await make('anna', 'quotes', {
  name: 'Office',
  account,
  billingCity: 'الرياض',
  paymentTerms: '30 days net',
  issuedDate: '2026-03-01',
  shippingCost: 20,
  terms: 'All (really all) remains ours until it is paid.\n在付款之前仍归我们所有。',
})
await put('anna', `quotes/${quote}/lines`, {
  lines: [{ name: 'Chair', description: 'كرسي (أسود)', quantity: 3, unitPrice: 99.99, taxPercent: 25.5 }],
})

/** The paper before it is drawn, as one of the people has it. */
async function paperOf(who: 'anna' | 'olli' | 'nora', language: (typeof LANGUAGES)[number] = 'en') {
  const { parts } = office
  const organization = await findOrganization(parts.database.control, 'nordwind')
  if (!organization) throw new Error('There is no Nordwind.')
  const actor = { organization, user: who, asking: { now: Date.now() }, via: 'session' as const }
  return inTransaction(parts, actor, async (reading) => {
    const module = reading.snapshot.policy.modules.get('quotes')
    if (!module) throw new Error('There are no quotes.')
    return describeQuote({ parts, reading }, module, quote, language)
  })
}

describe('the paper of a quote', () => {
  it.each(LANGUAGES)('is a PDF in %s, with the fonts that its texts need', async (language) => {
    const answer = await get('anna', `quotes/${quote}/document.pdf?language=${language}`)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/pdf'])
    const pdf = answer.rawPayload
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    const names = [...pdf.toString('latin1').matchAll(/\/BaseFont \/[A-Z]+\+([A-Za-z]+)/g)].map(([, name]) => name)
    for (const name of ['NotoSans', 'NotoSansArabic', 'NotoSansSC'])
      expect(names.some((one) => one?.startsWith(name))).toBe(true)
  })

  it('speaks the language asked for', async () => {
    const paper = await paperOf('anna', 'fi')
    expect(paper.title).toBe('Tarjous')
    expect(paper.facts).toContainEqual({ label: 'Päiväys', value: '1. maaliskuuta 2026' })
    expect(paper.totals.at(-1)).toMatchObject({ label: 'Yhteensä', value: '396,46\u00a0€' })
    expect((await paperOf('anna', 'ar')).totals.at(-1)?.value).toBe('396.46\u00a0€')
    expect((await get('anna', `quotes/${quote}/document.pdf?language=de`)).statusCode).toBe(422)
  })

  it('holds what its reader sees, masked where that is masked', async () => {
    await share('admin', `quotes/${quote}`, 'olli', 'read')
    await share('admin', `quotes/${quote}`, 'nora', 'read')
    const anna = await paperOf('anna')
    expect(anna.customer.lines).toEqual(['北风有限公司', 'الرياض'])
    expect(anna.table?.rows).toMatchObject([{ item: 'Chair' }])
    expect(anna.totals.map(({ label }) => label)).toEqual(['Subtotal', 'Tax', 'Shipping', 'Total'])
    const olli = await paperOf('olli')
    expect(olli.customer.lines).toEqual(['الرياض'])
    expect(olli).not.toHaveProperty('table')
    expect(olli.totals.map(({ label }) => label)).toEqual(['Tax'])
    const nora = await paperOf('nora')
    expect(nora.facts.find(({ label }) => label === 'Payment terms')?.value).toMatch(/^•+/)
    expect(nora.totals.map(({ label }) => label)).toEqual(['Subtotal', 'Tax', 'Total'])
  })

  it('is none of a quote that one does not read', async () => {
    const hidden = await make('admin', 'quotes', { name: 'Hidden' })
    const [unseen, none] = [
      await get('anna', `quotes/${hidden}/document.pdf`),
      await get('anna', `quotes/${NO_RECORD}/document.pdf`),
    ]
    expect([unseen.statusCode, unseen.payload]).toEqual([404, none.payload])
  })

  it('goes on over as many pages as it takes', async () => {
    const long = await make('anna', 'quotes', { name: 'Long' })
    const lines = Array.from({ length: 120 }, (_, at) => ({ name: `Part ${at}`, quantity: 1, unitPrice: 1 }))
    await put('anna', `quotes/${long}/lines`, { lines })
    await patch('anna', `quotes/${long}`, { terms: 'word '.repeat(3_000) })
    const { rawPayload } = await get('anna', `quotes/${long}/document.pdf`)
    const pages = rawPayload.toString('latin1').match(/\/Type \/Page\b/g) ?? []
    expect(pages.length).toBeGreaterThan(4)
  })
})

describe('a line of text', () => {
  const shown = (text: string) => runsOf(text, 400).map((run) => run.text)

  it('runs to the right in Latin and to the left in Arabic, whose brackets turn with it', () => {
    expect(shown('Desk (oak)')).toEqual(['Desk (oak)'])
    expect(shown('كرسي (أسود)')).toEqual(['(', 'أسود', ') ', 'كرسي'])
  })

  it('keeps the order of numbers and names in Arabic', () => {
    expect(shown('مدة 30 يوم Oy')).toEqual(['Oy', ' ', 'يوم', ' ', '30', ' ', 'مدة'])
  })

  it('takes each character’s own font, and a question mark for what no font has', () => {
    expect(runsOf('椅A', 400).map(({ font }) => font.replace(/\d+-400$/, ''))).toEqual([
      'noto-sans-sc-',
      'noto-sans-latin-400',
    ])
    expect(shown('a😀b')).toEqual(['a?b'])
  })
})
