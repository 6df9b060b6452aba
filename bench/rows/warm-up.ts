import { ringOf } from '../load/ring.ts'
import { warmUp } from '../load/warm-up.ts'
import { askedBy, type Bench, get, post, readBody } from './row.ts'

/** For each server and each kind of question. */
const SECONDS = 6

/** Both servers answer pages, records and checks before anything is measured, as they do all day. */
export async function warmUpServers(bench: Bench): Promise<void> {
  const { ours, bare, dataSet } = bench
  const page = askedBy(bench, 'viewer', get('/api/v1/records/accounts?limit=200'))
  const ids = readBody<{ items: { id: string }[] }>(await ours.ask(page)).items.map(({ id }) => id)
  const next = ringOf(ids)
  const subject = { type: 'user', id: dataSet.cast.manager }
  const check = () => ({ subject, action: { name: 'update' }, resource: { type: 'accounts', id: next() } })
  await warmUp(
    [
      { gun: ours, next: () => askedBy(bench, 'manager', get('/api/v1/records/accounts?limit=50')) },
      { gun: bare, next: () => get('/accounts?sort=newest') },
      { gun: ours, next: () => askedBy(bench, 'viewer', get(`/api/v1/records/accounts/${next()}`)) },
      { gun: bare, next: () => get(`/accounts/${next()}`) },
      { gun: ours, next: () => askedBy(bench, 'manager', post('/access/v1/evaluation', check())) },
    ],
    SECONDS,
  )
}
