import { stripVTControlCharacters } from 'node:util'

/** What goes to a file or a pipe is left in long lines, for other programs. */
export function widthOf(stream: { readonly isTTY?: boolean; readonly columns?: number }): number {
  return stream.isTTY ? Math.max(20, stream.columns ?? 80) : Number.POSITIVE_INFINITY
}

/** Breaks a line between words. Further lines stand under the first, `indent` characters in. Colours take no room. */
export function wrap(line: string, width: number, indent = leadingSpaces(line) + 2): string {
  if (lengthOf(line) <= width) return line
  const lines: string[] = []
  let current = ''
  for (const word of line.split(/(?<=\S) +/)) {
    if (current !== '' && lengthOf(current) + 1 + lengthOf(word) > width) {
      lines.push(current)
      current = ' '.repeat(indent) + word
    } else current = current === '' ? word : `${current} ${word}`
  }
  return [...lines, current].join('\n')
}

export function lengthOf(text: string): number {
  return stripVTControlCharacters(text).length
}

function leadingSpaces(line: string): number {
  return line.length - line.trimStart().length
}

/** Control characters in what somebody named something would steer the terminal: they are shown as what they aren't. */
export function clean(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => (character === '\n' ? character : '\ufffd'))
}

/** `1 record`, `2 records`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}
