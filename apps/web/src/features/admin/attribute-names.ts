import type { PolicyDocument } from '@bailiwick/access'

/** What conditions can ask of people: what everybody has, and what some are said to have. */
export function attributeNames({ users = {} }: PolicyDocument): readonly string[] {
  const said = Object.values(users).flatMap(({ attributes = {} }) => Object.keys(attributes))
  return [...new Set(['id', 'role', ...said.toSorted()])]
}
