import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const POLL_MS = 200

/**
 * Runs `work` while no other set-up of this folder does: `npm start` and `npm test` of a fresh clone may begin at the
 * same moment, and two installs in one folder break each other. A lock left by a killed set-up is removed.
 */
export async function alone(root, work) {
  const lock = path.join(root, '.cache', 'set-up.pid')
  mkdirSync(path.dirname(lock), { recursive: true })
  while (!take(lock)) {
    if (!isRunning(readHolder(lock))) rmSync(lock, { force: true })
    else await pause(POLL_MS)
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function readHolder(lock) {
  try {
    return Number(readFileSync(lock, 'utf8'))
  } catch {
    return 0
  }
}

function isRunning(pid) {
  // An empty file is one that its holder has made but not yet written: the next look will find the number.
  if (!pid) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
