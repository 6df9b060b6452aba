import { Avatar } from '@mantine/core'

/** The initials of a person or team; decoration, since the name stands beside it or in its label. */
export function PersonAvatar({ name, size = 28 }: { readonly name: string; readonly size?: number }) {
  return (
    <Avatar size={size} radius="xl" color="bailiwick" variant="light" aria-hidden>
      {initials(name)}
    </Avatar>
  )
}

/** The first letters of the first and the last word; of a name in Chinese, its last two characters. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = words[0] ?? ''
  if (/^\p{Script=Han}+$/u.test(first) && words.length === 1) return [...first].slice(-2).join('')
  const last = words.length > 1 ? (words.at(-1) ?? '') : ''
  return `${[...first][0] ?? ''}${[...last][0] ?? ''}`.toLocaleUpperCase()
}
