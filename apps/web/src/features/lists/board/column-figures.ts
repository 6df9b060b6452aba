export interface ColumnFigures {
  readonly count: number
  readonly sum: number | undefined
}
