import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../../src/domain/base/time.ts'
import { withoutStrayTimes } from '../../src/domain/evidence/stray-times.ts'
import { importTrack } from '../../src/tracks/import-track.ts'
import { FILE_BYTES_MAX, POINTS_MAX } from '../../src/tracks/track.ts'
import { fitFile } from '../support/fit-writer.ts'
import { golden } from './golden-files.ts'

const sha256 = async () => '0'.repeat(64)
const answer = async (bytes: ArrayBuffer) => (await importTrack({ name: 'x', bytes }, sha256)).status
const failureIn = async (bytes: ArrayBuffer) => {
  const result = await importTrack({ name: 'x', bytes }, sha256)
  return result.status === 'failed' ? result.failure.code : 'read'
}
const isAnswer = async (bytes: ArrayBuffer) => ['ok', 'failed'].includes(await answer(bytes))

describe('whatever a file holds, there is an answer and never a throw', () => {
  it('for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (bytes) => isAnswer(new Uint8Array(bytes).buffer)),
    )
  })

  it('for any bytes after a FIT header', async () => {
    const header = [12, 0x10, 0xd9, 7, 0xff, 0, 0, 0, 0x2e, 0x46, 0x49, 0x54]
    const tail = fc.uint8Array({ maxLength: 300 })
    await fc.assert(fc.asyncProperty(tail, (bytes) => isAnswer(new Uint8Array([...header, ...bytes]).buffer)))
  })

  it('for any text inside a GPX or TCX root', async () => {
    const part = fc.constantFrom(
      ...[
        '<trkpt lat="1" lon="1">',
        '<trkpt lat="x">',
        '</trkpt>',
        '<time>',
        '</time>',
        '<extensions>',
        '</extensions>',
      ],
      ...[
        '<Lap>',
        '</Lap>',
        '<Track>',
        '<Trackpoint>',
        '</Trackpoint>',
        '<![CDATA[',
        ']]>',
        '<!--',
        '-->',
        '&#0;',
        '&x;',
      ],
      ...[
        '2026-05-01T00:00:00Z',
        '<name>',
        '</name>',
        '<trk>',
        '</trk>',
        '<trkseg>',
        '</trkseg>',
        '<?x',
        '\u0000',
      ],
    )
    const root = fc.constantFrom('gpx', 'TrainingCenterDatabase')
    const inside = fc.array(fc.oneof(part, fc.string()), { maxLength: 25 })
    await fc.assert(
      fc.asyncProperty(root, inside, (name, parts) =>
        isAnswer(new TextEncoder().encode(`<${name}>${parts.join('')}</${name}>`).buffer as ArrayBuffer),
      ),
    )
  })

  it.each(['bike-weifang.gpx', 'bike-weifang.tcx', 'bike-weifang.fit'])(
    'for %s cut and changed anywhere',
    async (name) => {
      const whole = new Uint8Array(golden(name)).slice(0, 4000)
      const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255), end: fc.nat(whole.length) })
      await fc.assert(
        fc.asyncProperty(change, ({ at, byte, end }) => {
          const bytes = whole.slice()
          bytes[at] = byte
          return isAnswer(bytes.slice(0, end).buffer)
        }),
        { numRuns: 60 },
      )
    },
  )

  it('for any messages in a FIT file whose checksum is right', async () => {
    const field = fc.record({
      number: fc.constantFrom(0, 1, 2, 5, 253),
      type: fc.constantFrom('enum', 'uint16', 'sint32', 'uint32'),
      value: fc.oneof(fc.integer(), fc.constant(1_160_000_000)),
    })
    const message = fc.record(
      {
        number: fc.constantFrom(0, 12, 18, 20, 21, 500),
        fields: fc.array(field, { maxLength: 6 }),
        compressed: fc.nat(31),
        developerBytes: fc.nat(9),
      },
      { requiredKeys: ['number', 'fields'] },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 12 }), fc.boolean(), (messages, bigEndian) =>
        isAnswer(fitFile(messages, { bigEndian }).buffer),
      ),
    )
  })

  it('for a packed file that unpacks to more than is ever read: it is called too large, and soon', async () => {
    const bomb = gzipSync(new Uint8Array(FILE_BYTES_MAX + 1), { level: 1 })
    expect(await failureIn(new Uint8Array(bomb).buffer)).toBe('too_large')
    expect(await failureIn(new Uint8Array(gzipSync(bomb)).buffer)).toBe('too_large')
  })

  it('for a packed file cut anywhere: damaged, never half a ride', async () => {
    const whole = new Uint8Array(gzipSync(new Uint8Array(golden('kinds/plain.gpx'))))
    for (const share of [0.1, 0.5, 0.9]) {
      const cut = whole.slice(0, Math.floor(whole.length * share)).buffer
      expect(['damaged', 'not_a_track_file']).toContain(await failureIn(cut))
    }
    expect(await answer(new Uint8Array([...whole, 0, 0, 0, 0]).buffer)).toBe('ok')
  })

  it.each([
    ['of a hundred thousand empty members', gzipSync('')],
    ['of starts of members that are none', Buffer.from([0x1f, 0x8b, 8, 0])],
  ])('for a packed file %s: damaged, and soon', async (_what, piece) => {
    const head = gzipSync(Buffer.from('<gpx>'))
    const bytes = new Uint8Array(Buffer.concat([head, ...Array.from({ length: 100_000 }, () => piece)]))
    const begun = performance.now()
    expect(await failureIn(bytes.buffer)).toBe('damaged')
    expect(performance.now() - begun).toBeLessThan(20_000)
  })

  it('for thousands of prefixes, each declared again and again: soon', async () => {
    const prefixes = Array.from({ length: 50_000 }, (_, i) => `xmlns:p${i}="urn:${i}"`).join(' ')
    const text = `<gpx ${prefixes}>${'<a xmlns:b="c"/>'.repeat(100_000)}</gpx>`
    const begun = performance.now()
    expect(await failureIn(new TextEncoder().encode(text).buffer as ArrayBuffer)).toBe('no_points')
    expect(performance.now() - begun).toBeLessThan(20_000)
  })

  it('for as many points as are read, each on a day of its own: soon', () => {
    const stray = (i: number) => ({ lat: 36, lon: 118, at: i * DAY_MS })
    const ride = Array.from({ length: 5 }, (_, i) => ({ lat: 36, lon: 118, at: -DAY_MS - i * 1000 }))
    const points = [...ride, ...Array.from({ length: POINTS_MAX }, (_, i) => stray(i))]
    const begun = performance.now()
    expect(withoutStrayTimes([{ segments: [points] }]).strays).toBe(POINTS_MAX)
    expect(performance.now() - begun).toBeLessThan(10_000)
  })

  it('for a file packed over and over: it has to be unpacked first', async () => {
    let bytes: Uint8Array = new Uint8Array(golden('kinds/plain.gpx'))
    for (let layer = 0; layer < 3; layer++) bytes = new Uint8Array(gzipSync(bytes))
    expect(await failureIn(bytes.slice().buffer as ArrayBuffer)).toBe('packed')
  })
})
