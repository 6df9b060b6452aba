import { type Condition, OPERATORS } from '@bailiwick/access'
import { isMapping } from './overlay.ts'
import { ScenarioMistake } from './reader.ts'

/** A condition by its shape alone; whether its fields and values fit the module is for the layers to say. */
export function readCondition(value: unknown, path: string): Condition {
  if (isCondition(value)) return value
  throw new ScenarioMistake(path, 'a condition is expected: all, any, not, or field and op')
}

function isCondition(value: unknown): value is Condition {
  if (!isMapping(value)) return false
  const keys = Object.keys(value).join()
  if (keys === 'all') return isConditions(value.all)
  if (keys === 'any') return isConditions(value.any)
  if (keys === 'not') return isCondition(value.not)
  if (keys === 'field,op') return isOperator(value.op)
  return keys === 'field,op,value' && isOperator(value.op)
}

function isConditions(value: unknown): boolean {
  return Array.isArray(value) && value.every(isCondition)
}

function isOperator(value: unknown): boolean {
  return OPERATORS.some((operator) => operator === value)
}
