export type { Actor, Admission, Via } from './http/actor.ts'
export { actorName } from './http/actor.ts'
