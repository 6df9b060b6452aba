/** Begins to change the first field that may be changed. */
export function editFirst(): void {
  // Behind the menu, which gives the focus back first.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-edit]')?.click())
}
