/** What a provider is told, when it asks (RFC 8936): whose consent ended. Said again until it says that it has understood. */
import { EVENT, type PollAnswer, SET_TYP, SETS_MAX } from '../../src/contract/report.ts'
import { isUuid } from '../../src/domain/base/ids.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { signJws } from '../../src/proof/keys.ts'
import { secondsUp } from '../../src/proof/seconds.ts'
import type { Deps } from '../base/deps.ts'
import { dropNotice, type Notice, readNotices } from '../storage/links.ts'

interface Poll {
  readonly ack?: readonly string[]
  readonly maxEvents?: number
}

export async function pollFeed(
  deps: Deps,
  providerId: string,
  { ack = [], maxEvents = SETS_MAX }: Poll,
): Promise<PollAnswer> {
  for (const linkKey of ack.filter(isUuid)) await dropNotice(deps.db, linkKey, providerId)
  const notices = await readNotices(deps.db, providerId, maxEvents + 1)
  const told = notices.slice(0, maxEvents)
  const sets = await Promise.all(
    told.map(async (each) => [each.linkKey, await sign(deps, providerId, each)] as const),
  )
  return { sets: Object.fromEntries(sets), moreAvailable: notices.length > told.length }
}

async function sign(deps: Deps, providerId: string, { linkKey, handle, endedAt }: Notice): Promise<string> {
  const claims = {
    iss: deps.config.audience,
    aud: providerId,
    jti: linkKey,
    iat: secondsUp(deps.now()),
    toe: secondsUp(endedAt),
    sub_id: { format: 'opaque', id: handle },
    events: { [EVENT.ended]: {} },
  }
  return signJws(canonicalJson(claims), SET_TYP, await deps.keyring.signingKey('documents'))
}
