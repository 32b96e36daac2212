/** The verdict on an act upon a ledger: what it comes to, and which other acts are one with it or give way to it. */

import type { ActivityId } from '../base/ids.ts'
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
import { GIVE_WAY_MAX, type Rivals, reasonOf, rivalsOf } from './rivals.ts'

type JudgeContext = Omit<AssessContext, 'usage'> & {
  /** The act itself, where it stands in the ledger already: it is judged as if it did not. */
  readonly standing?: PostedActivity | undefined
}

export interface Judgement extends Rivals {
  readonly assessment: Assessment
}

/** The limits of what gives way are free again before the act is assessed. */
export function judge(claim: ActivityClaim, ledger: Ledger, context: JudgeContext): Judgement {
  const { standing, ...given } = context
  const told = toldAct(claim, given)
  const rivals = rivalsOf(told, ledger, { pack: given.pack, without: standing?.id })
  const giveWay = [...rivals.supersedes, ...rivals.displaces, ...(standing ? [standing] : [])]
  const found = rivals.stronger ? [reasonOf(rivals.stronger)] : []
  const assessment = assess(claim, {
    ...given,
    usage: usageOf(giveWay.length === 0 ? ledger : freedOf(ledger, giveWay)),
    findings: [...(given.findings ?? []), ...found],
  })
  if (isCounted({ outcome: assessment.verdict })) return { assessment, ...rivals }
  const isByRival = assessment.reasons.some(({ code }) => code === found[0]?.code)
  return {
    assessment,
    supersedes: [],
    displaces: [],
    ...(isByRival && rivals.stronger ? { stronger: rivals.stronger } : {}),
  }
}

/** What of the account's days the judgement reads, and the posting of whatever it comes to. */
export function needsToJudge(claim: ActivityClaim, startedAt: Instant, pack: Pack): Needs {
  const needs = usageNeeds(claim, startedAt, pack)
  return pack.sameAct ? { ...needs, idle: needs.idle + GIVE_WAY_MAX } : needs
}

/** The difference to what stood before moves, and nothing else. */
export function decisionBy(
  { assessment, stronger, supersedes, displaces }: Judgement,
  ledger: Ledger,
  { now, standing }: { readonly now: Instant; readonly standing?: PostedActivity | undefined },
): Decision {
  const { verdict, reasons, rewardGrams, points } = assessment
  const next = isCounted({ outcome: verdict }) ? { grams: rewardGrams, points } : { grams: 0, points: 0 }
  const before = [...(standing ? [standing] : []), ...supersedes, ...displaces]
  return {
    outcome: verdict,
    reasons,
    transfers: moveTo(ledger, before, { ...next, now }),
    assessment,
    ...(stronger ? { about: stronger.act.id } : {}),
    ...idsOf({ supersedes, displaces }),
  }
}

export function idsOf({ supersedes, displaces }: Pick<Rivals, 'supersedes' | 'displaces'>): {
  supersedes?: readonly ActivityId[]
  displaces?: readonly ActivityId[]
} {
  return {
    ...(supersedes.length > 0 ? { supersedes: supersedes.map(({ id }) => id) } : {}),
    ...(displaces.length > 0 ? { displaces: displaces.map(({ id }) => id) } : {}),
  }
}
