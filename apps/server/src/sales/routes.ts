import {
  BudgetActualsSchema,
  ConversionPreviewSchema,
  ConversionSchema,
  ConvertLeadSchema,
  DocumentQuerySchema,
  LinesInputSchema,
  LinesSchema,
  OrderedSchema,
  OrderQuoteSchema,
  RecordIdParamsSchema,
} from '@bailiwick/contract'
import Type from 'typebox'
import { requireActor } from '../http/actor.ts'
import { type App, compareStamps, type Routes } from '../http/app.ts'
import type { RecordsParts } from '../records/parts.ts'
import { seenVersion, setVersion } from '../records/record-answers.ts'
import { readBudgetActuals } from './budget-actuals.ts'
import { convertLead } from './convert-lead.ts'
import { readLines, writeLines } from './lines.ts'
import { orderQuote } from './order-quote.ts'
import { previewConversion } from './preview-conversion.ts'
import { quoteDocument } from './quote-document/quote-document.ts'

const TAGS = ['sales']
const params = RecordIdParamsSchema

/** What leads, quotes, orders and budgets can do beyond being records. */
export function salesRoutes(parts: RecordsParts): Routes {
  return (app) => {
    compareStamps(app)
    for (const module of ['quotes', 'orders'] as const) lineRoutes(app, parts, module)
    leadRoutes(app, parts)
    quoteRoutes(app, parts)
    budgetRoutes(app, parts)
  }
}

function lineRoutes(app: App, parts: RecordsParts, module: 'quotes' | 'orders'): void {
  const url = `/api/v1/records/${module}/:id/lines` as const
  const read = { tags: TAGS, summary: `The lines of a record of ${module}`, params, response: { 200: LinesSchema } }
  app.get(url, { schema: read }, async (request, reply) => {
    const lines = await readLines(parts, requireActor(request), module, request.params.id)
    setVersion(reply, lines.version)
    return lines
  })
  const write = {
    tags: TAGS,
    summary: `Replace the lines of a record of ${module}, and write what they come to into it`,
    params,
    body: LinesInputSchema,
    response: { 200: LinesSchema, 204: Type.Null() },
  }
  app.put(url, { schema: write }, async (request, reply) => {
    const seen = seenVersion(request.headers['if-match'])
    const lines = await writeLines(parts, requireActor(request), module, request.params.id, request.body, seen)
    if (!lines) return reply.code(204).send(null)
    setVersion(reply, lines.version)
    return reply.code(200).send(lines)
  })
}

function leadRoutes(app: App, parts: RecordsParts): void {
  const url = '/api/v1/records/leads/:id/convert'
  const preview = {
    tags: TAGS,
    summary: 'What a lead would become, and what one lacks for that',
    params,
    response: { 200: ConversionPreviewSchema },
  }
  app.get(url, { schema: preview }, async (request, reply) => {
    const answer = await previewConversion(parts, requireActor(request), request.params.id)
    setVersion(reply, answer.version)
    return answer
  })
  const convert = {
    tags: TAGS,
    summary: 'Make of a lead an account, a contact and a deal',
    params,
    body: ConvertLeadSchema,
    response: { 201: ConversionSchema },
  }
  app.post(url, { schema: convert }, async (request, reply) => {
    const seen = seenVersion(request.headers['if-match'])
    const made = await convertLead(parts, requireActor(request), request.params.id, request.body, seen)
    return reply.code(201).send(made)
  })
}

function quoteRoutes(app: App, parts: RecordsParts): void {
  const order = {
    tags: TAGS,
    summary: 'Make an order of a quote, which is accepted by that',
    params,
    body: OrderQuoteSchema,
    response: { 201: OrderedSchema },
  }
  app.post('/api/v1/records/quotes/:id/order', { schema: order }, async (request, reply) => {
    const seen = seenVersion(request.headers['if-match'])
    const made = await orderQuote(parts, requireActor(request), request.params.id, request.body ?? {}, seen)
    return reply.code(201).header('location', `/api/v1/records/orders/${made.order.id}`).send(made)
  })
  const paper = {
    tags: TAGS,
    summary: 'The quote on paper, as far as one reads it',
    params,
    querystring: DocumentQuerySchema,
    response: { 200: { description: 'A PDF', content: { [PDF]: { schema: Type.Any() } } } },
  }
  app.get('/api/v1/records/quotes/:id/document.pdf', { schema: paper }, async (request, reply) => {
    const { language = 'en' } = request.query
    const pdf = await quoteDocument(parts, requireActor(request), request.params.id, language)
    reply.type(PDF).header('content-disposition', `inline; filename="quote-${request.params.id.toLowerCase()}.pdf"`)
    return reply.send(pdf)
  })
}

const PDF = 'application/pdf'

function budgetRoutes(app: App, parts: RecordsParts): void {
  const schema = {
    tags: TAGS,
    summary: 'A budget against what came of it',
    params,
    response: { 200: BudgetActualsSchema },
  }
  app.get('/api/v1/records/budgets/:id/actuals', { schema }, async (request) =>
    readBudgetActuals(parts, requireActor(request), request.params.id),
  )
}
