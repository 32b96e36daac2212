// A file that builds of 2026-11-21 could read claims what they claimed: as its trip's digest, or as the file's beside each of its trips.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { importTrack } from '../../src/tracks/import-track.ts'
import { golden } from './golden-files.ts'

const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
/** Written by the importer of those builds. */
const digests = JSON.parse(
  readFileSync(new URL('../golden/tracks/old-digests.json', import.meta.url), 'utf8'),
) as Record<string, string>

it.each(Object.entries(digests))('%s', async (name, old) => {
  const result = await importTrack({ name, bytes: golden(name) }, sha256)
  if (result.status === 'failed') throw new Error(result.failure.code)
  const [trip, ...others] = result.trips
  if (others.length === 0 && !result.isLocalTime) expect(trip).toMatchObject({ digest: old })
  else for (const each of result.trips) expect(each.file).toBe(old)
  if (trip?.digest === old) expect(trip.file).toBeUndefined()
})
