import { useTranslation } from 'react-i18next'

type Id = string | number
interface Event {
  readonly active: { readonly id: Id }
}
interface EventOver extends Event {
  readonly over: { readonly id: Id } | null
}

/** What a screen reader hears while something is dragged. */
export function useAnnouncements(nameOf: (id: Id) => string, placeOf: (id: Id) => string) {
  const { t } = useTranslation()
  return {
    screenReaderInstructions: { draggable: t('lists:board.instructions') },
    announcements: {
      onDragStart: ({ active }: Event) => t('lists:board.taken', { name: nameOf(active.id) }),
      onDragOver: ({ over }: EventOver) =>
        over ? t('lists:board.over', { column: placeOf(over.id) }) : t('lists:board.nowhere'),
      onDragEnd: ({ over }: EventOver) =>
        over ? t('lists:board.dropped', { column: placeOf(over.id) }) : t('lists:board.cancelled'),
      onDragCancel: () => t('lists:board.cancelled'),
    },
  }
}
