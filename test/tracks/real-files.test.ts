// One golden file of each kind that people's apps write: the ride is read as it was, or refused with a true reason.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { importTrack } from '../../src/tracks/import-track.ts'
import { FILE_KINDS } from '../support/file-kinds.ts'
import { golden } from './golden-files.ts'

const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('files of real people', () => {
  it.each(Object.entries(FILE_KINDS))('%s', async (name, kind) => {
    const result = await importTrack({ name, bytes: golden(`kinds/${name}`) }, sha256)
    if (kind.failure) {
      expect(result).toMatchObject({ status: 'failed', failure: { code: kind.failure } })
      return
    }
    if (result.status === 'failed') throw new Error(JSON.stringify(result.failure))
    structuredClone(result) // as it goes from the worker to the page
    expect(result.leftOut).toEqual(kind.leftOut ?? {})
    expect(result.isLocalTime).toBe(kind.isLocalTime ?? false)
    const trips = result.trips.map(({ metrics }) => metrics)
    expect(trips.length).toBe(kind.trips?.length)
    kind.trips?.forEach(({ metres, seconds, startedAt, endedAt }, i) => {
      const trip = trips[i]!
      expect(Math.abs(trip.distanceMetres - metres)).toBeLessThanOrEqual(metres / 100)
      if (seconds !== undefined) expect(trip.movingSeconds).toBe(seconds)
      if (startedAt !== undefined) expect(new Date(trip.startedAt)).toEqual(new Date(startedAt))
      if (endedAt !== undefined) expect(new Date(trip.endedAt)).toEqual(new Date(endedAt))
    })
  })
})
