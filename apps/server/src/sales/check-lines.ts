import { isMoney } from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import { invalidInput } from '../problem.ts'
import { isId } from '../records/find-record.ts'
import type { Reading } from '../records/stamped.ts'
import { isReadable } from '../records/within-transaction.ts'
import { isCurrency } from './currency.ts'
import type { StoredLine } from './lines-table.ts'

export interface LineInput {
  readonly product?: string | null
  readonly name: string
  readonly description?: string | null
  readonly quantity: number
  readonly unitPrice: number
  readonly discountPercent?: number | null
  readonly taxPercent?: number | null
}

export interface LinesInput {
  /** Unstated: the record's own. */
  readonly currency?: string
  readonly lines: readonly LineInput[]
}

/**
 * @param known products that stand in the record's lines already: they stay, whoever changes the rest
 * @throws Problem 422 with everything wrong
 */
export async function requireLines(
  reading: Reading,
  input: LinesInput,
  known: ReadonlySet<string>,
): Promise<StoredLine[]> {
  const errors = input.lines.flatMap((line, at) => lineErrors(line).map((error) => inLine(at, error)))
  if (input.currency !== undefined && !isCurrency(input.currency))
    errors.push({ path: '/currency', message: 'must be a currency’s code of ISO 4217, such as EUR' })
  for (const [at, { product }] of input.lines.entries()) {
    if (product && !(await isThere(reading, product.toLowerCase(), known)))
      errors.push(inLine(at, { path: '/product', message: 'names no record that is there' }))
  }
  if (errors.length > 0) throw invalidInput(errors)
  return input.lines.map(storedLine)
}

function inLine(at: number, { path, message }: InputError): InputError {
  return { path: `/lines/${at}${path}`, message }
}

async function isThere(reading: Reading, product: string, known: ReadonlySet<string>): Promise<boolean> {
  return isId(product) && (known.has(product) || (await isReadable(reading, 'products', product)))
}

function lineErrors({ name, quantity, unitPrice, discountPercent, taxPercent }: LineInput): InputError[] {
  const errors: InputError[] = []
  if (name.trim() === '') errors.push({ path: '/name', message: 'must be filled in' })
  if (!isMoney(quantity) || quantity < 0)
    errors.push({ path: '/quantity', message: 'must be 0 or more, of at most 15 digits, four of them decimals' })
  if (!isMoney(unitPrice))
    errors.push({ path: '/unitPrice', message: 'must be an amount of at most 15 digits, four of them decimals' })
  if (!isPercent(discountPercent)) errors.push({ path: '/discountPercent', message: PERCENT })
  if (!isPercent(taxPercent)) errors.push({ path: '/taxPercent', message: PERCENT })
  return errors
}

const PERCENT = 'must be from 0 to 100, with at most four decimals'

function isPercent(value: number | null | undefined): boolean {
  return value === undefined || value === null || (isMoney(value) && value >= 0 && value <= 100)
}

function storedLine({
  product,
  name,
  description,
  quantity,
  unitPrice,
  discountPercent,
  taxPercent,
}: LineInput): StoredLine {
  return {
    product: product ? product.toLowerCase() : null,
    name,
    description: description || null,
    quantity,
    unitPrice,
    discountPercent: discountPercent ?? 0,
    taxPercent: taxPercent ?? 0,
  }
}
