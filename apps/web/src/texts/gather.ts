/** The texts of each folder under its name: `../features/lists/texts/en.json` is `lists`. */
export function gather(files: Readonly<Record<string, unknown>>): Record<string, Readonly<Record<string, unknown>>> {
  return Object.fromEntries(
    Object.entries(files).map(([file, texts]) => [file.split('/').at(-3) ?? '', texts as Record<string, unknown>]),
  )
}
