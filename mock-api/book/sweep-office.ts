/** What a crash left of operators' acts: an effect that is not there yet, a run that is not said, a proposal whose time is over. */
import type { Deps } from '../base/deps.ts'
import { STALE_CLAIM_MS } from '../base/limits.ts'
import { readStaleOfficeActs } from '../storage/office-acts.ts'
import { readEndedProposals, readUnsaidRuns } from '../storage/proposals.ts'
import { isRefusedForGood, runAct } from './act-in-office.ts'
import { each } from './each.ts'
import { endProposal, proposalOfRun, runProposal } from './proposals.ts'

/** A sweep is a short piece of work between requests; what is left waits for the next. */
const ACTS_PER_SWEEP = 100

export async function sweepOffice(deps: Deps): Promise<void> {
  const before = deps.now() - STALE_CLAIM_MS
  await each(deps, await readStaleOfficeActs(deps.db, before, ACTS_PER_SWEEP), async (row) => {
    const act = deps.acts[row.act]
    if (!act) throw new Error(`nothing is known of the act ${row.act}`)
    if (proposalOfRun(row.actId) === undefined) await unlessRefused(runAct(deps, act, row))
  })
  await each(deps, await readUnsaidRuns(deps.db, before, ACTS_PER_SWEEP), (row) =>
    unlessRefused(runProposal(deps, row)),
  )
  await each(deps, await readEndedProposals(deps.db, deps.now(), ACTS_PER_SWEEP), (row) =>
    endProposal(deps, row),
  )
}

/** Somebody else was first while nobody was there to run it: that stands in the journal, and is no fault of the sweep. */
async function unlessRefused(run: Promise<unknown>): Promise<void> {
  await run.catch((error: unknown) => {
    if (!isRefusedForGood(error)) throw error
  })
}
