/** News of the person's city: a warning that holds there, a new version of what its plan says. */
import type { CityId } from '../base/city.ts'
import { DAY_MS, type Instant } from '../base/time.ts'
import { type Alert, judgeAlerts, timeOf } from '../taking-part/alert.ts'
import type { News } from './news.ts'

/** How long a new version of a plan is news. */
const CONTENT_DAYS = 30

/** One that takes another's place is a piece of its own; one that is over is none any more. */
export function newsOfAlerts(alerts: readonly Alert[], city: CityId, now: Instant): News[] {
  return judgeAlerts(alerts, now).flatMap(({ alert, state }) => {
    if (state !== 'valid') return []
    const effective = timeOf(alert.info[0]?.effective ?? alert.sent)
    const at = Math.min(now, Math.max(effective, timeOf(alert.sent)))
    const about = alert.identifier
    return [{ id: `alert:${about}`, topic: 'alert' as const, at, path: `/city/${city}/alerts`, about }]
  })
}

/** @param known the version at hand, since when, and whether there was none before it. */
export function newsOfContent(
  known: { readonly version: string; readonly since: Instant; readonly isFirst?: true } | undefined,
  city: CityId,
  now: Instant,
): News[] {
  if (!known || known.isFirst || now - known.since > CONTENT_DAYS * DAY_MS) return []
  const id = `content:${city}:${known.version}`
  return [{ id, topic: 'content', at: known.since, path: `/city/${city}` }]
}
