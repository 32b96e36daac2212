/** Legs, means and lengths of trips that nobody made: generated persons, of sorts that were tuned on and of others. */
import { legsOf } from '../../src/domain/evidence/legs.ts'
import { measure, metricsFor } from '../../src/domain/evidence/track-metrics.ts'
import { paceOf } from '../../src/domain/evidence/track-pace.ts'
import { modeOf } from '../../src/domain/evidence/travel-mode.ts'
import { FASTEST_MEAN } from '../../src/tracks/guess-kind.ts'
import { type HonestTrip, honestTrip, type Means, type Sort } from '../support/honest-people.ts'
import { KEPT_SORTS, OTHER_SORTS, TUNED_SORTS } from '../support/honest-sorts.ts'
import { OTHER_RECEIVERS, otherTrip } from '../support/other-receivers.ts'
import { LOOKED_AT_FROM, NEVER_LOOKED_AT_FROM, SATELLITE_SORTS } from '../support/satellite-sorts.ts'
import { satelliteTrip } from '../support/satellite-trips.ts'
import { type Part, percentile, type Report, sizeFrom } from './figures.ts'

const PERSONS = sizeFrom('BENCH_PERSONS', 20)
/** Other persons than any test or list was made with. */
const TUNED_FROM = 100_000
const OTHERS_FROM = 200_000
const KEPT_FROM = 300_000
const RECEIVERS_FROM = 400_000
const WITHIN_PERCENT = 2
const MEANS: readonly Means[] = ['walk', 'bike', 'vehicle']

export const legsPart: Part = {
  name: 'legs',
  how: 'generated persons, named so: each leg by tripsOf’s own steps; lengths against the way itself, means against the one taken',
  needsBuild: false,
  async run(report) {
    look(report, 'sorts tuned on, other persons', triesOf(TUNED_SORTS, TUNED_FROM))
    look(report, 'other sorts, other persons', triesOf(OTHER_SORTS, OTHERS_FROM))
    look(report, 'sorts that were kept back, other persons', triesOf(KEPT_SORTS, KEPT_FROM))
    const receivers = OTHER_RECEIVERS.map((sort): Tries => {
      return { name: sort.name, trips: persons((i) => otherTrip(sort, RECEIVERS_FROM + i)) }
    })
    look(
      report,
      'another generator with other errors, other persons; its sorts were looked at when lengths were mended',
      receivers,
    )
    const skies = (from: number) =>
      SATELLITE_SORTS.map((sort): Tries => {
        return { name: sort.name, trips: persons((i) => satelliteTrip(sort, from + i)) }
      })
    look(
      report,
      'skies, houses and phones that save power: persons that are looked at',
      skies(LOOKED_AT_FROM),
    )
    look(
      report,
      'the same, persons that nobody has looked at: as a whole alone',
      skies(NEVER_LOOKED_AT_FROM),
      {
        isWhole: true,
      },
    )
  },
}

interface Tries {
  readonly name: string
  readonly trips: readonly HonestTrip[]
}

const persons = (tripOf: (i: number) => HonestTrip) => Array.from({ length: PERSONS }, (_, i) => tripOf(i))

const triesOf = (sorts: readonly Sort[], from: number) =>
  sorts.map((sort): Tries => ({ name: sort.name, trips: persons((i) => honestTrip(sort, from + i)) }))

function look(
  report: Report,
  what: string,
  sorts: readonly Tries[],
  { isWhole = false }: { isWhole?: boolean } = {},
): void {
  report.note(
    `${what}: ${sorts.length} sorts, ${PERSONS} persons each; share within ±${WITHIN_PERCENT} %, median, mean, 10th to 90th percentile`,
  )
  const table = new Map<string, number>()
  let [right, whole, all] = [0, 0, 0]
  /** What was not received and is more than may be bridged is shown as missing: no distance can be right then. */
  const received = { right: 0, all: 0 }
  for (const { name, trips } of sorts) {
    const found = trips.map(distanceOf)
    const errors = found.map(({ error }) => error)
    const within = errors.filter(isRight).length
    const complete = found.filter(({ missingMetres }) => missingMetres === 0)
    received.all += complete.length
    received.right += complete.filter(({ error }) => isRight(error)).length
    right += within
    all += trips.length
    if (!isWhole) report.row(`  ${name}`, `${shareOf(within, trips.length)}  ${shownErrors(errors)}`)
    for (const { points, means } of trips) {
      const legs = legsOf({ stretches: [{ points, after: 'pause' }] })
      if (legs.length === 1) whole++
      const { kind } = modeOf(paceOf([{ points, after: 'pause' }]))
      table.set(`${means} ${kind}`, (table.get(`${means} ${kind}`) ?? 0) + 1)
    }
  }
  report.row('lengths within ±2 %', shareOf(right, all), { goal: '≥ 90 %' })
  report.row('  of those of which nothing is shown as missing', shareOf(received.right, received.all))
  report.row('one way, one leg', shareOf(whole, all))
  report.row('walk, bike, vehicle: macro-F1', macroF1(table), { digits: 3, goal: '≥ 0.970' })
  for (const means of MEANS)
    report.row(
      `  was ${means}, taken for ${MEANS.join(', ')}`,
      MEANS.map((kind) => table.get(`${means} ${kind}`) ?? 0).join(', '),
    )
}

/** In per cent of the way; what is bridged follows the means, as with a file. */
function distanceOf({ points, metres, means }: HonestTrip): { error: number; missingMetres: number } {
  const measured = measure([{ points, after: 'pause' }])
  const { distanceMetres, missingMetres } = metricsFor(measured, FASTEST_MEAN[means])
  return { error: (distanceMetres / metres - 1) * 100, missingMetres }
}

const isRight = (error: number) => Math.abs(error) <= WITHIN_PERCENT

function shownErrors(errors: readonly number[]): string {
  const percent = (value: number) => value.toFixed(1)
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length
  return `${percent(percentile(errors, 0.5))} %, ${percent(mean)} % (${percent(percentile(errors, 0.1))} to ${percent(percentile(errors, 0.9))})`
}

const shareOf = (part: number, all: number) => `${Math.round((part / all) * 100)} %`

function macroF1(table: ReadonlyMap<string, number>): number {
  const count = (means: Means, kind: Means) => table.get(`${means} ${kind}`) ?? 0
  const each = MEANS.map((one) => {
    const hit = count(one, one)
    const [meant, taken] = [MEANS.map((kind) => count(one, kind)), MEANS.map((means) => count(means, one))]
    return (2 * hit) / [...meant, ...taken].reduce((sum, value) => sum + value, 0)
  })
  return each.reduce((sum, value) => sum + value, 0) / each.length
}
