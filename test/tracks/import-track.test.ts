import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { importTrack, type TrackImport } from '../../src/tracks/import-track.ts'
import { FILE_BYTES_MAX, NAME_LENGTH_MAX, POINTS_MAX } from '../../src/tracks/track.ts'
import { fitFile, recordMessage } from '../support/fit-writer.ts'
import { bikeRide, fitOf, record } from '../support/tracks.ts'
import { contentOf, generated, golden } from './golden-files.ts'

const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const bytesOf = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer
const importBytes = (bytes: ArrayBuffer, name = 'file') => importTrack({ name, bytes }, sha256)
const importText = (text: string) => importBytes(bytesOf(text))
const tripsOf = (result: TrackImport) => (result.status === 'ok' ? result.trips : [])
const failureOf = (result: TrackImport) => (result.status === 'failed' ? result.failure : result.status)

const head = '<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><name>路</name>'
const point = (second: number, extra = '') =>
  `<trkpt lat="36.7" lon="${(119 + second * 1e-4).toFixed(7)}"><time>2026-05-01T08:00:${String(second).padStart(2, '0')}Z</time>${extra}</trkpt>`
const gpx = (inside: string) => `${head}<trkseg>${inside}</trkseg></trk></gpx>`

describe('golden files', () => {
  it.each(Object.keys(generated))('%s is what the generator writes', (name) => {
    const [stored, written] = [
      contentOf(name, new Uint8Array(golden(name))),
      contentOf(name, generated[name]!),
    ]
    expect(Buffer.compare(stored, written)).toBe(0)
  })

  it('one ride gives one digest and the same numbers as GPX, TCX and FIT', async () => {
    const results = await Promise.all(
      ['gpx', 'tcx', 'fit'].map((format) => importBytes(golden(`bike-weifang.${format}`))),
    )
    for (const result of results) {
      expect(result).toMatchObject({ status: 'ok', leftOut: {}, isLocalTime: false })
      expect(tripsOf(result)).toMatchObject([
        {
          guess: 'bike',
          digest: '59928022bdf5a18745547b92fe51c32aa2b6b031ac6b1893de87434834206a9f',
          metrics: {
            startedAt: Date.UTC(2026, 4, 12, 0, 5, 0),
            distanceMetres: 8912, // of 8,899 that were ridden
            movingSeconds: 1757,
            points: 1477,
            maxSpeedMetresPerHour: 21_535,
            missingMetres: 0,
            jumps: 0,
          },
        },
      ])
    }
  })

  it('a bus ride under the bay tells what was not received, and is taken for a vehicle', async () => {
    const result = await importBytes(golden('bus-qingdao-tunnel.gpx'))
    expect(result).toMatchObject({ status: 'ok', name: '隧道公交', trips: [{ guess: 'vehicle' }] })
    const { metrics } = tripsOf(result)[0]!
    // More than a fifth of the whole: not bridged, though 3.2 km in four minutes would do for a bus.
    expect(metrics).toMatchObject({ bridgedMetres: 0, missingSeconds: 248 })
    expect(Math.abs(metrics.missingMetres - 3200)).toBeLessThan(50)
    expect(Math.abs(metrics.distanceMetres - 6980)).toBeLessThan(50)
  })

  it('a file is known by its content, whatever it is called', async () => {
    expect(await importBytes(golden('bike-weifang.fit'), '骑行.gpx')).toMatchObject({
      format: 'fit',
    })
  })

  it.each([
    ['web-page.gpx', { code: 'not_a_track_file' }],
    ['route-without-times.gpx', { code: 'no_times', points: 200 }],
    ['bike-weifang-truncated.fit', { code: 'damaged' }],
  ])('%s is refused with its reason', async (name, failure) => {
    expect(failureOf(await importBytes(golden(name)))).toEqual(failure)
  })
})

describe('what other tools write', () => {
  it('a point without a time does not shift the times of those after it, and is told', async () => {
    const result = await importText(gpx(`${point(1)}<trkpt lat="36.7" lon="119.5"/>${point(2)}${point(3)}`))
    const metrics = {
      startedAt: Date.UTC(2026, 4, 1, 8, 0, 1),
      endedAt: Date.UTC(2026, 4, 1, 8, 0, 3),
      points: 3,
    }
    expect(result).toMatchObject({ trips: [{ metrics }], leftOut: { untimed: 1 } })
  })

  it('a segment of a single point counts', async () => {
    const text = gpx(`${point(1)}</trkseg><trkseg>${point(2)}</trkseg><trkseg>${point(3)}`)
    expect(await importText(text)).toMatchObject({ trips: [{ metrics: { points: 3 } }] })
  })

  it('tracks stand in the order of time, and the first of the file names it', async () => {
    const second = `${point(5)}${point(6)}</trkseg></trk><trk><name>二</name><trkseg>${point(1)}${point(2)}`
    const result = await importText(gpx(second))
    expect(result).toMatchObject({ name: '路', trips: [{ metrics: { points: 4 } }] })
  })

  it('a time without a zone is Shandong’s on every phone, and the digest of older builds is kept beside', async () => {
    const plain = gpx(point(1) + point(2))
    const bare = plain.replaceAll('Z</time>', '</time>')
    const ahead = plain.replaceAll('T08:', 'T00:')
    const [read, same, old] = [await importText(bare), await importText(ahead), await importText(plain)]
    expect(read).toMatchObject({ isLocalTime: true })
    expect(tripsOf(read)[0]).toMatchObject({
      digest: tripsOf(same)[0]!.digest,
      file: tripsOf(old)[0]!.digest,
    })
    expect(tripsOf(same)[0]?.file).toBeUndefined()
  })

  it('UTF-16 and GBK files read like UTF-8', async () => {
    const plain = gpx(point(1) + point(2))
    const utf16 = Buffer.from(`\uFEFF${plain}`, 'utf16le')
    const gbk = Buffer.from(
      plain.replace('"1.0"', '"1.0" encoding="GBK"').replace('路', '\u00C2\u00B7'),
      'latin1',
    )
    for (const bytes of [utf16, gbk]) {
      expect(await importBytes(new Uint8Array(bytes).buffer)).toEqual(await importText(plain))
    }
  })

  it.each(['UTF-8', 'utf-16'])('a title in GB18030 is read where the file calls it %s', async (label) => {
    const [before, after] = gpx(point(1) + point(2))
      .replace('"1.0"', `"1.0" encoding="${label}"`)
      .split('路')
    // 滨河绿道
    const title = Buffer.from('b1f5bad3c2ccb5c0', 'hex')
    const bytes = Buffer.concat([Buffer.from(before!), title, Buffer.from(after!)])
    expect(await importBytes(new Uint8Array(bytes).buffer)).toMatchObject({ status: 'ok', name: '滨河绿道' })
  })

  it('sensors, heights and a long title change neither digest nor numbers', async () => {
    const sensors = '<ele>12</ele><extensions><a:hr xmlns:a="urn:a">120</a:hr></extensions><extensions/>'
    const plain = await importText(gpx(point(1) + point(2)))
    const rich = await importText(gpx(point(1, sensors) + point(2, sensors)).replace('路', '长'.repeat(500)))
    expect(tripsOf(rich)).toEqual(tripsOf(plain))
    expect(rich.status === 'ok' && rich.name?.length).toBe(NAME_LENGTH_MAX)
  })

  it('a device without a clock has places but no times', async () => {
    const fit = fitOf(record(bikeRide).map(({ lat, lon }, i) => ({ lat, lon, at: (631_065_600 + i) * 1000 })))
    expect(failureOf(await importBytes(fit.buffer))).toMatchObject({ code: 'no_times' })
  })

  it('waypoints alone are no points, a route is a plan', async () => {
    expect(failureOf(await importText(`${head}</trk><wpt lat="1" lon="1"/></gpx>`))).toEqual({
      code: 'no_points',
    })
    const route = '<rte><rtept lat="1" lon="1"/><rtept lat="2" lon="1"/></rte>'
    expect(failureOf(await importText(`${head}</trk>${route}</gpx>`))).toEqual({
      code: 'planned',
      points: 2,
    })
  })
})

describe('limits and hostile files', () => {
  it('a file above the size limit is not even looked at', async () => {
    const sizeBytes = FILE_BYTES_MAX + 1
    const failure = { code: 'too_large', sizeBytes, maxBytes: FILE_BYTES_MAX }
    expect(failureOf(await importBytes(new ArrayBuffer(sizeBytes)))).toEqual(failure)
  })

  it('too many points are refused while reading; other tags cost nothing', async () => {
    const failure = { code: 'too_many_points', maxPoints: POINTS_MAX }
    const many = '<trkpt lat="1" lon="1"></trkpt>'.repeat(POINTS_MAX + 1)
    expect(failureOf(await importText(gpx(many)))).toEqual(failure)
    expect(failureOf(await importText(gpx('<x/>'.repeat(300_000))))).toEqual({ code: 'no_points' })
    const still = { lat: 36.7, lon: 119.1, at: Date.UTC(2026, 4, 1) }
    const same = recordMessage(still)
    const fit = fitFile(Array.from({ length: POINTS_MAX + 2 }, () => same))
    expect(failureOf(await importBytes(fit.buffer))).toEqual(failure)
  }, 60_000)

  it('entities are refused, not expanded', async () => {
    const bomb = '<!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    expect(failureOf(await importText(gpx(point(1)).replace('?>', `?>${bomb}`)))).toEqual({
      code: 'not_a_track_file',
    })
  })

  it.each([
    ['cut off in the middle', gpx(point(1) + point(2)).slice(0, 200)],
    ['with a tag that is never closed', gpx(`${point(1)}<extensions>`.repeat(50))],
  ])('XML %s is damaged', async (_, text) => {
    expect(failureOf(await importText(text))).toEqual({ code: 'damaged' })
  })

  it('tags nested ten thousand deep are no track file', async () => {
    const deep = `${'<a>'.repeat(10_000)}${point(1)}${point(2)}${'</a>'.repeat(10_000)}`
    expect(failureOf(await importText(gpx(deep)))).toEqual({ code: 'not_a_track_file' })
  })

  it('places outside the world and the century are said to be none, not to be missing', async () => {
    const text = gpx(point(1) + point(2)).replaceAll('lat="36.7"', 'lat="99"')
    expect(failureOf(await importText(text))).toEqual({ code: 'unreadable_places', points: 2 })
  })
})
