export { type Change, changeDocument, changeFacts, isOfRecord } from './change.ts'
export { findWays, type Refusal, type Way } from './find-ways.ts'
