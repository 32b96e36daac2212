import fc from 'fast-check'
import { describe, it } from 'vitest'
import { importTrack } from '../../src/tracks/import-track.ts'
import { golden } from './golden-files.ts'

const sha256 = async () => '0'.repeat(64)
const answer = async (bytes: ArrayBuffer) => (await importTrack({ name: 'x', bytes }, sha256)).status
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
})
