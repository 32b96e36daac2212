/**
 * Before all journeys of a run. A backend's first start takes seconds, for a database is made and samples are put into it: once, and each journey
 * begins on a copy. A browser that starts faster is unpacked.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { preferShell } from './browser.ts'
import { FIRST_START, startServer } from './server.ts'

export default async function setup(): Promise<() => void> {
  await preferShell()
  const server = await startServer()
  await server.stop()
  const folder = mkdtempSync(join(tmpdir(), 'greentrace-first-'))
  cpSync(server.dataDir, folder, { recursive: true })
  await server.end()
  process.env[FIRST_START] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
