import { useEffect, useState } from 'react'
import classes from './tour.module.css'
import type { Target } from './tour-steps.ts'

const GAP = 4

/** A frame around what a step is about, where that is on the page. */
export function TourFrame({ target }: { readonly target: Target }) {
  const [place, setPlace] = useState<DOMRect>()
  useEffect(() => {
    const look = () => setPlace(document.querySelector(`[data-tour="${target}"]`)?.getBoundingClientRect())
    look()
    window.addEventListener('resize', look)
    return () => window.removeEventListener('resize', look)
  }, [target])
  if (!place || place.width === 0 || place.right <= 0 || place.left >= window.innerWidth) return null
  const style = {
    top: place.top - GAP,
    left: place.left - GAP,
    width: place.width + 2 * GAP,
    height: place.height + 2 * GAP,
  }
  return <div className={classes.frame} style={style} aria-hidden />
}
