import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** The one accent; everything else is grey unless colour means something. */
const bailiwick: MantineColorsTuple = [
  '#eef2ff',
  '#dce4fb',
  '#b6c5f3',
  '#8da4ec',
  '#6a88e6',
  '#5475e2',
  '#486be1',
  '#3451b2',
  '#2d479e',
  '#223a8b',
]

/** Every colour and size of the page: components take them from here by name. */
export const theme = createTheme({
  primaryColor: 'bailiwick',
  primaryShade: { light: 7, dark: 6 },
  colors: { bailiwick },
  autoContrast: true,
  fontFamily:
    "'Inter Variable', 'Noto Sans Arabic Variable', 'Noto Sans SC Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '0.25rem', sm: '0.375rem', md: '0.5rem', lg: '0.75rem', xl: '1rem' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.75rem' },
      h2: { fontSize: '1rem', lineHeight: '1.5rem' },
      h3: { fontSize: '0.875rem', lineHeight: '1.25rem' },
    },
  },
  // Plain objects: components that the first page doesn't show aren't fetched for their defaults.
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Button: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 120 } } },
  },
})

/** Colours that are written have to be read, on white, on black and on a row that is marked (4.5 to 1). */
export const cssVariables: CSSVariablesResolver = ({ colors }) => {
  const written = (red = '', watch = '', good = '') => ({
    '--mantine-color-error': red,
    '--mantine-color-red-text': red,
    '--bw-watch': watch,
    '--bw-good': good,
  })
  return {
    variables: {},
    // The darkest of each is a little too light to be read.
    light: written(darker(colors.red, 88), darker(colors.orange, 80), darker(colors.teal, 84)),
    dark: written(colors.red?.[4], colors.yellow?.[4], colors.teal?.[4]),
  }
}

function darker(tuple: MantineColorsTuple | undefined, percent: number): string {
  return `color-mix(in srgb, ${tuple?.[9]} ${percent}%, black)`
}
