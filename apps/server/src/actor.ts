export type { Actor, Via } from './http/actor.ts'
export { actorName } from './http/actor.ts'
