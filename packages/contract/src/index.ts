export * from './common.ts'
export * from './problem.ts'
