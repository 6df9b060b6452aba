#!/usr/bin/env node
/**
 * Starts the command. Plain JavaScript, because it has to run under whatever Node the machine has: one that is older than the
 * version that this repository pins hands over to that.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { isBuilt } from './built.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')
const pinned = path.join(root, 'node_modules', '.bin', 'node')

if (!isOlder(process.versions.node, pinnedVersion())) {
  // What was compiled once needn't be again: a command takes half the time. Where the folder can't be written, nothing is kept.
  module.enableCompileCache(path.join(root, 'node_modules', '.cache', 'bailiwick'))
  const { runCommand } = isBuilt(root) ? await import('../dist/main.js') : await import('../src/main.ts')
  await runCommand(process.argv)
} else if (existsSync(pinned)) handOver()
else {
  console.error(`bailiwick: Node ${process.versions.node} is too old: run "node tools/set-up.mjs" in ${root} first.`)
  process.exitCode = 1
}

function pinnedVersion() {
  return JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).devDependencies.node
}

function isOlder(version, wanted) {
  return version.localeCompare(wanted, 'en', { numeric: true }) < 0
}

/** The child has our terminal, and so a Ctrl-C of its own; what is sent to us alone is passed on. */
function handOver() {
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(`bailiwick: ${pinned} cannot be started: ${error.message}`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0)
  })
}
