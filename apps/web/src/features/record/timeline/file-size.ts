import { useFormats } from '../../../lib/format.ts'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** How large a file is, in the unit that reads best. */
export function useFileSize(): (bytes: number) => string {
  const { locale } = useFormats()
  return (bytes) => {
    const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1)
    const unit = UNITS[step] ?? 'byte'
    const format = new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: step === 0 ? 0 : 1 })
    return format.format(bytes / 1_000 ** step)
  }
}
