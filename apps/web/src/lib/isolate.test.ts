import { describe, expect, it } from 'vitest'
import { isolate } from './isolate.ts'

describe('what is put into a sentence', () => {
  it('stands by itself where it is read in the other direction', () => {
    expect(isolate('en', 'آنا')).toBe('\u2068آنا\u2069')
    expect(isolate('ar', 'Anna (Oulu)')).toBe('\u2068Anna (Oulu)\u2069')
    expect(isolate('ar', '安娜')).toBe('\u2068安娜\u2069')
  })

  it('is as it is where it is read in the same', () => {
    expect(isolate('fi', 'Anna')).toBe('Anna')
    expect(isolate('zh-Hans', '安娜 Anna')).toBe('安娜 Anna')
    expect(isolate('ar', '١٢ مارس')).toBe('١٢ مارس')
  })

  it('turns nothing around it from within', () => {
    expect(isolate('en', 'آنا\u2069\u202Ex')).toBe('\u2068آناx\u2069')
  })
})
