import { readFileSync } from 'node:fs'

/** Counted after the command name: the state is the third field of the line, the start time the twenty-second. */
const START_TIME = 22 - 3

/** When a process began, in clock ticks since the machine did; nothing where the system has no /proc or it is gone. */
export function beganAt(pid: number): string | undefined {
  try {
    return startTimeIn(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return undefined
  }
}

/** The command stands in parentheses and may itself hold spaces and parentheses: count from the last one (proc(5)). */
export function startTimeIn(stat: string): string | undefined {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_TIME]
}
