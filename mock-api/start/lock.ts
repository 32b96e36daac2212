/** One process a data folder: PGlite opens the same files twice without complaint, and ruins them. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export class LockedError extends Error {}

/** Takes the lock, also over from a process that is gone; answers how to give it back. */
export function takeLock(folder: string, pid: number): () => void {
  const path = join(folder, 'lock')
  const mine = JSON.stringify({ pid, startedAt: startOf(pid) })
  for (const isLast of [false, true]) {
    try {
      writeFileSync(path, mine, { flag: 'wx' })
      return () => rmSync(path, { force: true })
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error
    }
    const holder = readHolder(path)
    if (isLast || (holder && isAlive(holder, pid)))
      throw new LockedError(
        `${folder} is in use by process ${holder?.pid ?? 'unknown'}; stop it first, or set DATA_DIR to another folder`,
      )
    rmSync(path, { force: true })
  }
  throw new LockedError(folder)
}

interface Holder {
  readonly pid: number
  readonly startedAt: string
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch {
    return undefined // half written by a process that was killed, or just removed
  }
}

function isAlive(holder: Holder, self: number): boolean {
  // In a container the next process often has the number of the last one; then the start time tells them apart.
  if (holder.pid === self || startOf(holder.pid) !== holder.startedAt) return false
  try {
    process.kill(holder.pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

/** When the process began, in the kernel's ticks; empty where there is no /proc, and then the number alone counts. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
