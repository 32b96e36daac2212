/**
 * Who was deleted, outside the database and its backups: a backup from before a deletion must not bring anybody back. One signed receipt a
 * line, synced to disk before the deletion is answered; several processes may append to one file.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Tombstones {
  /** Compact JWS of deletion receipts, oldest first. */
  read(): readonly string[]
  append(receipt: string): void
}

/** Readable by its owner only: it says when an account ended. */
const MODE = 0o600

/** Throws when the file cannot be written: better at the start than at a deletion. */
export function openTombstones(path: string): Tombstones {
  mkdirSync(dirname(path), { recursive: true })
  closeSync(openSync(path, 'a', MODE))
  return {
    read: () => linesOf(readFileSync(path, 'utf8')),
    append(receipt) {
      const file = openSync(path, 'a', MODE)
      try {
        // One write on a file opened to append: lines of two processes do not mix. A line cut by a crash is closed by the next one.
        writeSync(file, `${endsOpen(path) ? '\n' : ''}${receipt}\n`)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
    },
  }
}

function endsOpen(path: string): boolean {
  const text = readFileSync(path, 'utf8')
  return text !== '' && !text.endsWith('\n')
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}
