/** Amounts have four decimals at most, so that their ten-thousandths are whole numbers, whose sum is exact. */
export function added(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + Math.round(amount * 10_000), 0) / 10_000
}
