/** The mark of the product; decoration beside its name. */
export function Logo({ size = 24 }: { readonly size?: number }) {
  return <img src="/icon.svg" width={size} height={size} alt="" />
}
