/** What can be asked of a group of records. */
export type MeasureOp = 'count' | 'sum' | 'avg' | 'min' | 'max'
