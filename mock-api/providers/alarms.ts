/** What of a service somebody should look at: its keys, its declarations, and how many of its reports come to nothing. */
import type { DeskService, ServiceAlarm } from '../../src/contract/desk/services.ts'
import { DAY_MS, type Instant } from '../../src/domain/base/time.ts'

/** Time enough for the provider to make a key and for two people to agree on it. */
const KEY_ENDS_WITHIN_MS = 30 * DAY_MS
/** One in a hundred is a day’s trouble; more is a fault in somebody’s programme. */
const FAILED_PER_CENT = 1

export function alarmsOf({ provider, counts }: Omit<DeskService, 'alarms'>, now: Instant): ServiceAlarm[] {
  const keys = provider.keys.filter(
    ({ revokedAt, notBefore, notAfter }) => revokedAt === undefined && notBefore <= now && now < notAfter,
  )
  const isDeclared = provider.declarations.some(
    ({ validFrom, validUntil }) => validFrom <= now && now < validUntil,
  )
  const all = counts.posted + counts.failed
  const alarms: ServiceAlarm[] = []
  if (keys.length === 0) alarms.push('no_key')
  else if (keys.every(({ notAfter }) => notAfter - now < KEY_ENDS_WITHIN_MS)) alarms.push('key_ends')
  if (provider.declarations.length > 0 && !isDeclared) alarms.push('undeclared')
  if (counts.failed * 100 > all * FAILED_PER_CENT) alarms.push('failing')
  return alarms
}
