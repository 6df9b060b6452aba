/** Does something once the page shows what was drawn last: the answer to a click comes first, and what takes longer after it. */
export function afterPaint(work: () => void): void {
  requestAnimationFrame(() => setTimeout(work))
}
