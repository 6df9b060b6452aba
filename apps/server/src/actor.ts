export type { Actor, Admission, ClaimedKey, Via } from './http/actor.ts'
export { actorName } from './http/actor.ts'
