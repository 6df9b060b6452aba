/** Paper is white: whatever is printed is printed as it looks in light. */
export function printInLight(): void {
  const { dataset } = document.documentElement
  let before: string | undefined
  addEventListener('beforeprint', () => {
    before ??= dataset.mantineColorScheme
    dataset.mantineColorScheme = 'light'
  })
  addEventListener('afterprint', () => {
    if (before !== undefined) dataset.mantineColorScheme = before
    before = undefined
  })
}
