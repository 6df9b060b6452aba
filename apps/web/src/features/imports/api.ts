import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, ask, sendForm } from '../../lib/api/client.ts'
import { isProblem } from '../../lib/api/problem.ts'
import type { paths } from '../../lib/api/schema.d.ts'

type Answer<
  Path extends keyof paths,
  Method extends keyof paths[Path],
  Status extends number,
> = paths[Path][Method] extends {
  responses: Record<Status, { content: { 'application/json': infer Body } }>
}
  ? Body
  : never

export type Preview = Answer<'/api/v1/imports/preview', 'post', 200>
export type PreviewColumn = Preview['columns'][number]
export type ImportState = Answer<'/api/v1/imports/{id}', 'get', 200>
export type OwnImport = Answer<'/api/v1/imports', 'get', 200>['items'][number]
type Remembered = Answer<'/api/v1/imports/mappings', 'get', 200>['items'][number]
export type Mapping = Remembered['mapping']
export type Options = Remembered['options']

/** A file that is to be imported. Once the server has it, its name there is sent in its place. */
export interface ImportSource {
  readonly module: string
  readonly file: File
  upload?: string | undefined
}

export interface ImportWish {
  readonly mapping?: Mapping
  readonly options?: Options
  readonly overwrite?: boolean
  readonly dryRun?: boolean
}

/** What an import would come to. */
export async function previewImport(source: ImportSource, wish: ImportWish): Promise<Preview> {
  const preview = (await sendSource('/api/v1/imports/preview', source, wish)) as Preview
  source.upload = preview.upload
  return preview
}

export async function startImport(source: ImportSource, wish: ImportWish): Promise<ImportState> {
  return (await sendSource('/api/v1/imports', source, wish)) as ImportState
}

/** Whoever thinks for more than an hour sends the file again, and doesn't notice. */
async function sendSource(path: string, source: ImportSource, wish: ImportWish): Promise<unknown> {
  try {
    return await sendForm(path, formOf(source, wish))
  } catch (error) {
    if (!source.upload || !isProblem(error, 422) || !error.byField.has('upload')) throw error
    source.upload = undefined
    return sendForm(path, formOf(source, wish))
  }
}

function formOf({ module, file, upload }: ImportSource, { mapping, options, overwrite, dryRun }: ImportWish): FormData {
  const form = new FormData()
  form.set('module', module)
  if (mapping) form.set('mapping', JSON.stringify(mapping))
  if (options) form.set('options', JSON.stringify(options))
  if (overwrite) form.set('overwrite', 'true')
  if (dryRun) form.set('dryRun', 'true')
  if (upload) {
    form.set('upload', upload)
    form.set('fileName', file.name)
  } else form.set('file', file)
  return form
}

/** How the person mapped columns before. */
export function mappingsQuery(module: string) {
  return queryOptions({
    queryKey: ['imports', 'mappings', module],
    queryFn: () => ask(api.GET('/api/v1/imports/mappings', { params: { query: { module } } })),
  })
}

const AGAIN_AFTER = 700

/** How an import is doing, asked again and again until it has ended. */
export function importQuery(id: string) {
  return queryOptions({
    queryKey: ['imports', 'one', id],
    queryFn: () => ask(api.GET('/api/v1/imports/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data && hasEnded(state.data) ? false : AGAIN_AFTER),
  })
}

export function ownImportsQuery() {
  return infiniteQueryOptions({
    queryKey: ['imports', 'own'],
    queryFn: ({ pageParam }) =>
      ask(api.GET('/api/v1/imports', { params: { query: { limit: 50, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
}

export function hasEnded({ state }: Pick<ImportState, 'state'>): boolean {
  return state !== 'queued' && state !== 'running'
}
