import type { Key, PolicyDocument, RoleDefinition } from '@bailiwick/access'
import type { PolicyPlan } from '@bailiwick/contract'
import { makeStaff, type Staff } from '../../apps/server/src/benchmark/people.ts'
import { Gun } from '../load/fire.ts'
import { startOurs } from '../servers/our-server.ts'
import { askedBy, atMost, type Bench, get, type Measurement, post, type Row, readBody } from './row.ts'

const PREVIEW_MS = 5_000
const APPLY_MS = 100

/** A role with a tenth of all people goes below another one. */
export const reorganizeMeasurements: readonly Measurement[] = [{ name: 'reorganize', run: measure }]

async function measure(bench: Bench): Promise<Row[]> {
  const staff = makeStaff(bench.dataSet.shape)
  const moved = moveOf(staff)
  const people = `${bench.dataSet.shape.fieldSales.toLocaleString('en')} people`
  const preview = await timed(() => send<PolicyPlan>(bench, 'POST', '/api/v1/policy/plan', moved))
  const other = await startOurs(bench.dataSet.place)
  const otherGun = new Gun(other.origin)
  try {
    const look = () => countSeen({ ...bench, ours: otherGun })
    const before = await look()
    const apply = await timed(() => send(bench, 'PUT', '/api/v1/policy', moved))
    const next = await timed(look)
    await send(bench, 'PUT', '/api/v1/policy', { bailiwick: 1, roles: staff.roles })
    const isThere = before !== next.result
    return [
      atMost(PREVIEW_MS, {
        what: `preview of moving a role of ${people}`,
        unit: 'ms',
        ours: preview.took,
        note: told(preview.result),
      }),
      atMost(APPLY_MS, { what: `moving it`, unit: 'ms', ours: apply.took }),
      {
        what: 'the next request, on another process',
        unit: 'ms',
        ours: next.took,
        bar: 'in force',
        met: isThere,
        note: `the superior saw ${before}, and sees ${next.result}`,
      },
    ]
  } finally {
    await otherGun.close()
    await other.stop()
  }
}

/** Below the roles of the people who have only old records, whose superior's page shows at once whether it is in force. */
function moveOf({ roles, special }: Staff): PolicyDocument {
  const role: RoleDefinition = { ...roles[special.fieldSales], parent: special.veteransLead }
  const moved: Record<Key, RoleDefinition> = { ...roles, [special.fieldSales]: role }
  return { bailiwick: 1, roles: moved }
}

async function send<Body>(bench: Bench, method: 'POST' | 'PUT', path: string, body: PolicyDocument): Promise<Body> {
  return readBody<Body>(await bench.ours.ask(askedBy(bench, 'administrator', { ...post(path, body), method })))
}

async function countSeen(bench: Bench): Promise<number> {
  const shot = askedBy(bench, 'oldManager', get('/api/v1/records/accounts?fields=name&limit=1&count=exact'))
  return readBody<{ count: { value: number } }>(await bench.ours.ask(shot)).count.value
}

function told({ effect }: PolicyPlan): string {
  const people = new Set(effect.people.map(({ user }) => user)).size
  return `${people.toLocaleString('en')} people gain or lose something`
}

async function timed<Result>(work: () => Promise<Result>): Promise<{ took: number; result: Result }> {
  const began = performance.now()
  const result = await work()
  return { took: performance.now() - began, result }
}
