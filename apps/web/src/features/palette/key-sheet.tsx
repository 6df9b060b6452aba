import { Kbd, Modal, Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)
const MOD = isMac ? '⌘' : 'Ctrl'

/** Which keys do what, by place. */
const KEYS = [
  {
    place: 'everywhere',
    keys: [
      ['palette', [MOD, 'K']],
      ['sheet', ['?']],
      ['home', ['Alt', 'H']],
    ],
  },
  {
    place: 'list',
    keys: [
      ['find', ['/']],
      ['next', ['J']],
      ['previous', ['K']],
      ['select', ['X']],
      ['open', ['Enter']],
      ['editCell', ['F2']],
    ],
  },
  {
    place: 'record',
    keys: [
      ['edit', ['E']],
      ['comment', ['C']],
      ['share', ['S']],
      ['cancel', ['Esc']],
    ],
  },
] as const

/** The sheet of keys, behind `?`. */
export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('palette:keys')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      size="md"
    >
      {KEYS.map(({ place, keys }) => (
        <Table key={place} withRowBorders={false} verticalSpacing={4}>
          <Table.Caption fw={600} ta="start" style={{ captionSide: 'top' }}>
            {t(`palette:place.${place}`)}
          </Table.Caption>
          <Table.Tbody>
            {keys.map(([name, strokes]) => (
              <Table.Tr key={name}>
                <Table.Td>{t(`palette:key.${name}`)}</Table.Td>
                <Table.Td ta="end" dir="ltr">
                  {strokes.map((stroke) => (
                    <Kbd key={stroke} ms={4}>
                      {stroke}
                    </Kbd>
                  ))}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ))}
    </Modal>
  )
}
