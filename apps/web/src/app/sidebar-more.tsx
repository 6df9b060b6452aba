/** Ways to what is no module: administration, imports. Empty where none of it is the person's. */
export function SidebarMore() {
  return null
}
