import { gather } from './gather.ts'

export const texts = gather(import.meta.glob('../**/texts/sv.json', { eager: true, import: 'default' }))
