// A FIT device's own timer and sessions say what was recorded.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { importTrack } from '../../src/tracks/import-track.ts'
import { type FitMessageText, fileId, fitFile, recordMessage, timerMessage } from '../support/fit-writer.ts'
import { RIDE_AT, straightRide } from '../support/straight-ride.ts'

const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const tripsIn = async (messages: readonly FitMessageText[]) => {
  const result = await importTrack({ name: 'x', bytes: fitFile([fileId(), ...messages]).buffer }, sha256)
  return result.status === 'ok' ? result.trips : []
}
const records = (after: number, from: number) =>
  straightRide({ at: RIDE_AT + after * 1000, from, every: 10 }).map(recordMessage)
const timer = (after: number, type: 'start' | 'stop') => timerMessage(RIDE_AT + after * 1000, type)

describe('a stopped timer', () => {
  it('for a coffee leaves one trip; the minutes are not ridden', async () => {
    const rest = await tripsIn([
      ...records(0, 0),
      timer(300, 'stop'),
      timer(900, 'start'),
      ...records(900, 1500),
    ])
    expect(rest.map(({ metrics }) => metrics)).toMatchObject([
      { distanceMetres: expect.closeTo(3000, -2), movingSeconds: 600 },
    ])
  })

  it('also silences what is recorded meanwhile, but for the second in which it stopped', async () => {
    const [trip, ...others] = await tripsIn([
      ...records(0, 0).slice(0, -1),
      timer(300, 'stop'),
      ...records(0, 0).slice(-1),
      ...records(310, 1550),
      timer(700, 'start'),
      ...records(700, 1500),
    ])
    expect(others).toEqual([])
    expect(trip?.metrics).toMatchObject({ distanceMetres: expect.closeTo(3000, -2), movingSeconds: 600 })
  })

  it('that never ran was not what recorded', async () => {
    expect(await tripsIn([timer(0, 'stop'), ...records(10, 0)])).toMatchObject([
      { metrics: { distanceMetres: 1500 } },
    ])
  })
})
