/** The verdict on an act upon a ledger: what it comes to, and which other acts are one with it or give way to it. */

import type { Instant } from '../base/time.ts'
import type { ActivityClaim } from '../evidence/activity.ts'
import { type AssessContext, type Assessment, assess, toldAct } from '../methodology/assess.ts'
import type { Pack } from '../methodology/pack.ts'
import type { Decision } from './decision.ts'
import { moveTo } from './earnings.ts'
import { freedOf, isCounted } from './ledger-acts.ts'
import type { Ledger, PostedActivity } from './ledger-state.ts'
import { usageNeeds, usageOf } from './ledger-usage.ts'
import type { Needs } from './needs.ts'
import { GIVE_WAY_MAX, idsOf, type Rivals, reasonOf, rivalsOf } from './rivals.ts'

type JudgeContext = Omit<AssessContext, 'usage'> & {
  /** The act itself, where it stands in the ledger already: it is judged as if it did not. */
  readonly standing?: PostedActivity | undefined
}

interface Judgement {
  readonly assessment: Assessment
  readonly rivals: Rivals
}

/** The limits of what gives way are free again before the act is assessed. */
export function judge(claim: ActivityClaim, ledger: Ledger, context: JudgeContext): Judgement {
  const { standing, ...given } = context
  const rivals = rivalsOf(toldAct(claim, given), ledger, { pack: given.pack, without: standing?.id })
  const giveWay = [...rivals.supersedes, ...rivals.displaces, ...(standing ? [standing] : [])]
  const found = rivals.stronger ? [reasonOf(rivals.stronger)] : []
  const assessment = assess(claim, {
    ...given,
    usage: usageOf(giveWay.length === 0 ? ledger : freedOf(ledger, giveWay)),
    findings: [...(given.findings ?? []), ...found],
  })
  return { assessment, rivals }
}

/** What of the account's days the judgement reads, and the posting of whatever it comes to. */
export function needsToJudge(claim: ActivityClaim, startedAt: Instant, pack: Pack): Needs {
  const needs = usageNeeds(claim, startedAt, pack)
  return pack.sameAct ? { ...needs, idle: needs.idle + GIVE_WAY_MAX } : needs
}

/** The difference to what stood before moves, and nothing else. What does not count takes nobody's place. */
export function decisionBy(
  { assessment, rivals }: Judgement,
  ledger: Ledger,
  { now, standing }: { readonly now: Instant; readonly standing?: PostedActivity | undefined },
): Decision {
  const { verdict, reasons, rewardGrams, points } = assessment
  const own = standing ? [standing] : []
  if (isCounted({ outcome: verdict })) {
    const before = [...own, ...rivals.supersedes, ...rivals.displaces]
    const transfers = moveTo(ledger, before, { grams: rewardGrams, points, now })
    return { outcome: verdict, reasons, transfers, assessment, ...idsOf(rivals) }
  }
  const { stronger } = rivals
  const isByRival = stronger && reasons.some(({ code }) => code === reasonOf(stronger).code)
  const transfers = moveTo(ledger, own, { grams: 0, points: 0, now })
  return {
    outcome: verdict,
    reasons,
    transfers,
    assessment,
    ...(isByRival ? { about: stronger.act.id } : {}),
  }
}
