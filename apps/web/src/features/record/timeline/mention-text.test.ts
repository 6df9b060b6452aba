import { describe, expect, it } from 'vitest'
import { mentions, splitMentions, typedMention, withMention } from './mention-text.ts'

describe('a mention', () => {
  it('is being typed from an @ on, up to the caret, in any script', () => {
    expect(typedMention('Ask @an', 7)).toEqual({ start: 4, word: 'an' })
    expect(typedMention('Ask @', 5)).toEqual({ start: 4, word: '' })
    expect(typedMention('@آنا', 4)).toEqual({ start: 0, word: 'آنا' })
  })

  it('is none inside an address, or once it is done', () => {
    expect(typedMention('anna@exa', 8)).toBeUndefined()
    expect(typedMention('Ask @anna now', 13)).toBeUndefined()
  })

  it('takes the place of what was typed', () => {
    expect(withMention('Ask @an about it', { start: 4, word: 'an' }, 'anna-snelling')).toEqual({
      text: 'Ask @anna-snelling about it',
      caret: 19,
    })
  })

  it('stands in a text by its whole key alone', () => {
    expect(mentions('Ask @anna-snelling.', 'anna-snelling')).toBe(true)
    expect(mentions('Ask @anna-snelling.', 'anna')).toBe(false)
  })

  it('is cut out of a text where the person is among the mentioned, and else stays text', () => {
    expect(splitMentions('Ask @anna, not @bo.', new Set(['anna']))).toEqual([
      { at: 0, text: 'Ask ' },
      { at: 4, text: '@anna', user: 'anna' },
      { at: 9, text: ', not @bo.' },
    ])
  })
})
