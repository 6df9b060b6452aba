import { Group, NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Options, Preview } from './api.ts'

const SEPARATORS = [
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
  ['|', 'bar'],
] as const

/** By names that other programs know them by. */
const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-15',
  'macintosh',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-kr',
] as const

interface Props {
  readonly preview: Preview | undefined
  readonly reading: Options
  readonly onChange: (reading: Options) => void
}

/** How the file was found to be written; each can be said otherwise. */
export function ReadingSettings({ preview, reading, onChange }: Props) {
  const { t } = useTranslation()
  const isBook = preview?.kind === 'xlsx' || reading.sheet !== undefined
  return (
    <Group gap="md" align="end">
      {isBook ? (
        <Select
          label={t('imports:reading.sheet')}
          data={[...(preview?.sheets ?? (reading.sheet ? [reading.sheet] : []))]}
          value={reading.sheet ?? preview?.sheet ?? null}
          onChange={(sheet) => sheet && onChange({ ...reading, sheet })}
          allowDeselect={false}
        />
      ) : (
        <OfText preview={preview} reading={reading} onChange={onChange} />
      )}
      <NumberInput
        label={t('imports:reading.headerRow')}
        value={reading.headerRow ?? preview?.headerRow ?? 1}
        onChange={(row) => typeof row === 'number' && row >= 1 && row <= 20 && onChange({ ...reading, headerRow: row })}
        min={1}
        max={20}
        hideControls
        allowDecimal={false}
        w="11rem"
      />
    </Group>
  )
}

function OfText({ preview, reading, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <Select
        label={t('imports:reading.encoding')}
        data={ENCODINGS}
        value={reading.encoding ?? preview?.encoding ?? null}
        onChange={(next) => {
          const encoding = ENCODINGS.find((one) => one === next)
          if (encoding) onChange({ ...reading, encoding })
        }}
        searchable
        allowDeselect={false}
        w="11rem"
      />
      <Select
        label={t('imports:reading.separator')}
        data={SEPARATORS.map(([value, name]) => ({ value, label: t(`imports:separators.${name}`) }))}
        value={reading.separator ?? preview?.separator ?? null}
        onChange={(next) => {
          const found = SEPARATORS.find(([one]) => one === next)
          if (found) onChange({ ...reading, separator: found[0] })
        }}
        allowDeselect={false}
        w="11rem"
      />
    </>
  )
}
