/** What is sent, and as what. */
export interface HostileBody {
  readonly type: string | undefined
  readonly content: Buffer
}
