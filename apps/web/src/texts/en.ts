import { gather } from './gather.ts'

export const texts = gather(import.meta.glob('../**/texts/en.json', { eager: true, import: 'default' }))
