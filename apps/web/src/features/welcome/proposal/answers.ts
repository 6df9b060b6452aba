export const BUSINESSES = ['companies', 'people', 'services', 'manufacturing', 'nonProfit'] as const
/** What the organization does: for companies, for people, services, manufacturing, or no profit. */
export type Business = (typeof BUSINESSES)[number]

export const SIZES = ['few', 'some', 'many'] as const
/** How many work with it: up to ten, up to fifty, more. */
export type Size = (typeof SIZES)[number]

export const DEPARTMENTS = ['sales', 'support', 'marketing'] as const
export type Department = (typeof DEPARTMENTS)[number]

export interface Answers {
  readonly business: Business
  readonly size: Size
  readonly departments: readonly Department[]
}
