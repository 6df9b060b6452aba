import type PDFDocument from 'pdfkit'
import { readFont, type Weight } from './fonts.ts'
import { type Run, runsOf } from './runs.ts'

type Doc = InstanceType<typeof PDFDocument>

export interface Style {
  /** Points. */
  readonly size: number
  readonly weight: Weight
  readonly color: string
}

/** A column of the page, in points from its left edge. */
export interface Column {
  readonly x: number
  readonly width: number
}

const LEADING = 1.45
/** Every feature that a script needs is applied all the same; stated, a run is shaped whole and not word by word. */
const WHOLE = { features: [], lineBreak: false }

/** Sets text in any script, on the pages of one document. */
export class Typesetter {
  readonly #doc: Doc
  readonly #segmenter: Intl.Segmenter
  readonly #fonts = new Set<string>()

  constructor(doc: Doc, language: string) {
    this.#doc = doc
    this.#segmenter = new Intl.Segmenter(language, { granularity: 'word' })
  }

  lineHeight({ size }: Style): number {
    return size * LEADING
  }

  /** A text's lines in a column of that width; line ends of its own are kept. */
  wrap(text: string, width: number, style: Style): string[] {
    return text.split(/\r\n|\r|\n/).flatMap((line) => this.#wrapLine(line, width, style))
  }

  #wrapLine(text: string, width: number, style: Style): string[] {
    const lines: string[] = []
    let line = ''
    for (const piece of this.#piecesOf(text, width, style)) {
      if (line !== '' && this.width(`${line}${piece}`.trimEnd(), style) > width) {
        lines.push(line.trimEnd())
        line = piece.trimStart()
      } else line += piece
    }
    return [...lines, line.trimEnd()]
  }

  /** Words; one that is wider than the column in its characters. */
  #piecesOf(text: string, width: number, style: Style): string[] {
    return [...this.#segmenter.segment(text)].flatMap(({ segment }) =>
      this.width(segment, style) > width ? [...segment] : [segment],
    )
  }

  width(text: string, style: Style): number {
    return runsOf(text, style.weight).reduce((sum, run) => sum + this.#runWidth(run, style), 0)
  }

  #runWidth({ text, font }: Run, { size }: Style): number {
    return this.#use(font, size).widthOfString(text, WHOLE)
  }

  /** Draws one line. @param y the top of the line */
  draw(text: string, { x, width }: Column, y: number, style: Style, align: 'left' | 'right'): void {
    const runs = runsOf(text, style.weight)
    const widths = runs.map((run) => this.#runWidth(run, style))
    let at = align === 'left' ? x : x + width - widths.reduce((sum, one) => sum + one, 0)
    for (const [index, { text: written, font }] of runs.entries()) {
      const doc = this.#use(font, style.size).fillColor(style.color)
      doc.text(written, at, y + style.size, { ...WHOLE, baseline: 'alphabetic' })
      at += widths[index] ?? 0
    }
  }

  #use(font: string, size: number): Doc {
    if (!this.#fonts.has(font)) {
      this.#doc.registerFont(font, readFont(font))
      this.#fonts.add(font)
    }
    return this.#doc.font(font).fontSize(size)
  }
}
