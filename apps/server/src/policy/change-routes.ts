import {
  ChangeParamsSchema,
  ChangesQuerySchema,
  PendingChangeSchema,
  PendingChangesSchema,
  PlannedChangeSchema,
} from '@bailiwick/contract'
import type { FastifyReply } from 'fastify'
import type { Actor } from '../actor.ts'
import { actorName, requireActor } from '../http/actor.ts'
import type { App } from '../http/app.ts'
import { planFor } from '../jobs/plan-job.ts'
import { notFound } from '../problem.ts'
import type { AppliedPolicy } from './apply-policy.ts'
import { changeOf, setVersion } from './change-request.ts'
import { approveChange, type Decision, declineChange, withdrawChange } from './decide-change.ts'
import { documentOfChange, findChange, listChanges, type PendingChange } from './pending-changes.ts'
import type { PolicyRoutesParts } from './policy-parts.ts'
import { asProblem } from './policy-problem.ts'

const TAGS = ['policy']
const PAGE = 50

/** Changes that others have to approve before they count. */
export function changeRoutes(app: App, parts: PolicyRoutesParts): void {
  readRoutes(app, parts)
  const decisions = [
    ['approve', 'Approve a change; the last approval that it takes applies it', approveChange],
    ['decline', 'Turn a change down', declineChange],
    ['withdraw', 'Take one’s own change back', withdrawChange],
  ] as const
  for (const [name, summary, decide] of decisions) {
    const schema = { tags: TAGS, summary, params: ChangeParamsSchema, response: { 200: PendingChangeSchema } }
    app.post(`/api/v1/policy/changes/:id/${name}`, { schema }, async (request) => {
      const actor = requireActor(request)
      const { organization, author: by, now } = changeOf(actor)
      const decision: Decision = { organization, by, now, id: Number(request.params.id) }
      return presentChange(actor, await orProblem(decide(parts.database, decision, parts)))
    })
  }
}

function readRoutes(app: App, parts: PolicyRoutesParts): void {
  const { database } = parts
  const list = {
    tags: TAGS,
    summary: 'Changes of the policy that needed approval, newest first',
    querystring: ChangesQuerySchema,
    response: { 200: PendingChangesSchema },
  }
  app.get('/api/v1/policy/changes', { schema: list }, async (request) => {
    const actor = requireActor(request)
    const { limit = PAGE, before } = request.query
    const page = { limit: Number(limit) + 1, after: before === undefined ? undefined : Number(before) }
    const found = await listChanges(database.organization(actor.organization), page)
    const items = found.slice(0, Number(limit)).map((change) => {
      const { changes, ...rest } = presentChange(actor, change)
      return { ...rest, changes: changes.length }
    })
    return { items, next: found.length > Number(limit) ? (items.at(-1)?.id ?? null) : null }
  })

  const one = {
    tags: TAGS,
    summary: 'One change with its document, and what it would do as long as it can be approved',
    params: ChangeParamsSchema,
    response: { 200: PlannedChangeSchema },
  }
  app.get('/api/v1/policy/changes/:id', { schema: one }, async (request) => {
    const actor = requireActor(request)
    const organization = database.organization(actor.organization)
    const change = await findChange(organization, Number(request.params.id))
    if (!change) throw notFound()
    const document = await documentOfChange(organization, change.id)
    const { destroy, state } = change
    const plan = state === 'pending' ? await planFor(parts, actor, { document, destroy }) : undefined
    return { ...presentChange(actor, change), document: { ...document }, ...(plan && { plan }) }
  })
}

/** The answer to a change: what was applied, or, as a 202, what waits. */
export async function sendApplied(
  { database }: PolicyRoutesParts,
  actor: Actor,
  reply: FastifyReply,
  { version, changes, pending }: AppliedPolicy,
) {
  if (pending === undefined) {
    void setVersion(reply, version)
    return { version, changes }
  }
  const change = await findChange(database.organization(actor.organization), pending)
  if (!change) throw new Error('The change that was kept is not there')
  void reply.code(202).header('location', `/api/v1/policy/changes/${pending}`)
  return presentChange(actor, change)
}

/** As it is told to whoever asks; he manages access, or is the operator. */
export function presentChange(actor: Actor, { difference, ...change }: PendingChange) {
  const { state, author, approvals } = change
  const name = actorName(actor)
  const isOpen = state === 'pending' || state === 'stale'
  const hasApproved = approvals.some(({ by }) => by === name)
  const approve = state === 'pending' && name !== author && name !== 'operator' && !hasApproved
  const may = { approve, decline: isOpen && name !== author, withdraw: isOpen && name === author }
  return { ...change, changes: difference, may }
}

async function orProblem<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw asProblem(error)
  }
}
