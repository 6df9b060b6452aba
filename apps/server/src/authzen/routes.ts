import {
  ActionResultsSchema,
  ActionSearchSchema,
  DecisionSchema,
  DecisionsSchema,
  EntityResultsSchema,
  type Evaluation,
  EvaluationSchema,
  type Evaluations,
  EvaluationsSchema,
  ResourceSearchSchema,
  SubjectSearchSchema,
} from '@bailiwick/contract'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Actor } from '../actor.ts'
import { requireActor } from '../http/actor.ts'
import { type App, compareStamps, type Routes } from '../http/app.ts'
import { inputErrors } from '../http/validation-errors.ts'
import { problem } from '../problem.ts'
import type { RecordsParts } from '../records/parts.ts'
import { echoRequestId } from './echo-request-id.ts'
import { evaluate } from './evaluate.ts'
import { evaluateBatch } from './evaluate-batch.ts'
import { requireQuestion } from './question.ts'
import { refuseBadRequests } from './refuse-bad-requests.ts'
import { searchActions } from './search-actions.ts'
import { searchResources } from './search-resources.ts'
import { searchSubjects } from './search-subjects.ts'

const TAGS = ['authzen']
const config = { wrongContentType: 400, changesNothing: true } as const

/** AuthZEN 1.0 (OpenID Authorization API): any other program asks who may do what. */
export function authzenRoutes(parts: RecordsParts): Routes {
  return (app) => {
    compareStamps(app)
    echoRequestId(app)
    refuseBadRequests(app)
    evaluationRoutes(app, parts)
    searchRoutes(app, parts)
  }
}

function evaluationRoutes(app: App, parts: RecordsParts): void {
  const one = {
    tags: TAGS,
    summary: 'Whether a user may do an action to a resource',
    body: EvaluationSchema,
    response: { 200: DecisionSchema },
  }
  app.post('/access/v1/evaluation', { schema: one, config }, async (request) => {
    return decide(parts, requireActor(request), request.body)
  })
  const many = {
    tags: TAGS,
    summary: 'Many such questions at once',
    body: EvaluationsSchema,
    response: { 200: Type.Union([DecisionsSchema, DecisionSchema]) },
  }
  app.post('/access/v1/evaluations', { schema: many, config }, async (request) => {
    const actor = requireActor(request)
    const { evaluations = [], ...rest } = request.body
    if (evaluations.length > 0) {
      const decisions = await evaluateBatch(parts, actor, { ...rest, evaluations })
      return { evaluations: decisions.map((decision) => ({ decision })) }
    }
    return decide(parts, actor, requireWhole(rest))
  })
}

async function decide(parts: RecordsParts, actor: Actor, evaluation: Evaluation) {
  const question = requireQuestion(evaluation)
  const [decision = false] = await evaluate(parts, actor, question.subject, [question])
  return { decision }
}

const evaluationShape = Compile(EvaluationSchema)

/** A batch without items is one evaluation. @throws Problem 400 where it isn't whole */
function requireWhole(batch: Evaluations): Evaluation {
  if (evaluationShape.Check(batch)) return batch
  const errors = inputErrors(evaluationShape.Errors(batch))
  throw problem(400, 'malformed-request', 'Without evaluations this is one, and it lacks something.', errors)
}

function searchRoutes(app: App, parts: RecordsParts): void {
  const subjects = {
    tags: TAGS,
    summary: 'Who may do an action to a resource',
    body: SubjectSearchSchema,
    response: { 200: EntityResultsSchema },
  }
  app.post('/access/v1/search/subject', { schema: subjects, config }, async (request) => {
    return searchSubjects(parts, requireActor(request), request.body)
  })
  const resources = {
    tags: TAGS,
    summary: 'To which resources a user may do an action',
    body: ResourceSearchSchema,
    response: { 200: EntityResultsSchema },
  }
  app.post('/access/v1/search/resource', { schema: resources, config }, async (request) => {
    return searchResources(parts, requireActor(request), request.body)
  })
  const actions = {
    tags: TAGS,
    summary: 'What a user may do to a resource',
    body: ActionSearchSchema,
    response: { 200: ActionResultsSchema },
  }
  app.post('/access/v1/search/action', { schema: actions, config }, async (request) => {
    return searchActions(parts, requireActor(request), request.body)
  })
}
