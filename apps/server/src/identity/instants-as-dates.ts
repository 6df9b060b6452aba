import type {
  KyselyPlugin,
  PluginTransformQueryArgs,
  PluginTransformResultArgs,
  QueryResult,
  RootOperationNode,
  UnknownRow,
} from 'kysely'

const INSTANTS = ['expiresAt', 'createdAt', 'updatedAt', 'accessTokenExpiresAt', 'refreshTokenExpiresAt']

/**
 * Our connections read instants as text; better-auth compares what it reads with a `Date`, and a comparison of text with a `Date` is
 * false whichever way it is asked, so that no session would ever expire. This gives it its dates.
 */
export const instantsAsDates: KyselyPlugin = {
  transformQuery: ({ node }: PluginTransformQueryArgs): RootOperationNode => node,
  transformResult: async ({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> => ({
    ...result,
    rows: result.rows.map(withDates),
  }),
}

function withDates(row: UnknownRow): UnknownRow {
  const dates = INSTANTS.filter((name) => typeof row[name] === 'string').map((name) => [
    name,
    new Date(String(row[name])),
  ])
  return { ...row, ...Object.fromEntries(dates) }
}
