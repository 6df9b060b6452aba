import { ModuleListSchema, ModuleParamsSchema, ModuleSchema } from '@bailiwick/contract'
import { requireActor } from '../http/actor.ts'
import { compareStamps, type Routes } from '../http/app.ts'
import { confirmAdmitted } from '../people/admitted-policy.ts'
import { readableModules } from '../people/describe-me.ts'
import { describeModule } from '../people/describe-module.ts'
import type { LivePolicies } from '../policy/live-policy.ts'
import { notFound } from '../problem.ts'

const TAGS = ['modules']

/** The modules that one may read, with the fields that exist for one. */
export function moduleRoutes({ policies }: { readonly policies: LivePolicies }): Routes {
  return (app) => {
    compareStamps(app)
    const list = { tags: TAGS, summary: 'The modules that one may read', response: { 200: ModuleListSchema } }
    app.get('/api/v1/modules', { schema: list }, async (request) => {
      const actor = requireActor(request)
      const snapshot = await confirmAdmitted(policies, actor)
      return { items: readableModules(snapshot, actor).map((module) => describeModule(snapshot, actor, module)) }
    })

    const one = { tags: TAGS, summary: 'One module', params: ModuleParamsSchema, response: { 200: ModuleSchema } }
    app.get('/api/v1/modules/:module', { schema: one }, async (request) => {
      const actor = requireActor(request)
      const snapshot = await confirmAdmitted(policies, actor)
      const module = readableModules(snapshot, actor).find(({ key }) => key === request.params.module)
      if (!module) throw notFound()
      return describeModule(snapshot, actor, module)
    })
  }
}
