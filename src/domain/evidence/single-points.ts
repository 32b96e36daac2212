// Tools that open a track or a segment for each point: what parts those is the tool's habit and no pause of the person's. Two such in a row are one line.
import type { Section } from './split-trips.ts'
import type { TrackPoint } from './track-grid.ts'

type Points = readonly TrackPoint[]

/** Without empty segments and sections. Sections of different sports stay apart. */
export function withSinglesJoined(sections: readonly Section[]): Section[] {
  const joined: { section: Section; line?: TrackPoint[] }[] = []
  for (const { sport, segments } of sections) {
    const filled = segments.filter((points) => points.length > 0)
    const last = joined.at(-1)
    if (filled.length === 0) continue
    if (!filled.every(isSingle)) joined.push({ section: { sport, segments: segmentsJoined(filled) } })
    else if (last?.line && last.section.sport === sport) append(last.line, filled)
    else {
      const line = filled.flat()
      joined.push({ section: { sport, segments: [line] }, line })
    }
  }
  return joined.map(({ section }) => section)
}

function segmentsJoined(segments: readonly Points[]): Points[] {
  const joined: Points[] = []
  let line: TrackPoint[] | undefined
  for (const points of segments) {
    if (isSingle(points) && line) append(line, [points])
    else {
      line = isSingle(points) ? [...points] : undefined
      joined.push(line ?? points)
    }
  }
  return joined
}

const isSingle = (points: Points) => points.length === 1

function append(line: TrackPoint[], segments: readonly Points[]): void {
  for (const points of segments) for (const point of points) line.push(point)
}
