import type { PeerKey } from '../options.ts'
import type { Deal } from '../world/deals.ts'
import type { Engine } from './engine.ts'
import { versionOf } from './require-package.ts'

/** The libraries among the peers; each is loaded when it is its turn, so that one that can't be doesn't keep the others. */
export const LIBRARIES = {
  casl: async (deals) => (await import('./casl.ts')).openCasl(deals, versionOf('@casl/ability')),
  casbin: async (deals) => (await import('./casbin.ts')).openCasbin(deals, versionOf('casbin')),
  cedar: async (deals) => (await import('./cedar.ts')).openCedar(deals, versionOf('@cedar-policy/cedar-wasm')),
} satisfies { readonly [peer in PeerKey]?: (deals: readonly Deal[]) => Promise<Engine> }

export type LibraryKey = keyof typeof LIBRARIES
