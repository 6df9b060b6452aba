import { randomBytes, randomUUIDv7 } from 'node:crypto'
import path from 'node:path'
import { BUILT_IN_MODULES } from '@bailiwick/access'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import type { SweepParts } from './files/file-parts.ts'
import { createAuth } from './identity/auth.ts'
import type { ImportParts } from './imports/import-parts.ts'
import { findLicensed } from './licences/find-licensed.ts'
import { createEncryptedValues } from './modules/encrypted-values.ts'
import type { OrganizationParts } from './organizations/organization-parts.ts'
import { createLivePolicies } from './policy/live-policy.ts'
import { compareRecordsForPolicy } from './records/compared-records.ts'
import { readFactsForPolicy } from './records/policy-ports.ts'
import { deriveSecret } from './secrets.ts'

/** Everything that rooms are made of. */
export interface Parts extends OrganizationParts, ImportParts, SweepParts {
  readonly database: Database
  readonly log: Logger
  readonly config: Config
  /** What everybody of the demonstration company signs in with: the same at every start, and another in every installation. */
  readonly demoPassword: string
}

/** What the program stands on. */
export interface Foundation {
  readonly config: Config
  readonly log: Logger
  readonly database: Database
  readonly masterKey: Buffer
  /** Epoch milliseconds; the machine's clock, unless a test brings its own. */
  readonly now?: () => number
  /** Gives the data folder back. */
  letGo(): void
}

/** What the rooms share, made once. */
export function createParts({ config, log, database, masterKey, now = Date.now }: Foundation): Parts {
  const { publicUrl } = config
  const secret = deriveSecret(masterKey, 'sessions')
  return {
    config,
    log,
    database,
    publicUrl,
    filesFolder: path.join(config.dataFolder, 'files'),
    largestFile: config.largestFile,
    demoPassword: deriveSecret(masterKey, 'demonstration').slice(0, 12),
    catalogue: BUILT_IN_MODULES,
    policies: createLivePolicies(database, {
      catalogue: BUILT_IN_MODULES,
      findLicensed: (organization) => findLicensed(database.control, organization),
    }),
    auth: createAuth({ control: database.control, secret, publicUrl }),
    secrets: createEncryptedValues([masterKey]),
    newId: () => randomUUIDv7(),
    now: () => now(),
    random: (bytes) => randomBytes(bytes),
  }
}

/** What the policy's rooms are lent of the records above them. */
export function policyPartsOf(parts: Parts) {
  return { ...parts, readFacts: readFactsForPolicy, compareRecords: compareRecordsForPolicy }
}
