/** What stands beside an office's record, in the transaction that appends it: an act whose effect is to come, a proposal, and what became of one. */
import type { Queryable } from '../storage/db.ts'
import { insertOfficeAct, type OfficeActRow } from '../storage/office-acts.ts'
import {
  closeProposal,
  type Decided,
  decideProposal,
  insertProposal,
  type ProposalRow,
} from '../storage/proposals.ts'
import { BookError } from './errors.ts'

export interface OfficeBeside {
  readonly act?: Omit<OfficeActRow, 'state' | 'reason'>
  readonly proposal?: Parameters<typeof insertProposal>[1]
  readonly decided?: Decided
  readonly closed?: Pick<ProposalRow, 'accountId' | 'proposalId'> & {
    readonly state: 'run' | 'failed' | 'ended'
  }
}

export async function writeOffice(
  tx: Queryable,
  { act, proposal, decided, closed }: OfficeBeside,
): Promise<void> {
  if (proposal) await insertProposal(tx, proposal)
  // Of two who decide at once, the second finds it decided: nothing of theirs is written.
  if (decided && !(await decideProposal(tx, decided))) throw new BookError('already_decided')
  if (closed) await closeProposal(tx, closed, closed.state)
  if (act) await insertOfficeAct(tx, act)
}
