/** The data folder is its owner's alone, 0700 with files of 0600: whatever is written from now on, and what an older start or a restore has left. */
import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const OTHERS = 0o077
/** Folders in it that are ours. What else lies there is touched at the top only: the folder may be one that a person also uses otherwise. */
const OWN_FOLDERS = ['pglite', 'content']

/** For whatever the process itself writes. PGlite gives its files modes of its own: those are closed when it has. Answers what could not be. */
export function keepPrivate(dataDir: string): string[] {
  process.umask(OTHERS)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  return tighten(dataDir)
}

/** Takes from others what they may; the owner's own rights stay. Links are not followed. */
export function tighten(dataDir: string): string[] {
  const left: string[] = []
  close(dataDir, left)
  for (const entry of readdirSync(dataDir, { withFileTypes: true })) {
    const path = join(dataDir, entry.name)
    if (entry.isFile()) close(path, left)
    if (!entry.isDirectory() || !OWN_FOLDERS.includes(entry.name)) continue
    close(path, left)
    for (const below of readdirSync(path, { withFileTypes: true, recursive: true }))
      if (below.isFile() || below.isDirectory()) close(join(below.parentPath, below.name), left)
  }
  return left
}

function close(path: string, left: string[]): void {
  try {
    const mode = lstatSync(path).mode & 0o777
    if ((mode & OTHERS) !== 0) chmodSync(path, mode & ~OTHERS)
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    if (code === 'ENOENT') return // gone in the meantime
    // Somebody else's file, or a file system without modes: said, and no reason not to start.
    if (!['EPERM', 'EROFS', 'ENOTSUP', 'EACCES'].includes(code)) throw error
    left.push(path)
  }
}
