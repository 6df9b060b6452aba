import type { InjectOptions } from 'fastify'
import { IDS } from './siege-records.ts'

/** What is asked of a route that makes sense, on a thing of Anna's (or of whom the ids say). */
export type Sound = (at?: { readonly module?: string; readonly id?: string }) => InjectOptions

const own = { module: 'things', id: IDS.thing }
const JOB = IDS.missing

const get =
  (path: string): Sound =>
  (at) => ({ method: 'GET', url: fill(path, at) })
const send =
  (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: (at: typeof own) => object): Sound =>
  (at) => ({ method, url: fill(path, at), ...(body && { body: body({ ...own, ...at }) }) })

function fill(path: string, at: Parameters<Sound>[0]): string {
  const { module, id } = { ...own, ...at }
  return path.replaceAll('{module}', module).replace('{id}', id)
}

const subject = { type: 'user', id: 'anna' }
const resource = ({ module, id }: typeof own) => ({ type: module, id })
const read = { name: 'read' }
const policy = { bailiwick: 1 }
const item = '/api/v1/records/{module}/{id}'
const LINES = { lines: [{ name: 'Chair', quantity: 1, unitPrice: 10 }] }

/** Every way to the data, and the routes that each takes: what is in no description of the interface is missing here. */
export const INTERFACES = {
  list: { 'GET /api/v1/records/{module}': get('/api/v1/records/{module}?count=exact&sort=name') },
  detail: {
    'POST /api/v1/records/{module}': send('POST', '/api/v1/records/{module}', () => ({ name: 'New' })),
    'GET /api/v1/records/{module}/{id}': get(item),
    'PATCH /api/v1/records/{module}/{id}': send('PATCH', item, () => ({ name: 'Other' })),
    'DELETE /api/v1/records/{module}/{id}': send('DELETE', item),
    'POST /api/v1/records/{module}/{id}/restore': send('POST', `${item}/restore`),
    'POST /api/v1/records/{module}/{id}/transfer': send('POST', `${item}/transfer`, () => ({ owner: 'user:anna' })),
    'POST /api/v1/records/{module}/{id}/confidential': send('POST', `${item}/confidential`, () => ({
      confidential: true,
    })),
    'POST /api/v1/records/{module}/{id}/undo': send('POST', `${item}/undo`, () => ({ version: 1 })),
    'GET /api/v1/records/{module}/{id}/shares': get(`${item}/shares`),
    'POST /api/v1/records/{module}/{id}/shares': send('POST', `${item}/shares`, () => ({
      with: 'user:anna',
      level: 'read',
    })),
    'DELETE /api/v1/records/{module}/{id}/shares': send('DELETE', `${item}/shares?with=user:anna`),
    'POST /api/v1/records/{module}/{id}/break-glass': send('POST', `${item}/break-glass`, () => ({
      reason: 'An emergency',
      minutes: 30,
    })),
    'POST /api/v1/records/{module}/shares': send('POST', '/api/v1/records/{module}/shares', ({ id }) => ({
      ids: [id],
      grants: [{ with: 'user:anna', level: 'read' }],
    })),
  },
  related: { 'GET /api/v1/records/{module}/{id}/related': get(`${item}/related`) },
  /** A parameter of the list; through all modules at once; and for the likes of a record. */
  search: {
    'GET /api/v1/search': get('/api/v1/search?q=a&modules={module}'),
    'POST /api/v1/records/{module}/duplicates': send('POST', '/api/v1/records/{module}/duplicates', ({ id }) => ({
      values: { name: 'Open thing', code: 'A-1' },
      exceptId: id,
    })),
  },
  aggregate: {
    'POST /api/v1/records/{module}/aggregate': send('POST', '/api/v1/records/{module}/aggregate', () => ({
      groupBy: ['name'],
    })),
  },
  export: {
    'POST /api/v1/exports': send('POST', '/api/v1/exports', ({ module }) => ({ module, format: 'csv' })),
    'POST /api/v1/exports/preview': send('POST', '/api/v1/exports/preview', ({ module }) => ({ module })),
    'GET /api/v1/exports': get('/api/v1/exports'),
    'GET /api/v1/exports/{id}': get(`/api/v1/exports/${JOB}`),
    'GET /api/v1/exports/{id}/file': get(`/api/v1/exports/${JOB}/file`),
  },
  import: {
    'POST /api/v1/imports/preview': (at) => upload({ ...own, ...at }.module, '/api/v1/imports/preview'),
    'GET /api/v1/imports': get('/api/v1/imports'),
    'GET /api/v1/imports/mappings': (at) => ({ url: `/api/v1/imports/mappings?module=${{ ...own, ...at }.module}` }),
    'POST /api/v1/imports/{id}/undo': send('POST', `/api/v1/imports/${JOB}/undo`, () => ({})),
    'POST /api/v1/imports': (at) => upload({ ...own, ...at }.module),
    'GET /api/v1/imports/{id}': get(`/api/v1/imports/${JOB}`),
    'GET /api/v1/imports/{id}/rejected.csv': get(`/api/v1/imports/${JOB}/rejected.csv`),
  },
  story: {
    'GET /api/v1/records/{module}/{id}/comments': get(`${item}/comments`),
    'POST /api/v1/records/{module}/{id}/comments': send('POST', `${item}/comments`, () => ({ text: 'a' })),
    'PATCH /api/v1/records/{module}/{id}/comments/{commentId}': send('PATCH', `${item}/comments/${JOB}`, () => ({
      text: 'a',
    })),
    'DELETE /api/v1/records/{module}/{id}/comments/{commentId}': send('DELETE', `${item}/comments/${JOB}`),
    'GET /api/v1/records/{module}/{id}/history': get(`${item}/history`),
    'GET /api/v1/records/{module}/{id}/timeline': get(`${item}/timeline`),
  },
  files: {
    'GET /api/v1/records/{module}/{id}/files': get(`${item}/files`),
    'POST /api/v1/records/{module}/{id}/files': (at) => attachment({ ...own, ...at }),
    'GET /api/v1/files/{fileId}': get(`/api/v1/files/${JOB}`),
    'DELETE /api/v1/files/{fileId}': send('DELETE', `/api/v1/files/${JOB}`),
  },
  jobs: {
    'GET /api/v1/jobs/{id}': get(`/api/v1/jobs/${JOB}`),
    'POST /api/v1/jobs/{id}/cancel': send('POST', `/api/v1/jobs/${JOB}/cancel`),
    'POST /api/v1/records/{module}/mass': send('POST', '/api/v1/records/{module}/mass', ({ id }) => ({
      ids: [id],
      set: { name: 'Other' },
    })),
  },
  /** What leads, quotes, orders and budgets can do beyond being records. */
  sales: {
    'GET /api/v1/records/quotes/{id}/lines': get('/api/v1/records/quotes/{id}/lines'),
    'PUT /api/v1/records/quotes/{id}/lines': send('PUT', '/api/v1/records/quotes/{id}/lines', () => LINES),
    'GET /api/v1/records/orders/{id}/lines': get('/api/v1/records/orders/{id}/lines'),
    'PUT /api/v1/records/orders/{id}/lines': send('PUT', '/api/v1/records/orders/{id}/lines', () => LINES),
    'GET /api/v1/records/leads/{id}/convert': get('/api/v1/records/leads/{id}/convert'),
    'POST /api/v1/records/leads/{id}/convert': send('POST', '/api/v1/records/leads/{id}/convert', () => ({
      contact: { create: { name: 'Ada' } },
    })),
    'POST /api/v1/records/quotes/{id}/order': send('POST', '/api/v1/records/quotes/{id}/order'),
    'GET /api/v1/records/quotes/{id}/document.pdf': get('/api/v1/records/quotes/{id}/document.pdf?language=fi'),
    'GET /api/v1/records/budgets/{id}/actuals': get('/api/v1/records/budgets/{id}/actuals'),
  },
  views: {
    'GET /api/v1/views': get('/api/v1/views?module={module}'),
    'POST /api/v1/views': send('POST', '/api/v1/views', ({ module }) => ({
      module,
      name: 'Open ones',
      layout: 'list',
      definition: { columns: ['name'], sort: 'name' },
    })),
    'PATCH /api/v1/views/{id}': send('PATCH', `/api/v1/views/${JOB}`, () => ({ name: 'Others' })),
    'DELETE /api/v1/views/{id}': send('DELETE', `/api/v1/views/${JOB}`),
  },
  /** What one keeps for oneself, of what one reads. */
  preferences: {
    'GET /api/v1/me/preferences': get('/api/v1/me/preferences'),
    'PATCH /api/v1/me/preferences': send('PATCH', '/api/v1/me/preferences', ({ module, id }) => ({
      theme: 'dark',
      favourites: [{ kind: 'record', module, id }],
    })),
    'POST /api/v1/me/recent': send('POST', '/api/v1/me/recent', ({ module, id }) => ({ module, id })),
    'GET /api/v1/me/shortcuts': get('/api/v1/me/shortcuts'),
  },
  demonstration: {
    'GET /api/v1/demonstration': get('/api/v1/demonstration'),
    'DELETE /api/v1/demonstration': send('DELETE', '/api/v1/demonstration', () => ({ name: 'Nowhere' })),
  },
  policy: {
    'GET /api/v1/policy': get('/api/v1/policy'),
    'PUT /api/v1/policy': send('PUT', '/api/v1/policy', () => policy),
    'GET /api/v1/policy/schema.json': get('/api/v1/policy/schema.json'),
    'POST /api/v1/policy/plan': send('POST', '/api/v1/policy/plan', () => policy),
    'GET /api/v1/policy/plans/{id}': get(`/api/v1/policy/plans/${JOB}`),
    'POST /api/v1/policy/test': send('POST', '/api/v1/policy/test', () => policy),
    'GET /api/v1/policy/versions': get('/api/v1/policy/versions'),
    'GET /api/v1/policy/versions/{number}': get('/api/v1/policy/versions/1'),
    'GET /api/v1/policy/versions/{number}/diff/{other}': get('/api/v1/policy/versions/1/diff/2'),
    'GET /api/v1/policy/changes': get('/api/v1/policy/changes'),
    'GET /api/v1/policy/changes/{id}': get('/api/v1/policy/changes/1'),
    'POST /api/v1/policy/changes/{id}/approve': send('POST', '/api/v1/policy/changes/1/approve'),
    'POST /api/v1/policy/changes/{id}/decline': send('POST', '/api/v1/policy/changes/1/decline'),
    'POST /api/v1/policy/changes/{id}/withdraw': send('POST', '/api/v1/policy/changes/1/withdraw'),
    'POST /api/v1/policy/versions/{number}/restore': send('POST', '/api/v1/policy/versions/1/restore'),
  },
  explanation: {
    'GET /api/v1/records/{module}/{id}/explain': get(`${item}/explain?action=update`),
    'GET /api/v1/records/{module}/{id}/audience': get(`${item}/audience`),
    'GET /api/v1/records/{module}/{id}/access': get(`${item}/access`),
    'POST /api/v1/records/{module}/{id}/access/preview': send('POST', `${item}/access/preview`, () => ({
      share: { with: 'group:sellers', level: 'read' },
    })),
    'GET /api/v1/records/{module}/{id}/mentionable': get(`${item}/mentionable`),
  },
  authzen: {
    'GET /.well-known/authzen-configuration': get('/.well-known/authzen-configuration'),
    'POST /access/v1/evaluation': send('POST', '/access/v1/evaluation', (at) => ({
      subject,
      action: read,
      resource: resource(at),
    })),
    'POST /access/v1/evaluations': send('POST', '/access/v1/evaluations', (at) => ({
      subject,
      action: read,
      evaluations: [{ resource: resource(at) }],
    })),
    'POST /access/v1/search/subject': send('POST', '/access/v1/search/subject', (at) => ({
      subject: { type: 'user' },
      action: read,
      resource: resource(at),
    })),
    'POST /access/v1/search/resource': send('POST', '/access/v1/search/resource', ({ module }) => ({
      subject,
      action: read,
      resource: { type: module },
    })),
    'POST /access/v1/search/action': send('POST', '/access/v1/search/action', (at) => ({
      subject,
      resource: resource(at),
    })),
  },
  description: {
    'GET /api/v1/me': get('/api/v1/me'),
    'GET /api/v1/directory': get('/api/v1/directory?q=a&kind=user,team,role,group'),
    'GET /api/v1/modules': get('/api/v1/modules'),
    'GET /api/v1/modules/{module}': get('/api/v1/modules/{module}'),
  },
  identity: {
    'POST /api/auth/sign-in/email': send('POST', '/api/auth/sign-in/email', () => ({
      email: 'a@b.example',
      password: 'wrong',
    })),
    'GET /api/auth/session': get('/api/auth/session'),
    'POST /api/auth/sign-out': send('POST', '/api/auth/sign-out'),
    'POST /api/auth/change-password': send('POST', '/api/auth/change-password', () => ({
      currentPassword: 'wrong horse battery',
      newPassword: 'another horse battery',
    })),
    'POST /api/v1/me/organization': send('POST', '/api/v1/me/organization', () => ({ organization: 'sudwind' })),
  },
  /** Who can sign in, and the links by which people get their first sign-in. */
  invitations: {
    'GET /api/v1/people': get('/api/v1/people'),
    'POST /api/v1/people/{key}/invitation': send('POST', '/api/v1/people/anna/invitation', () => ({ language: 'fi' })),
    'DELETE /api/v1/people/{key}/invitation': send('DELETE', '/api/v1/people/anna/invitation'),
    'GET /api/auth/invitation': get('/api/auth/invitation?token=none'),
    'POST /api/auth/invitation': send('POST', '/api/auth/invitation', () => ({
      token: 'none',
      password: 'another horse battery',
    })),
  },
  notifications: {
    'GET /api/v1/notifications': get('/api/v1/notifications'),
    'POST /api/v1/notifications/read': send('POST', '/api/v1/notifications/read', () => ({ all: true })),
    'GET /api/v1/notifications/settings': get('/api/v1/notifications/settings'),
    'PUT /api/v1/notifications/settings': send('PUT', '/api/v1/notifications/settings', () => ({
      changed: { live: true, mail: 'digest' },
    })),
  },
  audit: { 'GET /api/v1/audit': get('/api/v1/audit?module={module}&record={id}') },
  /** What goes out by mail, of notifications. */
  mail: {},
  events: {
    'GET /api/v1/events': (at) => ({
      method: 'GET',
      url: fill('/api/v1/events?watch={module}:{id}&module={module}&seconds=0', at),
      headers: { accept: 'text/event-stream' },
    }),
    'POST /api/v1/records/{module}/{id}/presence': send('POST', `${item}/presence`, () => ({ editing: true })),
  },
  /** What is said where something is refused: every route's. */
  errors: {},
  /** Answers that are kept and given back, where a request says `Idempotency-Key`: every route's that writes. */
  idempotency: {},
  /** Over the operator's socket, where the command line says whom it acts for. */
  operator: {},
  running: {
    'GET /healthz': get('/healthz'),
    'GET /readyz': get('/readyz'),
    'GET /metrics': get('/metrics'),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Sound>>>>

export type Interface = keyof typeof INTERFACES

/** Every route of the table, by its name. */
export const SOUND_REQUESTS: ReadonlyMap<string, Sound> = new Map(
  Object.values(INTERFACES).flatMap((routes: Readonly<Record<string, Sound>>) => Object.entries(routes)),
)

function upload(module: string, url = '/api/v1/imports'): InjectOptions {
  const field = `--b\r\nContent-Disposition: form-data; name="module"\r\n\r\n${module}\r\n`
  const file =
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nname\r\nImported\r\n\r\n--b--\r\n'
  const headers = { 'content-type': 'multipart/form-data; boundary=b' }
  return { method: 'POST', url, headers, payload: field + file }
}

function attachment({ module, id }: typeof own): InjectOptions {
  const payload = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nIn the file\r\n--b--\r\n'
  const headers = { 'content-type': 'multipart/form-data; boundary=b' }
  return { method: 'POST', url: `/api/v1/records/${module}/${id}/files`, headers, payload }
}
