import { gather } from './gather.ts'

export const texts = gather(import.meta.glob('../**/texts/fi.json', { eager: true, import: 'default' }))
