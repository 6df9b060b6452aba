import type { Key, ModuleCatalogue } from '@bailiwick/access'
import type {
  Circumstances,
  ListQuestion,
  MayQuestion,
  Scenario,
  ScenarioLayer,
  ScenarioQuestion,
  ScenarioSession,
  WhoQuestion,
} from '@bailiwick/testkit/scenarios'
import { RecordNames } from './answers.ts'
import { furnishScenario, requireKeeper } from './http-layer.ts'
import type { SignedInOffice } from './signed-in-office.ts'

/** What another program asks of the same policy: whoever manages access asks about everybody, by AuthZEN. */
export function authzenLayer(office: SignedInOffice, catalogue: ModuleCatalogue): ScenarioLayer {
  return {
    name: 'AuthZEN',
    explainsBy: 'kind',
    unable,
    open: async (scenario) => {
      const policy = await furnishScenario(office, scenario, catalogue)
      return sessionOf(scenario, async (path, question, asking) => {
        const body = { ...question, context: { time: new Date(asking.now).toISOString(), ip: asking.ip } }
        const request = { method: 'POST', url: `/access/v1/${path}`, body } as const
        const answer = await office.ask(requireKeeper(policy, asking), request, { now: asking.now })
        if (answer.statusCode !== 200) throw new Error(`The answer was ${answer.statusCode}: ${answer.payload}`)
        return answer.json<Answer>()
      })
    },
  }
}

function unable({ kind, question, answer }: ScenarioQuestion): string | undefined {
  if (kind !== 'may' && kind !== 'list' && kind !== 'who') return 'AuthZEN decides, and says no more'
  if (question.action === 'restore') return 'AuthZEN knows no recycle bin'
  if (kind !== 'list') return undefined
  if (question.filter !== undefined || question.sort !== undefined || question.q !== undefined) {
    return 'a search knows neither filters nor orders'
  }
  return answer === 'refused' ? 'a search finds nothing where a list is refused' : undefined
}

interface Answer {
  readonly decision?: boolean
  readonly results?: readonly { readonly id: string }[]
}

type Ask = (path: string, question: object, asking: Circumstances) => Promise<Answer>

/** The layer has said beforehand that it leaves the other kinds of questions alone. */
function sessionOf(scenario: Scenario, ask: Ask): ScenarioSession {
  const names = new RecordNames(scenario)
  const subject = (user: Key) => ({ type: 'user', id: user })
  const resource = (record: string) => {
    const { module, id } = names.placeOf(record)
    return { type: module, id }
  }
  return {
    may: async ({ user, action, record, module, field, ...asking }: MayQuestion) => {
      const done = { name: action, ...(field !== undefined && { properties: { field } }) }
      const to = record === undefined ? { type: 'module', id: module } : resource(record)
      const asked = { subject: subject(user), action: done, resource: to }
      return (await ask('evaluation', asked, asking)).decision === true
    },
    list: async ({ user, module, action, ...asking }: ListQuestion) => {
      const asked = { subject: subject(user), action: { name: action }, resource: { type: module } }
      return names.keysOf((await ask('search/resource', asked, asking)).results ?? [])
    },
    who: async ({ action, record, ...asking }: WhoQuestion) => {
      const asked = { subject: { type: 'user' }, action: { name: action }, resource: resource(record) }
      return ((await ask('search/subject', asked, asking)).results ?? []).map(({ id }) => id)
    },
    fields: notAsked,
    level: notAsked,
    explain: notAsked,
    aggregate: notAsked,
    request: notAsked,
    close: async () => {},
  }
}

function notAsked(): never {
  throw new Error('AuthZEN decides, and says no more')
}
