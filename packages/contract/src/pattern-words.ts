/** What texts of a pattern are, for who sent another: a regular expression is no answer. Every pattern of the contract has its words. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['^[A-Za-z][A-Za-z0-9_-]{0,62}$', 'a key: a letter, then letters, digits, - and _, at most 63 in all'],
  ['^[a-z][a-z0-9-]{0,49}$', 'a short name: a small letter, then small letters, digits and -, at most 50 in all'],
  ['^[^\\s@]+@[^\\s@]+$', 'an e-mail address'],
  ['^[1-9]\\d{0,8}$', 'a whole number from 1 on, of at most nine digits'],
  ['^([1-9]\\d?|1\\d\\d|200)$', 'a whole number from 1 to 200'],
  ['^\\d{1,4}$', 'a whole number of at most four digits'],
  ['^[^\\u0000-\\u001f]*[^\\s\\u0000-\\u001f][^\\u0000-\\u001f]*$', 'a text of one line that is not blank'],
  ['^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$', 'the id of a record'],
])

export function wordsOfPattern(pattern: string): string | undefined {
  return WORDS.get(pattern)
}
