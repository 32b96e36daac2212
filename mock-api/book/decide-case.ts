/** One verdict on all acts of a case: as many decisions, each a record of its own, some at a time so that others are served in between. */
import type { ActivityId } from '../../src/domain/base/ids.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import type { Deps } from '../base/deps.ts'
import { type CaseKey, countCaseActs, readCaseActs } from '../storage/review-cases.ts'
import { keepTracks } from '../verify/tracks.ts'
import { changeAccount } from './append.ts'
import { draftDecision, type ReviewVerdict } from './decide-review.ts'
import { BookError } from './errors.ts'

/** Decisions an append: each assesses anew upon what the one before has left of the limits. */
const ACTS_AT_ONCE = 100
/** Decisions a request: some seconds. The answer says how many are left to ask for. */
const ACTS_PER_REQUEST = 1000

/** Grant or decline; what counts is what each act comes to. */
interface CaseVerdict extends Pick<ReviewVerdict, 'decision' | 'note'> {
  /** The office's record by which it is decided. */
  readonly act?: string
}

export interface CaseDecided {
  readonly decided: number
  readonly left: number
}

/** Throws `not_found` for a case without a pending act. */
export async function decideCase(deps: Deps, key: CaseKey, verdict: CaseVerdict): Promise<CaseDecided> {
  let decided = 0
  while (decided < ACTS_PER_REQUEST) {
    const some = await decideSome(deps, key, verdict)
    decided += some
    if (some < ACTS_AT_ONCE) break
  }
  if (decided === 0) throw new BookError('nothing_waits')
  return { decided, left: await countCaseActs(deps.db, key) }
}

async function decideSome(
  deps: Deps,
  key: CaseKey,
  { act: officeAct, ...verdict }: CaseVerdict,
): Promise<number> {
  const by = officeAct === undefined ? {} : { act: officeAct }
  const granted = new Map<ActivityId, ActivityClaim>()
  const count = await changeAccount(deps, key.accountId, async (writing) => {
    granted.clear()
    const acts = await readCaseActs(deps.db, key, { after: undefined, limit: ACTS_AT_ONCE })
    for (const act of acts) {
      const activityId = act.activityId as ActivityId
      const drafted = await draftDecision(deps, writing, { activityId, verdict, ...by })
      if (drafted?.kept) granted.set(activityId, drafted.kept)
    }
    return acts.length
  })
  for (const [id, claim] of granted) await keepTracks(deps, key.accountId, { id, claim })
  return count
}
