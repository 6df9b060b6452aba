/** Whose approval a change of the policy waits for. */
export function approvalOf(needed: number): string {
  return needed === 1
    ? 'the approval of another person who manages access'
    : `the approval of ${needed} other people who manage access`
}
