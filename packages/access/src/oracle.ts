/**
 * The access law written naively, for tests alone: from the document as it stands, sentence after sentence of
 * `docs/access-model.md`, nothing compiled, nothing kept between two questions. The engine is held to it on generated organizations.
 */

export { conditionHolds as oracleMeets } from './oracle/conditions.ts'
export {
  oracleAllows,
  oracleAllowsOnModule,
  oracleAudience,
  oracleCanSignIn,
  oracleHasSystemPermission,
  oracleList,
  oracleRestores,
} from './oracle/decisions.ts'
export { oracleFieldAccess, oracleFields } from './oracle/fields.ts'
export {
  type CapKind,
  type GrantKind,
  type OracleCap,
  type OracleGrant,
  oracleCaps,
  oracleGrants,
  oracleLevel,
} from './oracle/levels.ts'
export type { World } from './oracle/world.ts'
