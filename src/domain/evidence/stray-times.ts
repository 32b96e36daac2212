// Points whose clock was wrong: a session left open for weeks, a receiver before its first fix. The ride stays, they go.
import { withoutOutOfOrder } from './out-of-order.ts'
import type { Section } from './split-trips.ts'

const APART_MS = 12 * 3_600_000 // less may be the way home
const STRAYS_MAX = 5 // so few fixes are no trip beside one of many
const SHARE_OF_FEW = 3
const SHARE_OF_MANY = 50
const MONTH_MS = 30 * 24 * 3_600_000
const YEAR_MS = 12 * MONTH_MS
const SHARE_IN_SEGMENT = 2 // within one segment, which no recorder keeps open for a month; over a year it is a clock that was not set yet

interface Cluster {
  readonly from: number
  to: number
  count: number
  /** Segments that have points in it. */
  readonly segments: Set<number>
}

interface Kept {
  readonly sections: readonly Section[]
  /** How many points were set aside. */
  readonly strays: number
}

/** @param sections their points in the file's order. */
export function withoutStrayTimes(sections: readonly Section[]): Kept {
  const near = withoutFarOff(sections)
  let strays = near.strays
  const ordered = near.sections.map((section) => ({
    ...section,
    segments: section.segments.map((segment) => {
      const kept = withoutOutOfOrder(segment)
      strays += kept.strays
      return kept.points
    }),
  }))
  return { sections: ordered, strays }
}

/** Hours and more from all the rest. */
function withoutFarOff(sections: readonly Section[]): Kept {
  const clusters = clustersOf(sections)
  const main = clusters.reduce<Cluster | undefined>((a, b) => (a && a.count > b.count ? a : b), undefined)
  const strays = main ? clusters.filter((cluster) => cluster !== main && isStray(cluster, main)) : []
  if (strays.length === 0) return { sections, strays: 0 }
  const isKept = (at: number) => !isWithin(strays, at)
  const kept = sections.map((section) => ({
    ...section,
    segments: section.segments.map((points) => points.filter(({ at }) => isKept(at))),
  }))
  return { sections: kept, strays: strays.reduce((sum, { count }) => sum + count, 0) }
}

/** @param clusters in order of time, none over another: of a hostile file tens of thousands, so that not each is looked at for each point. */
function isWithin(clusters: readonly Cluster[], at: number): boolean {
  let [low, high] = [0, clusters.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (clusters[middle]!.from <= at) low = middle + 1
    else high = middle
  }
  return low > 0 && at <= clusters[low - 1]!.to
}

function clustersOf(sections: readonly Section[]): Cluster[] {
  const times = sections
    .flatMap(({ segments }) => segments)
    .flatMap((points, segment) => points.map(({ at }) => ({ at, segment })))
    .sort((a, b) => a.at - b.at)
  const clusters: Cluster[] = []
  for (const { at, segment } of times) {
    const last = clusters.at(-1)
    if (last && at - last.to <= APART_MS) {
      last.to = at
      last.count++
      last.segments.add(segment)
    } else clusters.push({ from: at, to: at, count: 1, segments: new Set([segment]) })
  }
  return clusters
}

function isStray(cluster: Cluster, main: Cluster): boolean {
  const { count, segments } = cluster
  if (count <= STRAYS_MAX && count * SHARE_OF_FEW <= main.count) return true
  // A short ride of another day has a segment of its own.
  const isInside = [...segments].every((segment) => main.segments.has(segment))
  if (!isInside) return false
  if (count * SHARE_OF_MANY <= main.count) return true
  const apart = Math.max(main.from - cluster.to, cluster.from - main.to)
  return apart > YEAR_MS || (apart > MONTH_MS && count * SHARE_IN_SEGMENT <= main.count)
}
