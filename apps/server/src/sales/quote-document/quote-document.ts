import type { Actor } from '../../actor.ts'
import { requireId } from '../../records/find-record.ts'
import type { RecordsParts } from '../../records/parts.ts'
import { requireModule } from '../../records/require-module.ts'
import { inTransaction } from '../../records/stamped.ts'
import { describeQuote } from './describe-quote.ts'
import { drawPaper } from './draw-paper.ts'
import type { Language } from './words.ts'

/** The paper of a quote, as a PDF of what the person reads of it. @throws Problem 404 where he doesn't read the quote */
export async function quoteDocument(
  parts: RecordsParts,
  actor: Actor,
  id: string,
  language: Language,
): Promise<Buffer> {
  const paper = await inTransaction(parts, actor, async (reading) => {
    const module = requireModule(reading, 'quotes', 'read')
    return describeQuote({ parts, reading }, module, requireId(id), language)
  })
  return drawPaper(paper)
}
