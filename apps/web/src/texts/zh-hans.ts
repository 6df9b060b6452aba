import { gather } from './gather.ts'

export const texts = gather(import.meta.glob('../**/texts/zh-Hans.json', { eager: true, import: 'default' }))
