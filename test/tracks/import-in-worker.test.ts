import { describe, expect, it } from 'vitest'
import { importTrackInWorker } from '../../src/tracks/import-in-worker.ts'
import type { TrackImport } from '../../src/tracks/import-track.ts'
import { golden } from './golden-files.ts'

const file = { file: { name: 'ride.fit', bytes: golden('bike-weifang.fit') } }
const failed: TrackImport = { status: 'failed', failure: { code: 'damaged' } }

/** A worker's outside: remembers what it was sent and whether it was ended. */
function standIn() {
  const log: string[] = []
  const worker = {
    onmessage: null as ((event: { data: unknown }) => void) | null,
    onerror: null as ((event: { message: string }) => void) | null,
    postMessage: () => log.push('sent'),
    terminate: () => log.push('ended'),
  }
  return { log, worker, openWorker: () => worker as unknown as Worker }
}

describe('import in a worker', () => {
  it('hands on the answer and ends the worker', async () => {
    const { log, worker, openWorker } = standIn()
    const answer = importTrackInWorker(file, { openWorker })
    worker.onmessage?.({ data: { result: failed } })
    expect(await answer).toEqual(failed)
    expect(log).toEqual(['sent', 'ended'])
  })

  it('cancelling ends the worker and rejects with the reason', async () => {
    const { log, openWorker } = standIn()
    const stop = new AbortController()
    const answer = importTrackInWorker(file, { openWorker, signal: stop.signal })
    stop.abort('cancelled')
    await expect(answer).rejects.toBe('cancelled')
    expect(log).toEqual(['sent', 'ended'])
  })

  it('cancelled before it begins, it opens nothing', async () => {
    const { log, openWorker } = standIn()
    await expect(importTrackInWorker(file, { openWorker, signal: AbortSignal.abort('no') })).rejects.toBe(
      'no',
    )
    expect(log).toEqual([])
  })

  it('a worker that breaks rejects instead of waiting for ever', async () => {
    const first = standIn()
    const broken = importTrackInWorker(file, { openWorker: first.openWorker })
    first.worker.onerror?.({ message: 'no memory' })
    await expect(broken).rejects.toThrow('no memory')
    const second = standIn()
    const refused = importTrackInWorker(file, { openWorker: second.openWorker })
    second.worker.onmessage?.({ data: { error: 'no hashing' } })
    await expect(refused).rejects.toThrow('no hashing')
  })
})
