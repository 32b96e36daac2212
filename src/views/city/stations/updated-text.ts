/** How old the counts on the screen are, in words; and whether there was no way to ask for newer ones. Pure. */
import { dayOf, type Instant, MINUTE_MS } from '../../../domain/base/time.ts'
import { stationsText } from '../../../text/city/stations/stations.ts'
import { useText } from '../../../text/define-text.ts'
import { formatTime, formatWhen } from '../../../text/format-date.ts'
import { language } from '../../../text/language.ts'

const t = useText(stationsText)
/** Beyond an hour a time of day says more than a count of minutes. */
const MINUTES_MAX = 60

export function updatedText(
  at: Instant,
  { now, isOnline, hasProblem }: { now: Instant; isOnline: boolean; hasProblem: boolean },
): string {
  const words = t.value.updated
  const time = dayOf(at) === dayOf(now) ? formatTime(at, language.value) : formatWhen(at, now, language.value)
  if (!isOnline) return words.offline(time)
  if (hasProblem) return words.unreachable(time)
  const minutes = Math.floor(Math.max(0, now - at) / MINUTE_MS)
  if (minutes === 0) return words.now
  return minutes <= MINUTES_MAX ? words.minutes(minutes) : words.at(time)
}
