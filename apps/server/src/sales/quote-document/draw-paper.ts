import type PDFDocument from 'pdfkit'
import type { Cells, Fact, Paper, PaperTable } from './paper.ts'
import { type Column, type Style, Typesetter } from './typesetter.ts'
import { WORDS } from './words.ts'

/** A4, in points. */
const [WIDTH, HEIGHT] = [595.28, 841.89]
const MARGIN = 56
const INNER = WIDTH - 2 * MARGIN
const BOTTOM = HEIGHT - 72

const INK = '#1c1f26'
const QUIET = '#667085'
const RULE = '#d0d5dd'
const PLAIN: Style = { size: 9.5, weight: 400, color: INK }
const STRONG: Style = { size: 9.5, weight: 700, color: INK }
const SMALL: Style = { size: 8, weight: 400, color: QUIET }
const TITLE: Style = { size: 22, weight: 700, color: INK }
const SELLER: Style = { size: 12, weight: 700, color: INK }

/** Widths of the table's columns of figures; the item takes what is left. */
const FIGURES = [54, 78, 54, 48, 84] as const
const ITEM = INNER - FIGURES.reduce<number>((sum, width) => sum + width, 0)

/** Draws a quote's paper as a PDF. */
export async function drawPaper(paper: Paper): Promise<Buffer> {
  // It brings a font engine along, which nobody should wait for at every start.
  const { default: Document } = await import('pdfkit')
  const info = { Title: `${paper.title} ${paper.facts[0]?.value ?? ''}`.trim(), Author: paper.seller }
  const doc = new Document({
    size: [WIDTH, HEIGHT],
    margin: 0,
    bufferPages: true,
    font: '',
    lang: paper.language,
    info: { ...info, CreationDate: new Date(paper.at) },
  })
  const chunks: Buffer[] = []
  const written = new Promise<void>((resolve, reject) => doc.on('end', resolve).on('error', reject))
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const page = new Page(doc, paper)
  page.drawAll()
  doc.end()
  await written
  return Buffer.concat(chunks)
}

/** Where the next thing goes; begins at the top of the first page. */
class Page {
  readonly #doc: InstanceType<typeof PDFDocument>
  readonly #paper: Paper
  readonly #text: Typesetter
  readonly #isRightToLeft: boolean
  #y = MARGIN

  constructor(doc: InstanceType<typeof PDFDocument>, paper: Paper) {
    this.#doc = doc
    this.#paper = paper
    this.#text = new Typesetter(doc, paper.language)
    this.#isRightToLeft = paper.language === 'ar'
  }

  drawAll(): void {
    const { seller, title, table, totals, terms } = this.#paper
    this.#line(seller, this.#column(0, INNER), SELLER)
    this.#y += 22
    this.#line(title, this.#column(0, INNER), TITLE)
    this.#y += 14
    this.#head()
    if (table) this.#table(table)
    this.#totals(totals)
    if (terms) this.#terms(terms)
    this.#footers()
  }

  /** A column so far from where lines begin: from the right where they run to the left. */
  #column(from: number, width: number): Column {
    return { x: this.#isRightToLeft ? WIDTH - MARGIN - from - width : MARGIN + from, width }
  }

  #align(side: 'start' | 'end'): 'left' | 'right' {
    return (side === 'start') === this.#isRightToLeft ? 'right' : 'left'
  }

  #line(text: string, column: Column, style: Style, side: 'start' | 'end' = 'start'): void {
    for (const line of this.#text.wrap(text, column.width, style)) {
      this.#room(this.#text.lineHeight(style))
      this.#text.draw(line, column, this.#y, style, this.#align(side))
      this.#y += this.#text.lineHeight(style)
    }
  }

  /** Goes on to another page where so much doesn't fit any more. */
  #room(height: number): boolean {
    if (this.#y + height <= BOTTOM) return false
    this.#doc.addPage()
    this.#y = MARGIN
    return true
  }

  /** The customer beside the facts. */
  #head(): void {
    const { customer, facts } = this.#paper
    const top = this.#y
    const [half, gap] = [INNER / 2, 20]
    if (customer.lines.length > 0) this.#line(customer.label, this.#column(0, half - gap), SMALL)
    for (const [at, line] of customer.lines.entries()) {
      this.#line(line, this.#column(0, half - gap), at === 0 ? STRONG : PLAIN)
    }
    const bottom = this.#y
    this.#y = top
    for (const fact of facts) this.#pair(fact, half, half * 0.42)
    this.#y = Math.max(bottom, this.#y) + 24
  }

  #pair({ label, value, isStrong }: Fact, from: number, labelWidth: number, side: 'start' | 'end' = 'start'): void {
    const style = isStrong ? STRONG : PLAIN
    const top = this.#y
    this.#line(label, this.#column(from, labelWidth - 8), isStrong ? STRONG : { ...PLAIN, color: QUIET })
    const bottom = this.#y
    this.#y = top
    this.#line(value, this.#column(from + labelWidth, INNER - from - labelWidth), style, side)
    this.#y = Math.max(bottom, this.#y) + 2
  }

  #table({ head, rows }: PaperTable): void {
    this.#cells(head, { ...SMALL, weight: 700 })
    this.#rule()
    for (const row of rows) {
      const height = this.#rowHeight(row)
      if (this.#room(height)) {
        this.#cells(head, { ...SMALL, weight: 700 })
        this.#rule()
      }
      this.#cells(row, PLAIN)
      if (row.description !== undefined) this.#line(row.description, this.#column(0, ITEM - 8), SMALL)
      this.#y += 5
    }
    this.#rule()
  }

  /** Of the row's own line; a long description may go on over pages. */
  #rowHeight({ item }: Cells): number {
    return this.#text.wrap(item, ITEM - 8, PLAIN).length * this.#text.lineHeight(PLAIN)
  }

  #cells({ item, figures }: Cells, style: Style): void {
    const top = this.#y
    let from = ITEM
    let bottom = top
    for (const [at, figure] of figures.entries()) {
      const width = FIGURES[at] ?? 0
      this.#y = top
      this.#line(figure, this.#column(from + 4, width - 4), style, 'end')
      bottom = Math.max(bottom, this.#y)
      from += width
    }
    this.#y = top
    this.#line(item, this.#column(0, ITEM - 8), style)
    this.#y = Math.max(bottom, this.#y)
  }

  #rule(): void {
    this.#y += 3
    this.#doc
      .moveTo(MARGIN, this.#y)
      .lineTo(WIDTH - MARGIN, this.#y)
      .lineWidth(0.6)
      .strokeColor(RULE)
      .stroke()
    this.#y += 6
  }

  #totals(totals: readonly Fact[]): void {
    this.#room(totals.length * (this.#text.lineHeight(PLAIN) + 2))
    this.#y += 4
    for (const total of totals) this.#pair(total, INNER * 0.55, INNER * 0.2, 'end')
    this.#y += 24
  }

  #terms({ label, value }: Fact): void {
    this.#room(3 * this.#text.lineHeight(PLAIN))
    this.#line(label, this.#column(0, INNER), STRONG)
    this.#y += 2
    this.#line(value, this.#column(0, INNER), PLAIN)
  }

  #footers(): void {
    const { count } = this.#doc.bufferedPageRange()
    const { language, seller } = this.#paper
    const number = new Intl.NumberFormat(language)
    for (let page = 0; page < count; page++) {
      this.#doc.switchToPage(page)
      const text = WORDS[language].page(number.format(page + 1), number.format(count))
      const y = HEIGHT - 48
      this.#text.draw(seller, this.#column(0, INNER / 2), y, SMALL, this.#align('start'))
      this.#text.draw(text, this.#column(INNER / 2, INNER / 2), y, SMALL, this.#align('end'))
    }
  }
}
