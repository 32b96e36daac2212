/** What a provider is told, when it asks (RFC 8936): whose consent ended, and which handle it has still to confirm. Said again until it says that it has understood. */
import { FEED_EVENT, type PollAnswer, SETS_MAX } from '../../src/contract/report.ts'
import { isUuid } from '../../src/domain/base/ids.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { signJws } from '../../src/proof/keys.ts'
import { REPORT_TYP } from '../../src/proof/report-token.ts'
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
  for (const jti of ack) await understood(deps, providerId, jti)
  const notices = await readNotices(deps.db, providerId, maxEvents + 1)
  const told = notices.slice(0, maxEvents)
  const sets = await Promise.all(
    told.map(async (each) => [jtiOf(each), await sign(deps, providerId, each)] as const),
  )
  return { sets: Object.fromEntries(sets), moreAvailable: notices.length > told.length }
}

const ASKED = '.link'

/** The end of a link is another message than the wish for it. */
function jtiOf({ linkKey, endedAt }: Notice): string {
  return endedAt === null ? linkKey + ASKED : linkKey
}

async function understood(deps: Deps, providerId: string, jti: string): Promise<void> {
  const isEnd = !jti.endsWith(ASKED)
  const linkKey = isEnd ? jti : jti.slice(0, -ASKED.length)
  if (isUuid(linkKey)) await dropNotice(deps.db, { linkKey, providerId, isEnd })
}

async function sign(deps: Deps, providerId: string, notice: Notice): Promise<string> {
  const { handle, endedAt } = notice
  const claims = {
    iss: deps.config.audience,
    aud: providerId,
    jti: jtiOf(notice),
    iat: secondsUp(deps.now()),
    ...(endedAt === null ? {} : { toe: secondsUp(endedAt) }),
    sub_id: { format: 'opaque', id: handle },
    events: { [endedAt === null ? FEED_EVENT.asked : FEED_EVENT.ended]: {} },
  }
  return signJws(canonicalJson(claims), REPORT_TYP, await deps.keyring.signingKey('documents'))
}
