import { ActorChanged, requireActor } from '../http/actor.ts'
import type { App } from '../http/app.ts'
import { confirmAdmitted } from '../people/admitted-policy.ts'
import type { LivePolicies } from '../policy/live-policy.ts'

/**
 * Sees to it that no answer of a route leaves for somebody remembered whose stamp nothing compared. Handlers compare it by what they
 * answer from; where one didn't, the database is asked here. One that met another actor behind the credential is asked again for that one.
 */
export function answerUnderStamp(app: App, policies: LivePolicies): void {
  app.addHook('onRoute', (route) => {
    const { handler } = route
    route.handler = async function (request, reply) {
      const actor = requireActor(request)
      if (!actor.admission) return handler.call(this, request, reply)
      try {
        try {
          return await handler.call(this, request, reply)
        } finally {
          // What this throws takes the place of the answer, and of a refusal as well.
          if (!actor.admission.isConfirmed) await confirmAdmitted(policies, actor)
        }
      } catch (error) {
        if (!(error instanceof ActorChanged)) throw error
        request.actor = error.actor
        return handler.call(this, request, reply)
      }
    }
  })
}
