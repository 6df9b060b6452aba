import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { sayingSo } from './progress.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function terminal(isTTY = true) {
  const written: string[] = []
  return { written, stream: { isTTY, write: (text: string) => written.push(text) > 0 } }
}

const lasting = (ms: number) => new Promise<string>((resolve) => setTimeout(() => resolve('done'), ms))

it('what takes longer than a second is said, and taken away when it is done', async () => {
  const { stream, written } = terminal()
  const told = sayingSo('Counting', lasting(1_500), stream)
  await vi.advanceTimersByTimeAsync(1_100)
  expect(written).toEqual(['Counting …'])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(await told).toBe('done')
  expect(written.slice(1)).toEqual(['\r\u001b[2K'])
})

it('nothing is said of what is quick, nor where nobody looks', async () => {
  const [quick, piped] = [terminal(), terminal(false)]
  const both = Promise.all([
    sayingSo('Counting', lasting(900), quick.stream),
    sayingSo('Counting', lasting(1_500), piped.stream),
  ])
  await vi.advanceTimersByTimeAsync(3_000)
  expect(await both).toEqual(['done', 'done'])
  expect([...quick.written, ...piped.written]).toEqual([])
})

it('what fails is taken away, too', async () => {
  const { stream, written } = terminal()
  const failing = new Promise((_resolve, reject) => setTimeout(() => reject(new Error('no')), 1_500))
  const told = expect(sayingSo('Counting', failing, stream)).rejects.toThrow('no')
  await vi.advanceTimersByTimeAsync(2_000)
  await told
  expect(written).toHaveLength(2)
})
