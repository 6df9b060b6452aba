import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { SHAPES, type Shape } from '../apps/server/src/benchmark/shape.ts'

export interface Options {
  readonly shape: Shape
  /** Parts of measurements' names; empty: all. */
  readonly only: readonly string[]
  readonly seconds: number
  readonly growth: boolean
  /** Where the data set is, or will be. */
  readonly folder: string
  readonly keep: boolean
}

export const USAGE = `npm run bench -- [--size small|full] [--only name,…] [--seconds 3] [--growth] [--data folder] [--keep]

  --size     small: 100,000 accounts and 300,000 deals of 1,000 people; full: ten times that (small unless stated)
  --only     measurements whose names hold one of these: page-newest, read, update, …
  --seconds  how long each row fires at either server
  --growth   doubles records, people and rules, and tells how each row grows
  --data     the folder of the data set; one in the system's temporary folder unless stated
  --keep     use the data set that is there, though tables or generator have changed since`

/** @throws where an option is unknown or makes no sense */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      size: { type: 'string', default: 'small' },
      only: { type: 'string', default: '' },
      seconds: { type: 'string', default: '3' },
      growth: { type: 'boolean', default: false },
      data: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  })
  const shape = SHAPES[values.size]
  if (!shape) throw new Error(`--size is one of ${Object.keys(SHAPES).join(', ')}`)
  const seconds = Number(values.seconds)
  if (!(seconds > 0)) throw new Error('--seconds is a number above nothing')
  const folder = path.resolve(values.data ?? path.join(tmpdir(), `bailiwick-bench-${shape.name}`))
  const only = values.only.split(',').filter((name) => name !== '')
  return { shape, only, seconds, growth: values.growth, folder, keep: values.keep }
}
