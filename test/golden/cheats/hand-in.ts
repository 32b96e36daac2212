/** A file handed in as the app does it: read, measured, claimed, sent, decided by the backend. What came of it, in grams and reasons. */
import { createHash } from 'node:crypto'
import type { CityId } from '../../../src/domain/base/city.ts'
import type { Reason } from '../../../src/domain/base/reason.ts'
import type { TrackPoint } from '../../../src/domain/evidence/track-grid.ts'
import type { CommandOf } from '../../../src/domain/ledger/command.ts'
import type { RecordDetail } from '../../../src/domain/ledger/record.ts'
import { formulaFor, gramsBy } from '../../../src/domain/methodology/formula.ts'
import { methodologyOf } from '../../../src/domain/methodology/pack.ts'
import { SD_DEMO_V3 } from '../../../src/domain/methodology/packs/index.ts'
import { importTrack } from '../../../src/tracks/import-track.ts'
import { trackClaim } from '../../../src/views/log/draft-claim.ts'
import type { Backend } from '../../support/backend.ts'
import { type Client, signIn } from '../../support/client.ts'
import { newCommandId } from '../../support/commands.ts'
import { fitOf, gpxOf } from '../../support/tracks.ts'
import type { Attempt } from './attempts.ts'

/** One file and what it is said to be. `by`: which of the accounts; `batch`: sent together with the one before. */
export interface HandIn {
  readonly points: readonly TrackPoint[]
  readonly code: string
  readonly by?: number
  readonly format?: 'gpx' | 'fit'
  readonly batch?: true
  /** Where there is what it is said to be. */
  readonly city?: CityId
}

export interface Outcome {
  /** Which of the files: one may hold several legs, each an act of its own. */
  readonly file: number
  readonly outcome: string
  readonly grams: number
  readonly reasons: readonly Reason[]
}

type Act = CommandOf<'activity.record'>

export async function commandsOf(
  backend: Backend,
  { points, code, format = 'gpx', city = 'weifang' }: HandIn,
): Promise<Act[]> {
  const methodology = methodologyOf(SD_DEMO_V3, code)
  if (!methodology) throw new Error(code)
  const bytes = format === 'gpx' ? new TextEncoder().encode(gpxOf(points, { decimals: 8 })) : fitOf(points)
  const read = await importTrack({ name: `trip.${format}`, bytes: bytes.buffer }, sha256)
  if (read.status === 'failed') return []
  return read.trips.map((trip) => {
    const track = { fileName: 'trip', isLocalTime: false, leftOut: read.leftOut, ...trip }
    const body = trackClaim(track, methodology, { code, city })
    return { id: newCommandId(backend), kind: 'activity.record', at: backend.now(), body } as Act
  })
}

const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** In order; each account is new, and each has a phone of its own. */
export async function handInAll(backend: Backend, handIns: readonly HandIn[]): Promise<Outcome[]> {
  const clients: Client[] = []
  const outcomes: Outcome[] = []
  for (let at = 0; at < handIns.length; ) {
    const batch = [handIns[at]!]
    while (handIns[at + batch.length]?.batch) batch.push(handIns[at + batch.length]!)
    at += batch.length
    const by = batch[0]!.by ?? 0
    clients[by] ??= await signIn(backend)
    const first = at - batch.length
    const read = await Promise.all(batch.map((each) => commandsOf(backend, each)))
    const acts = read.flatMap((all, i) => all.map((act) => ({ act, file: first + i })))
    if (acts.length > 0) outcomes.push(...(await sent(clients[by], acts)))
  }
  return outcomes
}

async function sent(client: Client, acts: readonly { act: Act; file: number }[]): Promise<Outcome[]> {
  const { records } = await client.sync(acts.map(({ act }) => act))
  return acts.map(({ act: { id }, file }) => {
    const record = records.find(({ body }) => (JSON.parse(body) as { id: string }).id === id)
    const { outcome } = JSON.parse(record?.body ?? '{}') as { outcome: string }
    const { assessment, reasons = [] } = JSON.parse(record?.detail ?? '{}') as RecordDetail
    const counts = outcome === 'accepted' || outcome === 'adjusted'
    return { file, outcome, grams: counts ? (assessment?.rewardGrams ?? 0) : 0, reasons }
  })
}

/** Grams beyond what was honest, and how many of them one's word alone would have brought. */
export function gainedBy({ honest, asOneSaysMetres = 0 }: Attempt, outcomes: readonly Outcome[]) {
  const gained = outcomes.filter(({ file }) => file >= honest).reduce((sum, { grams }) => sum + grams, 0)
  return { honest: outcomes.filter(({ file }) => file < honest), gained, due: oneSays(asOneSaysMetres) }
}

/** Of a bus ride. */
function oneSays(metres: number): number {
  const bus = methodologyOf(SD_DEMO_V3, 'bus')
  const formula = bus && formulaFor(bus, metres, { pack: SD_DEMO_V3, trust: 'manual' })
  return formula ? gramsBy(formula) : 0
}
