import type { PolicyDifference } from '@bailiwick/contract'
import { stringify } from 'yaml'
import { faint, green, red, yellow } from '../text/paint.ts'
import { clean, widthOf, wrap } from '../text/paragraph.ts'

const LONGEST_VALUE = 200

/** A line for each difference: what was added, removed or changed, where, and to what. */
export function changeLines(changes: readonly PolicyDifference[]): string[] {
  const width = widthOf(process.stdout)
  return changes.map((change) => wrap(`  ${lineOf(change)}`, width, 6))
}

function lineOf({ path, kind, before, after }: PolicyDifference): string {
  if (kind === 'added') return `${green('+')} ${path} ${faint(valueText(after))}`
  if (kind === 'removed') return `${red('-')} ${path} ${faint(valueText(before))}`
  if (Array.isArray(before) && Array.isArray(after)) return `${yellow('~')} ${path} ${faint(listChange(before, after))}`
  return `${yellow('~')} ${path} ${faint(`${valueText(before)} → ${valueText(after)}`)}`
}

/** Of a list, what came and what went. */
function listChange(before: readonly unknown[], after: readonly unknown[]): string {
  const without = (list: readonly unknown[], other: readonly unknown[]) => {
    const others = new Set(other.map(valueText))
    return list.map(valueText).filter((text) => !others.has(text))
  }
  const parts = [
    ...without(after, before).map((text) => `+ ${text}`),
    ...without(before, after).map((text) => `- ${text}`),
  ]
  return shorten(parts.length === 0 ? 'in another order' : parts.join(', '))
}

function valueText(value: unknown): string {
  return shorten(clean(stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim().replace(/\s+/g, ' ')))
}

function shorten(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)} …` : text
}
