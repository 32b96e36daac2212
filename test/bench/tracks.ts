/** Track files tried, read and refused by reason: a golden of each kind, simulated trips in three formats, and a folder of real ones. */
import { createHash } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { importTrack } from '../../src/tracks/import-track.ts'
import { FILE_KINDS } from '../support/file-kinds.ts'
import { bikeRide, busRide, fitOf, gpxOf, record, tcxOf } from '../support/tracks.ts'
import type { Part, Report } from './figures.ts'

const SEEDS = 5
/** A corpus of real files, searched through all its folders: `BENCH_TRACKS=/folder npm run bench tracks`. */
const FOLDER = process.env.BENCH_TRACKS

type Files = Iterable<readonly [name: string, bytes: Uint8Array]>

const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

export const tracksPart: Part = {
  name: 'tracks',
  how: 'files through importTrack: tried, read, refused by reason; ms each, without a worker',
  needsBuild: false,
  async run(report) {
    await count(report, 'a golden of each kind', golden())
    await count(report, `simulated trips, ${SEEDS} seeds, GPX, TCX and FIT`, simulated())
    if (FOLDER) await count(report, FOLDER, corpus(FOLDER))
    else report.note('BENCH_TRACKS=/folder adds real files')
  },
}

async function count(report: Report, what: string, files: Files): Promise<void> {
  const refused = new Map<string, string[]>()
  const took: number[] = []
  let [tried, read, trips] = [0, 0, 0]
  for (const [name, bytes] of files) {
    tried++
    const startedAt = performance.now()
    const result = await importTrack({ name, bytes: new Uint8Array(bytes).buffer }, sha256)
    took.push(performance.now() - startedAt)
    if (result.status === 'ok') {
      read++
      trips += result.trips.length
    } else refused.set(result.failure.code, [...(refused.get(result.failure.code) ?? []), name])
  }
  report.row(`${what}: tried, read, trips in them`, `${tried}, ${read}, ${trips}`)
  for (const [code, names] of [...refused].sort())
    report.row(`  refused as ${code}`, `${names.length}: ${names.slice(0, 4).join(' ')}`)
  report.row('  one file', took, { unit: 'ms', digits: 1 })
}

function* golden(): Files {
  for (const [name, { bytes }] of Object.entries(FILE_KINDS)) yield [name, bytes]
}

function* simulated(): Files {
  const utf8 = (text: string) => new TextEncoder().encode(text)
  for (const [name, trip] of Object.entries({ bike: bikeRide, bus: busRide })) {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const points = record({ ...trip, seed })
      yield [`${name}-${seed}.gpx`, utf8(gpxOf(points))]
      yield [`${name}-${seed}.tcx`, utf8(tcxOf(points))]
      yield [`${name}-${seed}.fit`, fitOf(points)]
    }
  }
}

function* corpus(folder: string): Files {
  for (const name of globSync('**/*.{gpx,tcx,fit,gz,GPX,TCX,FIT}', { cwd: folder }).sort()) {
    const path = join(folder, name)
    if (statSync(path).isFile()) yield [name, readFileSync(path)]
  }
}
