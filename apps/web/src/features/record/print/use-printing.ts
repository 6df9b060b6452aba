import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** By then the page is as wide again as it was. */
const SETTLED_MS = 100

/** Whether the page is being printed. It is so before the browser looks at what there is to print. */
export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true))
    const end = () => void setTimeout(() => setPrinting(false), SETTLED_MS)
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
    return () => {
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
    }
  }, [])
  return isPrinting
}
