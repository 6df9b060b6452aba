import { ACTIONS, compilePolicy, lintRules, type PolicyDocument } from '@bailiwick/access'
import { oracleAllows, oracleLevel } from '@bailiwick/access/oracle'
import { law } from './generate/law.ts'
import { first, unequal } from './generate/readings.ts'
import { arbitraryReorganization } from './generate/reorganizations.ts'

law('a rule that is found to change nothing can go, and nothing changes', arbitraryReorganization(), ({ after }) =>
  first(lintRules(compilePolicy(after.document, after.catalogue)), ({ path, kind }) => {
    const without = { ...after, document: withoutRule(after.document, path) }
    return first(Object.keys(after.document.users ?? {}), (user) =>
      first(
        after.records,
        (record) =>
          unequal(
            `level of ${user} on ${record.id} without the ${kind} ${path}`,
            oracleLevel(without, user, record),
            oracleLevel(after, user, record),
          ) ??
          first(ACTIONS, (action) =>
            unequal(
              `${user} ${action} ${record.id} without the ${kind} ${path}`,
              oracleAllows(without, user, action, record),
              oracleAllows(after, user, action, record),
            ),
          ),
      ),
    )
  }),
)

function withoutRule(document: PolicyDocument, path: string): PolicyDocument {
  const [, section, key] = path.split('/')
  if (section !== 'sharingRules' && section !== 'restrictionRules') throw new Error(`${path} is no rule.`)
  const { [key ?? '']: _gone, ...rest } = document[section] ?? {}
  return { ...document, [section]: rest }
}
