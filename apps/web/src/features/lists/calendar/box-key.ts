/** Names what is dragged: a record may have a part on each of several days. */
export function keyOf({ record, day }: { readonly record: { readonly id: string }; readonly day: string }): string {
  return `${day}/${record.id}`
}
