import type { LaunchOptions } from 'playwright-core'

/** How the browser is started: it talks to nobody but the server, and takes root for what it is in a container. */
export function launchOptions(executablePath: string): LaunchOptions {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return { executablePath, args: [...asRoot, '--disable-background-networking', '--disable-quic'] }
}
