import { Skeleton } from '@mantine/core'
import styles from './table.module.css'

interface Props {
  readonly tracks: string
  readonly columns: number
  readonly height: number
  readonly isCards: boolean
}

const ROWS = Array.from({ length: 12 }, (_, index) => index)

/** Where rows are on their way. */
export function SkeletonRows({ tracks, columns, height, isCards }: Props) {
  const cells = Array.from({ length: isCards ? 1 : columns }, (_, index) => index)
  return (
    <div aria-hidden>
      {ROWS.map((row) => (
        <div
          key={row}
          className={styles.row}
          style={{ gridTemplateColumns: isCards ? '1fr' : tracks, blockSize: height }}
        >
          {cells.map((cell) => (
            <div key={cell} className={styles.cell}>
              <Skeleton h={10} w={`${45 + ((row * 7 + cell * 13) % 40)}%`} />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
