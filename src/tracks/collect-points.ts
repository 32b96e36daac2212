// Gathers what a reader finds, point by point, and is the one place that decides whether it is a recording.
import type { TrackPoint } from '../domain/evidence/track-grid.ts'
import { plainFigures } from './plain-figures.ts'
import { readMoment } from './read-time.ts'
import { sportOfWords } from './sport.ts'
import { failed, NAME_LENGTH_MAX, POINTS_MAX, type TrackFormat, type TrackReading } from './track.ts'

export class TooManyPoints extends Error {}

interface OpenSection {
  sport: string | undefined
  readonly segments: TrackPoint[][]
}

export class PointCollector {
  readonly #sections: OpenSection[] = []
  readonly #paused: TrackPoint[] = []
  #places = 0
  #timed = 0
  #local = 0
  #untimed = 0
  #unreadableTimes = 0
  #unreadablePlaces = 0
  #planned = 0
  #brokenParts = 0
  #name = ''

  openSection(sport?: string): void {
    this.#sections.push({ sport, segments: [] })
  }

  openSegment(): void {
    if (this.#sections.length === 0) this.openSection()
    this.#sections.at(-1)!.segments.push([])
  }

  /** In the file's words. */
  sayWhichSport(words: string): void {
    const section = this.#sections.at(-1)
    if (section) section.sport ??= sportOfWords(words)
  }

  nameIt(name: string): void {
    this.#name ||= name
      .replaceAll(/[\p{C}\s]+/gu, ' ')
      .trim()
      .slice(0, NAME_LENGTH_MAX)
  }

  /** As written in XML: degrees and a time in words. */
  addWritten(lat: string | undefined, lon: string | undefined, time: string): void {
    this.#countPlace()
    const place = { lat: degreesOf(lat), lon: degreesOf(lon) }
    if (Number.isNaN(place.lat) || Number.isNaN(place.lon)) {
      this.#unreadablePlaces++
      return
    }
    if (time.trim() === '') {
      this.#untimed++
      return
    }
    const moment = readMoment(time)
    if (!moment) {
      this.#unreadableTimes++
      return
    }
    if (moment.isLocal) this.#local++
    this.#push({ ...place, at: moment.at })
  }

  add(point: TrackPoint): void {
    this.#countPlace()
    this.#push(point)
  }

  /** Written while the timer stood: no part of a trip, but of the file. */
  addPaused(point: TrackPoint): void {
    this.#countPlace()
    this.#timed++
    this.#paused.push(point)
  }

  addUntimed(): void {
    this.#countPlace()
    this.#untimed++
  }

  addPlanned(): void {
    this.#countPlace()
    this.#planned++
  }

  addBrokenPart(): void {
    this.#brokenParts++
  }

  reading(format: TrackFormat): TrackReading {
    const [planned, untimed] = [this.#planned, this.#untimed]
    if (this.#timed < 2) {
      if (planned > 0) return failed({ code: 'planned', points: planned })
      if (this.#unreadableTimes > 0)
        return failed({ code: 'unreadable_times', points: this.#unreadableTimes })
      if (untimed + this.#timed < 2 && this.#unreadablePlaces > 0)
        return failed({ code: 'unreadable_places', points: this.#unreadablePlaces })
      if (untimed + this.#timed < 2) return failed({ code: 'no_points' })
      return failed({ code: 'no_times', points: untimed + this.#timed })
    }
    const counts = {
      unreadableTimes: this.#unreadableTimes,
      untimed,
      unreadablePlaces: this.#unreadablePlaces,
      brokenParts: this.#brokenParts,
    }
    return {
      status: 'ok',
      content: {
        format,
        ...(this.#name ? { name: this.#name } : {}),
        sections: this.#sections,
        paused: this.#paused,
        localTimes: this.#local === 0 ? 'none' : this.#local === this.#timed ? 'all' : 'some',
        leftOut: Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
        planned,
      },
    }
  }

  #push(point: TrackPoint): void {
    if ((this.#sections.at(-1)?.segments.length ?? 0) === 0) this.openSegment()
    this.#timed++
    this.#sections.at(-1)!.segments.at(-1)!.push(point)
  }

  #countPlace(): void {
    if (++this.#places > POINTS_MAX) throw new TooManyPoints()
  }
}

/** A decimal comma, as tools under a German or French system write it, is a decimal point. NaN where it is no number. */
function degreesOf(text: string | undefined): number {
  const number = plainFigures(text ?? '').replace(',', '.')
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(number) ? Number(number) : Number.NaN
}
