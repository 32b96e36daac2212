/** What the till says of what it was shown, by all that this device knows at this moment. */
import { standingAcceptance } from '../../db/acceptances.ts'
import type { LedgerDb } from '../../db/database.ts'
import { readMeta } from '../../db/meta.ts'
import { noteSeen, type TillDb } from '../../db/till.ts'
import type { Instant } from '../../domain/base/time.ts'
import { type TillClock, tillTime } from '../../domain/till/till-clock.ts'
import {
  namesOf,
  type Shown,
  type TillKnowledge,
  type Verdict,
  verdictOf,
} from '../../domain/till/verdict.ts'

export interface TillContext {
  readonly db: LedgerDb
  readonly tills: TillDb
  readonly accountId: string
  readonly now: () => Instant
}

export async function checkVoucher(context: TillContext, shown: Shown): Promise<Verdict> {
  const { db, tills, accountId } = context
  const clock = await tillClock(context)
  const told = (await tills.tills.get(accountId))?.told
  const before = 'fault' in shown ? undefined : await standingAcceptance(db, namesOf(shown))
  const knowledge: TillKnowledge = {
    clock,
    status: told && { at: told.at, ended: new Set(told.ended), offers: told.offers },
    accepted: before && {
      acceptedAt: before.acceptedAt,
      ...(before.till === undefined ? {} : { till: before.till }),
    },
  }
  const seen = tillTime(clock)
  // A full disk keeps no time; it keeps no acceptance either.
  if (seen !== undefined) await noteSeen(tills, accountId, seen).catch(() => undefined)
  return verdictOf(shown, knowledge)
}

export async function tillClock({ db, tills, accountId, now }: TillContext): Promise<TillClock> {
  const till = await tills.tills.get(accountId)
  const offset = (await readMeta(db, 'clockOffset')) ?? 0
  const head = await readMeta(db, 'head')
  const heard = [head?.at, till?.told?.at].filter((at) => at !== undefined)
  return {
    device: now(),
    offset,
    heardAt: heard.length === 0 ? undefined : Math.max(...heard),
    seenAt: till?.seenAt,
  }
}
