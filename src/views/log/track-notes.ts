/** What has to be said of an imported track beside its numbers: unrecorded ways, times without a zone, what was left out. Pure. */
import type { LeftOut } from '../../domain/evidence/left-out.ts'
import type { TrackMetrics } from '../../domain/evidence/track-metrics.ts'
import { formatDuration, formatMetres } from '../../text/format.ts'
import type { Language } from '../../text/language.ts'
import { logText } from '../../text/log/log.ts'

/** Less is within the error of the whole and no news. */
const WORTH_SAYING_METRES = 50

/** Of one trip, for the kind chosen. */
export function gapNotes(metrics: TrackMetrics, language: Language): string[] {
  const t = logText[language].track
  const { missingMetres, missingSeconds, bridgedMetres } = metrics
  const notes: string[] = []
  if (missingMetres >= WORTH_SAYING_METRES)
    notes.push(
      t.missing(formatMetres(missingMetres, language), formatDuration(missingSeconds * 1000, language)),
    )
  if (bridgedMetres >= WORTH_SAYING_METRES) notes.push(t.bridged(formatMetres(bridgedMetres, language)))
  return notes
}

/** Of the file. */
export function fileNotes(
  { isLocalTime, leftOut }: { isLocalTime: boolean; leftOut: LeftOut },
  language: Language,
): string[] {
  const t = logText[language].track
  const counts = Object.entries(leftOut) as [keyof LeftOut, number][]
  const notes = counts.filter(([, count]) => count > 0).map(([what, count]) => t.leftOut[what](count))
  return isLocalTime ? [t.localTime, ...notes] : notes
}
