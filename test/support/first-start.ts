/** A backend's first start takes seconds, for a database is made and samples are put into it: once for all journeys of a run, each begins on a copy. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FIRST_START, startServer } from './server.ts'

export default async function setup(): Promise<() => void> {
  const server = await startServer()
  await server.stop()
  const folder = mkdtempSync(join(tmpdir(), 'greentrace-first-'))
  cpSync(server.dataDir, folder, { recursive: true })
  await server.end()
  process.env[FIRST_START] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
