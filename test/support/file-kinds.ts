// One small file of each kind that people's apps write, with the right answer: the goldens, and what the bench counts.
import { gzipSync } from 'node:zlib'
import type { LeftOut } from '../../src/domain/evidence/left-out.ts'
import type { TrackPoint } from '../../src/domain/evidence/track-grid.ts'
import type { TrackFailure } from '../../src/tracks/track.ts'
import {
  fileId,
  fitFile,
  fitSeconds,
  placeFields,
  recordMessage,
  sessionMessage,
  stampField,
  timerMessage,
} from './fit-writer.ts'
import { moved, placeEast, RIDE_AT, straightRide } from './straight-ride.ts'
import { gpxOf, tcxOf } from './tracks.ts'

export interface ExpectedTrip {
  readonly startedAt?: number
  readonly endedAt?: number
  readonly metres: number
  readonly seconds?: number
}

export interface FileKind {
  readonly bytes: Uint8Array
  readonly trips?: readonly ExpectedTrip[]
  readonly failure?: TrackFailure['code']
  readonly leftOut?: LeftOut
  readonly isLocalTime?: true
}

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const DAY_MS = 24 * HOUR_MS
const ride = straightRide({ every: 10 })
const gpx = gpxOf(ride)
const tcx = tcxOf(ride)
const once: ExpectedTrip = { startedAt: RIDE_AT, endedAt: RIDE_AT + 300_000, metres: 1500, seconds: 300 }
const anyTime: ExpectedTrip = { metres: 1500, seconds: 300 }

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16 = (text: string, isBig = false): Uint8Array => {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le')
  return new Uint8Array(isBig ? bytes.swap16() : bytes)
}
const utf32 = (text: string, isBig = false): Uint8Array => {
  const codes = Array.from(`\uFEFF${text}`, (letter) => letter.codePointAt(0) ?? 0)
  const view = new DataView(new ArrayBuffer(4 * codes.length))
  for (const [i, code] of codes.entries()) view.setUint32(4 * i, code, !isBig)
  return new Uint8Array(view.buffer)
}
/** Packed in parts that stand one behind the other. */
const gzipMembers = (bytes: Uint8Array, ...cuts: readonly number[]): Uint8Array =>
  new Uint8Array(
    Buffer.concat([0, ...cuts].map((from, i) => gzipSync(bytes.subarray(from, cuts[i] ?? bytes.length)))),
  )
const whole = (bytes: Uint8Array | string): FileKind => ({
  bytes: typeof bytes === 'string' ? utf8(bytes) : bytes,
  trips: [once],
})
const refused = (text: string | Uint8Array, failure: TrackFailure['code']): FileKind => ({
  bytes: typeof text === 'string' ? utf8(text) : text,
  failure,
})

const times = (rewrite: (stamp: string) => string, text = gpx) =>
  text.replaceAll(/<time>(.*?)<\/time>/g, (_, stamp: string) => `<time>${rewrite(stamp)}</time>`)
const labelled = (label: string) => gpx.replace('encoding="UTF-8"', `encoding="${label}"`)
const prefixed = (text: string, prefix: string) =>
  text.replaceAll(/<(\/?)(?=[A-Za-z])/g, `<$1${prefix}:`).replace(' xmlns=', ` xmlns:${prefix}=`)
const inTrack = (text: string, extra: string) => text.replace('</name>', `</name>${extra}`)
const inPoints = (extra: string) => gpx.replaceAll('</time>', `</time>${extra}`)
const smallTags = (text: string) => text.replaceAll(/<\/?[A-Z]\w*/g, (tag) => tag.toLowerCase())
const parted = (text: string, between: string) =>
  text.replaceAll('</trkpt>\n<trkpt', `</trkpt>${between}<trkpt`)
const nested =
  '<extensions><a:line xmlns:a="urn:a"><extensions><trkpt lat="1" lon="1"/></extensions></a:line></extensions>'
const tracks = (...parts: readonly (readonly TrackPoint[])[]) =>
  parts
    .map((part) => gpxOf(part))
    .join('')
    .replaceAll(/<\/gpx>\s*<\?xml[\s\S]*?<trk>/g, '<trk>')

const records = ride.map(recordMessage)
const plain = fitFile([fileId(), ...records])
/** The first record says its whole time, the rest five bits of it. */
const compressed = fitFile([
  fileId(),
  records[0]!,
  ...ride
    .slice(1)
    .map((point) => ({ number: 20, fields: placeFields(point), compressed: fitSeconds(point.at) })),
])

const later = straightRide({ every: 10, at: RIDE_AT + 20 * MINUTE_MS, from: 9_000 })
const bothTrips: ExpectedTrip[] = [once, { ...anyTime, startedAt: RIDE_AT + 20 * MINUTE_MS }]
const short = straightRide({ every: 30 })
const evening = straightRide({ every: 10, at: RIDE_AT + 9 * HOUR_MS, from: 1_500, isWestward: true })
const dayAndEvening: ExpectedTrip[] = [once, { ...anyTime, startedAt: RIDE_AT + 9 * HOUR_MS }]
/** From the arrival to the evening, one fix in ten minutes, never quite on the spot. */
const standing = Array.from({ length: 52 }, (_, i) => ({
  ...placeEast(1500 + (i % 3) * 4),
  at: RIDE_AT + (i + 1) * 10 * MINUTE_MS,
}))

/** Off the minute, to work and back over the very same road: nobody stood where both ways were ridden. */
const HALF_PAST_MS = 25_000
const toWork = straightRide({ every: 5, at: RIDE_AT + HALF_PAST_MS })
const homeAt = RIDE_AT + HALF_PAST_MS + 300_000 + 40 * MINUTE_MS
const home = straightRide({ every: 5, at: homeAt, from: 1_500, isWestward: true })
/** A recorder that was left on, one fix in ten seconds, for so many minutes after the ride. */
const stood = (minutes: number) => [
  ...ride,
  ...Array.from({ length: minutes * 6 - 1 }, (_, i) => ({
    ...placeEast(1500 + (i % 3) * 2),
    at: RIDE_AT + 300_000 + (i + 1) * 10_000,
  })),
  ...straightRide({ every: 10, at: RIDE_AT + 300_000 + minutes * MINUTE_MS, from: 1_500, isWestward: true }),
]

export const FILE_KINDS: Readonly<Record<string, FileKind>> = {
  'plain.gpx': whole(gpx),
  'plain.tcx': whole(tcx),
  'plain.fit': whole(plain),

  'extensions-nested-in-track.gpx': whole(inTrack(gpx, nested)),
  'extensions-nested-in-points.gpx': whole(inPoints(`<ele>3</ele>${nested}`)),
  'extensions-with-time.gpx': whole(inPoints('<extensions><time>1999-01-01T00:00:00Z</time></extensions>')),
  'lead-blanks.gpx': whole(`  \n\t ${gpx}`),
  'lead-comment.tcx': whole(`\uFEFF\n<!-- <gpx> exported > here -->\n${tcx}`),
  'lead-two-marks.gpx': whole(`\uFEFF\uFEFF${gpx}`),
  'prefix.gpx': whole(prefixed(gpx, 'g')),
  'prefix-chinese.gpx': whole(prefixed(gpx, '轨迹')),
  'prefix-of-another.gpx': whole(gpx.replaceAll('<trkpt ', '<trkpt xmlns:o="urn:o" o:lat="1" o:lon="2" ')),
  'text-behind.gpx': whole(`${gpx}\n\u001a`),
  'page-behind.tcx': whole(`${tcx}\nsent from my phone </body></html>`),
  'lead-invisible.gpx': whole(`\u200b${gpx}`),
  'lead-instruction.gpx': whole(gpx.replace('?>', '?><?view a > b?>')),
  'lead-doctype.gpx': whole(
    gpx.replace('?>', '?><!DOCTYPE gpx [<!ELEMENT gpx ANY><!ATTLIST gpx a CDATA "x>y">] >'),
  ),
  'lead-doctype-bracket.gpx': whole(
    gpx.replace('?>', '?><!DOCTYPE gpx [<!ATTLIST gpx a CDATA "]"><!ELEMENT gpx ANY> ]\n>'),
  ),
  'lead-doctype-quoted.gpx': whole(
    gpx.replace('?>', '?><!DOCTYPE gpx PUBLIC "-//Tracks > 1//EN" "gpx>.dtd">'),
  ),
  'lead-doctype-comment.tcx': whole(
    tcx.replace('?>', '?><!DOCTYPE T [<!-- it\'s ]> here --><!ATTLIST T a CDATA "]>">]>'),
  ),
  'lead-of-a-server.gpx': whole(`HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\n\r\n${gpx}`),
  'lead-mark-lost.tcx': whole(`\ufffd\ufffd${tcx}`),
  'lead-zeros.gpx': whole(`\0\0\0${gpx}`),
  'markup-behind.gpx': whole(`${gpx}<br><script>if (a<b) x()</script><a href="gpx">`),
  'comment-behind.gpx': whole(`${gpx}<!-- <gpx> -->`),
  'capitals.gpx': whole(gpx.replaceAll(/<\/?[a-z]+|\b(?:lat|lon)=/g, (tag) => tag.toUpperCase())),
  'small-letters.tcx': whole(smallTags(tcx)),
  'track-for-each-point.gpx': whole(parted(gpx, '</trkseg></trk><trk><trkseg>')),
  'segment-for-each-point.gpx': whole(parted(gpx, '</trkseg><trkseg>')),
  'lap-for-each-point.tcx': whole(
    tcx.replaceAll('</Trackpoint>\n<', '</Trackpoint></Track></Lap><Lap><Track><'),
  ),
  'place-in-a-value.gpx': whole(gpx.replaceAll('<trkpt ', `<trkpt desc=" lat='1' lon='2'" `)),
  'type-of-every-object.gpx': whole(inTrack(gpx, '<type>constructor</type>')),
  'place-in-a-place.gpx': whole(inPoints('<EXTENSIONS><trkpt lat="1" lon="1"/></EXTENSIONS>')),
  'digits-arabic.gpx': whole(arabic(gpx)),
  'prefix.tcx': whole(prefixed(tcx, 'tcx2')),
  'label-utf-16.gpx': whole(labelled('UTF-16')),
  'label-gb2312.gpx': whole(labelled('gb2312')),
  'label-latin-1.gpx': whole(labelled('ISO-8859-1')),
  'label-unknown.gpx': whole(labelled('x-own')),
  'utf-16-little.gpx': whole(utf16(labelled('utf-16'))),
  'utf-16-big.tcx': whole(utf16(tcx, true)),
  'utf-16-says-utf-8.gpx': whole(utf16(gpx)),
  'mark-of-utf-16.gpx': whole(Uint8Array.from([0xff, 0xfe, ...utf8(gpx)])),
  'mark-of-utf-16-big.tcx': whole(Uint8Array.from([0xfe, 0xff, ...utf8(tcx)])),
  'mark-of-utf-8.gpx': whole(Uint8Array.from([0xef, 0xbb, 0xbf, ...utf16(gpx).subarray(2)])),

  'utf-32-little.gpx': whole(utf32(inTrack(gpx, '<desc>骑行🚲</desc>'))),
  'utf-32-no-mark.gpx': whole(utf32(gpx).subarray(4)),
  'utf-32-no-mark-big.gpx': whole(utf32(gpx, true).subarray(4)),
  'utf-32-big.tcx': whole(utf32(tcx, true)),
  'time-of-another.gpx': whole(
    gpx.replaceAll('<time>', '<time xmlns="urn:photo">1999-01-01T00:00:00Z</time><time>'),
  ),
  'time-of-another.tcx': whole(
    tcx
      .replaceAll('<Time>', '<o:Time>1999-01-01T00:00:00Z</o:Time><Time>')
      .replace('<TrainingCenterDatabase ', '<TrainingCenterDatabase xmlns:o="urn:o" '),
  ),
  'version-mixed.gpx': whole(
    gpx.replaceAll('<trkseg>', '<trkseg xmlns="http://www.topografix.com/GPX/1/0">'),
  ),

  'fit-compressed.fit': whole(compressed),
  'fit-compressed-device-of-before.fit': whole(
    fitFile([
      fileId(),
      records[0]!,
      ...ride.slice(1).flatMap((point, i) => [
        // A sensor that was paired a month ago, told of in the middle.
        ...(i === 12 ? [{ number: 23, fields: [stampField(RIDE_AT - 30 * DAY_MS)] }] : []),
        { number: 20, fields: placeFields(point), compressed: fitSeconds(point.at) },
      ]),
    ]),
  ),
  'fit-unsigned-header.fit': whole(fitFile([fileId(), ...records], { isSummedBehindHeader: true })),
  'fit-no-checksum.fit': whole(Uint8Array.from([...plain.subarray(0, -2), 0, 0])),
  'fit-no-checksum-broken.fit': refused(
    Uint8Array.from([...plain.subarray(0, -2), 0, 0].map((byte, i) => (i === 14 ? 0x0f : byte))),
    'damaged',
  ),
  'fit-trailing.fit': whole(Uint8Array.from([...plain, ...Array.from({ length: 20 }, () => 0xff)])),
  'fit-big-endian.fit': whole(fitFile([fileId(), ...records], { bigEndian: true })),
  'fit-developer-fields.fit': whole(
    fitFile([fileId(), ...records.map((record) => ({ ...record, developerBytes: 5 }))]),
  ),
  'fit-chained.fit': {
    bytes: Uint8Array.from([...plain, ...fitFile([fileId(), ...evening.map(recordMessage)])]),
    trips: dayAndEvening,
  },
  'fit-chained-broken.fit': {
    bytes: Uint8Array.from([...plain, ...fitFile([fileId(), ...evening.map(recordMessage)]).slice(0, -9)]),
    trips: [once],
    leftOut: { brokenParts: 1 },
  },
  'fit-chained-padded.fit': {
    bytes: Uint8Array.from([...plain, 0, 0, 0, ...fitFile([fileId(), ...evening.map(recordMessage)])]),
    trips: dayAndEvening,
  },
  'fit-stopped-timer.fit': {
    bytes: fitFile([
      fileId(),
      ...records,
      timerMessage(RIDE_AT + 300_000, 'stop'),
      timerMessage(RIDE_AT + 20 * MINUTE_MS, 'start'),
      ...later.map(recordMessage),
    ]),
    trips: bothTrips,
  },
  'fit-two-sports.fit': {
    bytes: fitFile([
      fileId(),
      ...records,
      ...straightRide({ every: 10, at: RIDE_AT + 310_000, from: 1_500, metres: 360 }).map(recordMessage),
      sessionMessage(RIDE_AT, RIDE_AT + 300_000, 2),
      sessionMessage(RIDE_AT + 305_000, RIDE_AT + 610_000, 11),
    ]),
    trips: [once, { startedAt: RIDE_AT + 310_000, metres: 360, seconds: 300 }],
  },

  'stray-first.gpx': {
    bytes: utf8(gpxOf([...ride.slice(0, 4).map((point) => moved(point, { ms: -70 * DAY_MS })), ...ride])),
    trips: [once],
    leftOut: { strayTimes: 4 },
  },
  'stray-until-the-clock-was-set.gpx': {
    bytes: utf8(
      gpxOf(ride.map((point, i) => (i < 15 ? { ...point, at: Date.UTC(2000, 0, 1) + i * 10_000 } : point))),
    ),
    trips: [{ startedAt: RIDE_AT + 150_000, endedAt: RIDE_AT + 300_000, metres: 750, seconds: 150 }],
    leftOut: { strayTimes: 15 },
  },
  'stamped-ten-minutes-early.gpx': stamped(15, -10),
  'stamped-ten-minutes-late.gpx': stamped(20, 10),
  'stray-last.fit': {
    bytes: fitFile([fileId(), ...records, recordMessage(moved(ride[30]!, { ms: 700 * DAY_MS }))]),
    trips: [once],
    leftOut: { strayTimes: 1 },
  },
  'stray-middle.tcx': {
    bytes: utf8(tcxOf(ride.map((point, i) => (i === 15 ? moved(point, { ms: -4000 * DAY_MS }) : point)))),
    trips: [once],
    leftOut: { strayTimes: 1 },
  },
  'course.tcx': refused(courses(tcx), 'planned'),
  'course-in-small-letters.tcx': refused(smallTags(courses(tcx)), 'planned'),
  'course-straight-in-the-list.tcx': refused(
    tcx
      .replace(/<Activities>[\s\S]*?<Lap[^>]*>/, '<courses>')
      .replace('</Lap></Activity></Activities>', '</courses>'),
    'planned',
  ),
  'course.fit': refused(fitFile([fileId(6), ...records]), 'planned'),
  'course-by-its-message-alone.fit': refused(
    fitFile([{ number: 31, fields: [{ number: 4, type: 'enum', value: 2 }] }, ...records]),
    'planned',
  ),
  'route.gpx': refused(gpx.replaceAll('trkpt', 'rtept').replaceAll('trkseg', 'rte'), 'planned'),

  'bad-fix-every-10s.gpx': whole(
    gpxOf(ride.map((point, i) => (i === 12 ? moved(point, { north: 600 }) : point))),
  ),
  'bad-fix-every-30s.gpx': {
    bytes: utf8(
      gpxOf(
        straightRide({ every: 30, metres: 6000, seconds: 1200 }).map((point, i) =>
          i === 20 ? moved(point, { north: -900 }) : point,
        ),
      ),
    ),
    trips: [{ metres: 6000, seconds: 1200 }],
  },
  'bad-two-fixes-every-30s.gpx': {
    bytes: utf8(
      gpxOf(
        straightRide({ every: 30, metres: 6000, seconds: 1200 }).map((point, i) =>
          i === 20 || i === 21 ? moved(point, { north: 300 }) : point,
        ),
      ),
    ),
    trips: [{ metres: 6000, seconds: 1200 }],
  },
  'bad-two-first-fixes.gpx': {
    bytes: utf8(gpxOf(ride.map((point, i) => (i < 2 ? moved(point, { north: 900 }) : point)))),
    trips: [{ metres: 1400, seconds: 280 }],
  },
  'bad-first-fix.gpx': {
    bytes: utf8(gpxOf(ride.map((point, i) => (i === 0 ? moved(point, { north: 550 }) : point)))),
    trips: [{ metres: 1450, seconds: 290 }],
  },

  'gzip.gpx.gz': whole(new Uint8Array(gzipSync(gpx))),
  'gzip.tcx.gz': whole(new Uint8Array(gzipSync(tcx))),
  'gzip.fit.gz': whole(new Uint8Array(gzipSync(plain))),

  'gzip-members.gpx.gz': whole(gzipMembers(utf8(gpx), 100, 2000)),
  'gzip-members.fit.gz': whole(gzipMembers(plain, 50)),

  'time-no-seconds.gpx': {
    bytes: utf8(times((stamp) => stamp.replace(/:\d\dZ/, 'Z'), gpxOf(straightRide({ every: 60 })))),
    trips: [once],
  },
  'time-blank.gpx': whole(times((stamp) => stamp.replace('T', ' '))),
  'time-comma.gpx': whole(times((stamp) => stamp.replace('Z', ',250Z'))),
  'time-short-offset.gpx': whole(times((stamp) => `${shifted(stamp, 8)}+08`)),
  'time-plain-offset.gpx': whole(times((stamp) => `${shifted(stamp, -5)}-0500`)),
  'time-java.gpx': whole(times((stamp) => `${shifted(stamp, 8)}+08:00[Asia/Shanghai]`)),
  'time-bare-point.gpx': whole(times((stamp) => stamp.replace('Z', '.Z'))),
  'time-full-width.gpx': whole(times((stamp) => stamp.replaceAll(':', '：'))),
  'time-offset-and-z.gpx': whole(times((stamp) => stamp.replace('Z', '.000000+00:00Z'))),
  'time-offset-and-name.gpx': whole(times((stamp) => `${shifted(stamp, 8).replace('T', ' ')} +0800 CST`)),
  'time-no-zeros-in-front.gpx': whole(
    times((stamp) => `${shifted(stamp, 8).replaceAll(/:0(?=\d)/g, ':')}+8`),
  ),
  'time-chinese.gpx': {
    bytes: utf8(
      times((stamp) =>
        shifted(stamp, 8).replace(/(\d+)-(\d+)-(\d+)T/, (_, y, m, d) => `${y}年${m}月${d}日 `),
      ),
    ),
    trips: [once],
    isLocalTime: true,
  },
  'time-two-zones.gpx': refused(
    times((stamp) => `${shifted(stamp, 8)}+08:00Z`),
    'unreadable_times',
  ),
  'time-no-zone.gpx': {
    bytes: utf8(times((stamp) => shifted(stamp, 8))),
    trips: [once],
    isLocalTime: true,
  },
  'time-impossible.gpx': {
    bytes: utf8(
      gpx
        .replace(/<time>[^<]*/, '<time>2026-02-30T09:10:00Z')
        .replace(/(<time>(?:[^<]*<[^t/])?[\s\S]*?<time>)[^<]*/, '$12026-10-23T25:10:10Z'),
    ),
    trips: [{ startedAt: RIDE_AT + 20_000, endedAt: RIDE_AT + 300_000, metres: 1400, seconds: 280 }],
    leftOut: { unreadableTimes: 2 },
  },
  'time-unreadable.gpx': refused(
    times(() => 'Friday evening'),
    'unreadable_times',
  ),
  'time-zone-elsewhere.gpx': refused(
    times((stamp) => `${shifted(stamp, 9)}[Asia/Tokyo]`),
    'unreadable_times',
  ),
  'time-zone-here.gpx': {
    bytes: utf8(times((stamp) => `${shifted(stamp, 8)}[Asia/Shanghai]`)),
    trips: [once],
    isLocalTime: true,
  },
  'time-marked.gpx': whole(times((stamp) => `\u200e${stamp}\u200b`)),
  'time-buddhist.gpx': refused(
    times((stamp) => stamp.replace('2026', '2569')),
    'unreadable_times',
  ),
  'places-in-words.gpx': refused(gpx.replaceAll(/lat="([\d.]+)"/g, 'lat="N $1°"'), 'unreadable_places'),
  'places-swapped.gpx': refused(
    gpx.replaceAll(/lat="([\d.]+)" lon="([\d.]+)"/g, 'lat="$2" lon="$1"'),
    'unreadable_places',
  ),
  'decimal-comma.gpx': whole(gpx.replaceAll(/(lat|lon)="(\d+)\.(\d+)"/g, '$1="$2,$3"')),

  'two-tracks-elsewhere.gpx': { bytes: utf8(tracks(ride, later)), trips: bothTrips },
  'one-over-the-others-end.gpx': whole(tracks(ride.slice(0, 20), ride.slice(10))),
  'one-over-the-others-end-longer-first.gpx': whole(tracks(ride.slice(0, 25), ride.slice(20))),
  'short-ride-of-another-day.gpx': {
    bytes: utf8(
      tracks(short, straightRide({ every: 1, metres: 7500, seconds: 1500, at: RIDE_AT + 72 * HOUR_MS })),
    ),
    trips: [
      { metres: 1500, seconds: 300, startedAt: RIDE_AT },
      { metres: 7500, seconds: 1500, startedAt: RIDE_AT + 72 * HOUR_MS },
    ],
  },
  'there-and-back.gpx': { bytes: utf8(tracks(ride, evening)), trips: dayAndEvening },
  'two-activities.tcx': {
    bytes: utf8(tcx.replace('</Activities>', `${activityOf(tcxOf(later))}</Activities>`)),
    trips: bothTrips,
  },
  'same-road-back.gpx': {
    bytes: utf8(gpxOf([...toWork, ...home])),
    trips: [
      { ...anyTime, startedAt: RIDE_AT + HALF_PAST_MS, endedAt: RIDE_AT + HALF_PAST_MS + 300_000 },
      { ...anyTime, startedAt: homeAt, endedAt: homeAt + 300_000 },
    ],
  },
  'stood-31-minutes.gpx': {
    bytes: utf8(gpxOf(stood(31))),
    trips: [once, { ...anyTime, startedAt: RIDE_AT + 36 * MINUTE_MS }],
  },
  'stood-29-minutes.gpx': {
    bytes: utf8(gpxOf(stood(29))),
    trips: [once, { ...anyTime, startedAt: RIDE_AT + 34 * MINUTE_MS }],
  },
  'left-running.gpx': {
    bytes: utf8(gpxOf([...ride, ...standing, ...evening])),
    trips: dayAndEvening,
  },
  'midnight.gpx': {
    bytes: utf8(gpxOf(straightRide({ every: 10, at: Date.UTC(2026, 9, 23, 15, 58) }))),
    trips: [{ ...anyTime, startedAt: Date.UTC(2026, 9, 23, 15, 58) }],
  },
  'sports.tcx': {
    bytes: utf8(
      tcx.replace(
        '</Activities>',
        `${activityOf(tcxOf(straightRide({ every: 10, at: RIDE_AT + 6 * MINUTE_MS, from: 1_500, metres: 360 }))).replace('Biking', 'Other')}</Activities>`,
      ),
    ),
    trips: [once, { startedAt: RIDE_AT + 6 * MINUTE_MS, metres: 360, seconds: 300 }],
  },

  'archive.zip': refused(Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0]), 'packed'),
  'archive.tar.gz': refused(new Uint8Array(gzipSync(tarOf('ride.gpx', utf8(gpx)))), 'packed'),
  'archive.zst': refused(Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 4, 0]), 'packed'),
  'note.txt': refused('骑行 5 公里', 'not_a_track_file'),
  'cut-off.gpx': refused(gpx.slice(0, gpx.length / 2), 'damaged'),
  'cut-off.fit': refused(plain.slice(0, plain.length - 40), 'damaged'),
}

/** As a program writes figures whose phone speaks Arabic. */
function arabic(text: string): string {
  const own = (figures: string) =>
    figures.replaceAll(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))).replaceAll('.', '\u066b')
  return text
    .replaceAll(/(?<=(?:lat|lon)=")[\d.]+/g, own)
    .replaceAll(/(?<=<time>)[^<]+/g, (stamp) => own(stamp))
}

function courses(text: string): string {
  return text
    .replace(/<Activities>[\s\S]*?<Lap[^>]*>/, '<Courses><Course><Name>x</Name>')
    .replace('</Lap></Activity></Activities>', '</Course></Courses>')
}

/** One point of the ride, so many minutes off. */
function stamped(at: number, minutes: number): FileKind {
  const points = ride.map((point, i) => (i === at ? moved(point, { ms: minutes * MINUTE_MS }) : point))
  return { bytes: utf8(gpxOf(points)), trips: [once], leftOut: { strayTimes: 1 } }
}

/** A header of 512 bytes and the file, filled up. */
function tarOf(name: string, bytes: Uint8Array): Uint8Array {
  const header = Buffer.alloc(512)
  header.write(name)
  header.write(bytes.length.toString(8).padStart(11, '0'), 124)
  header.write('ustar', 257)
  return new Uint8Array(Buffer.concat([header, bytes, Buffer.alloc(1024 + 512 - (bytes.length % 512))]))
}

function activityOf(text: string): string {
  return /<Activity [\s\S]*<\/Activity>/.exec(text)![0]
}

/** The same moment on another clock, without its zone. */
function shifted(stamp: string, hours: number): string {
  return new Date(Date.parse(stamp) + hours * HOUR_MS).toISOString().slice(0, 19)
}
