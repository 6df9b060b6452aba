/** An organization as far as its data is concerned. */
export interface OrganizationPlace {
  readonly id: string
  readonly slug: string
  /** The schema that holds the organization's tables. */
  readonly schema: string
  /** The database role that alone reaches that schema. */
  readonly role: string
}
