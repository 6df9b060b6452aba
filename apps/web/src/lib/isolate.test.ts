import { describe, expect, it } from 'vitest'
import { formatsFor } from './format.ts'
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

  it('is read in the sentence’s direction where it is a list, and each of its parts in its own', () => {
    const list = (locale: string, items: readonly string[]) => formatsFor(locale).list(items)
    expect(list('ar', ['Anna', 'Bo'])).toBe('\u2068Anna\u2069 و\u2068Bo\u2069')
    expect(isolate('ar', list('ar', ['Anna', 'Bo']))).toBe('\u2067\u2068Anna\u2069 و\u2068Bo\u2069\u2069')
    expect(isolate('en', list('en', ['آنا', 'Bo']))).toBe('\u2066\u2068آنا\u2069 and Bo\u2069')
    expect(isolate('fi', list('fi', ['Anna', 'Bo']))).toBe('Anna ja Bo')
  })

  it('stands in the line’s direction beside others, and nothing is there for what is empty', () => {
    const beside = (locale: string, items: readonly string[]) => formatsFor(locale).beside(items)
    expect(beside('ar', ['Anna', '', 'Bo'])).toBe('\u2068Anna\u2069 · \u2068Bo\u2069')
    expect(beside('fi', ['Anna', 'آنا'])).toBe('Anna · \u2068آنا\u2069')
  })

  it('isn’t taken for a list where its parts don’t end, or turn it', () => {
    expect(isolate('ar', 'Anna \u2068Bo')).toBe('\u2068Anna Bo\u2069')
    expect(isolate('ar', '\u2068Anna\u2069\u2069 Bo')).toBe('\u2068Anna Bo\u2069')
    expect(isolate('ar', '\u2068Anna\u2069 \u202EBo')).toBe('\u2068Anna Bo\u2069')
  })
})
