export const BUILT: string
export function isBuilt(root: string): boolean
