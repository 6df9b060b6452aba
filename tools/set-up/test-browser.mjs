import { existsSync, readFileSync } from 'node:fs'
import { apt, mayInstall } from './apt.mjs'

/** Where a Chromium or Chrome usually lies; `BAILIWICK_BROWSER` names another. */
function findBrowser() {
  const usual = JSON.parse(readFileSync(new URL('browsers.json', import.meta.url), 'utf8'))
  return [process.env.BAILIWICK_BROWSER, ...usual].find((place) => place && existsSync(place))
}

/** The journeys run in a real browser. Where we may install one and it is missing, we do, with letters for Chinese and Arabic. */
export function provideTestBrowser() {
  if (findBrowser()) return
  if (!mayInstall()) {
    console.error(
      'set-up: no Chromium or Chrome found: install one, or name it in BAILIWICK_BROWSER; journeys are left out.',
    )
    return
  }
  console.error('set-up: installing Chromium for the tests (once) …')
  apt(['update', '-qq'])
  apt(['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
}
