import { gather } from './gather.ts'

export const texts = gather(import.meta.glob('../**/texts/ar.json', { eager: true, import: 'default' }))
