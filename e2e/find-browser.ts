import { existsSync, readFileSync } from 'node:fs'

/** A Chromium or Chrome of this machine, or nothing: then journeys are left out, and the set-up has said so. */
export function findBrowser(): string | undefined {
  const usual: string[] = JSON.parse(readFileSync(new URL('../tools/set-up/browsers.json', import.meta.url), 'utf8'))
  return [process.env.BAILIWICK_BROWSER, ...usual].find((place) => place !== undefined && existsSync(place))
}
