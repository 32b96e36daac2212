/**
 * Four eyes: what one operator proposes another approves, and then it is run. The proposal, the decision and the run are records of the
 * office; that the two are not one person, the table itself holds.
 */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Deps } from '../base/deps.ts'
import { sha256Hex } from '../base/hash.ts'
import { PROPOSAL_MS } from '../base/limits.ts'
import type { Asked } from '../base/office-act.ts'
import { readOfficeAct } from '../storage/office-acts.ts'
import { closeProposal, findProposal, type ProposalRow } from '../storage/proposals.ts'
import { readKnown } from '../storage/records.ts'
import { type Acting, actInOffice, runAct, writeCommand } from './act-in-office.ts'
import { changeAccount } from './append.ts'
import { BookError } from './errors.ts'
import { openOffice } from './office.ts'
import { draft } from './writing.ts'

export interface Proposed {
  readonly proposalId: string
  readonly endsAt: Instant
}

type DoneOrProposed<Answer> = { readonly answer: Answer } | { readonly proposed: Proposed }

/** At once where one person may do it, else as a proposal. */
export async function actOrPropose<Payload, Answer>(
  deps: Deps,
  operator: Acting,
  asked: Asked<Payload, Answer>,
): Promise<DoneOrProposed<Answer>> {
  const { fourEyes } = asked.act
  const { payload } = asked
  const isNeeded = fourEyes?.isNeeded ?? (async () => fourEyes !== undefined)
  if (await isNeeded(deps, { payload, operatorId: operator.operatorId }))
    return { proposed: await propose(deps, operator, asked) }
  return { answer: await actInOffice(deps, operator, asked) }
}

async function propose<Payload, Answer>(
  deps: Deps,
  operator: Acting,
  { act, city, subject, payload }: Asked<Payload, Answer>,
): Promise<Proposed> {
  const accountId = await openOffice(deps, city)
  const text = canonicalJson(payload)
  const digest = sha256Hex(text)
  const standing = await act.fourEyes?.before?.(deps, payload)
  const { actId: proposalId, operatorId: proposedBy } = operator
  await changeAccount(deps, accountId, async (writing) => {
    const proposedAt = writing.at
    const proposal = {
      ...{ accountId, proposalId, act: act.name, subject, city: city ?? '', payload: text, digest },
      before: standing === undefined ? null : canonicalJson(standing),
      ...{ proposedBy, proposedAt, endsAt: proposedAt + PROPOSAL_MS },
    }
    await writeCommand(deps, writing, {
      operator,
      kind: 'proposal.make',
      body: { act: act.name, subject, digest },
      office: { proposal },
    })
  })
  const made = await findProposal(deps.db, proposalId)
  if (!made) throw new BookError('contended')
  return { proposalId, endsAt: made.endsAt }
}

interface Decision {
  readonly proposalId: string
  readonly verdict: 'approve' | 'reject'
  /** Of the payload that they have seen. */
  readonly digest: string
  readonly note?: string
}

/** Throws `already_decided`, `own_proposal`, `proposal_differs`. An approval that was heard before goes on where it was interrupted. */
export async function decideOnProposal(
  deps: Deps,
  operator: Acting,
  { proposalId, verdict, digest, note }: Decision,
): Promise<void> {
  const proposal = await findProposal(deps.db, proposalId)
  if (!proposal) throw new BookError('nothing_waits')
  if (proposal.proposedBy === operator.operatorId) throw new BookError('own_proposal')
  if (proposal.digest !== digest) throw new BookError('proposal_differs')
  const { accountId } = proposal
  await changeAccount(deps, accountId, async (writing) => {
    const state = verdict === 'approve' ? ('approved' as const) : ('rejected' as const)
    const decided = { accountId, proposalId, state, decidedBy: operator.operatorId, at: writing.at }
    await writeCommand(deps, writing, {
      operator,
      kind: verdict === 'approve' ? 'proposal.approve' : 'proposal.reject',
      body: { proposalId, digest },
      office: {
        decided: { ...decided, note: note ?? null },
        ...(verdict === 'approve' ? { act: actOf(proposal, writing.at) } : {}),
      },
      ...(note === undefined ? {} : { note }),
    })
  })
  if (verdict === 'approve') await runProposal(deps, proposal)
}

function runIdOf(proposalId: string): string {
  return `proposal.run:${proposalId}`
}

/** The proposal of an act that is its run. */
export function proposalOfRun(actId: string): string | undefined {
  return actId.startsWith('proposal.run:') ? actId.slice('proposal.run:'.length) : undefined
}

function actOf(proposal: ProposalRow, at: Instant) {
  const { accountId, proposalId, act, subject, payload, proposedBy: operatorId } = proposal
  return { accountId, actId: runIdOf(proposalId), act, subject, payload, operatorId, at }
}

/** Runs what was approved, then says so by a step. Done twice, it does nothing more. */
export async function runProposal(deps: Deps, proposal: ProposalRow): Promise<void> {
  const { accountId, proposalId } = proposal
  const act = deps.acts[proposal.act]
  if (!act) throw new Error(`nothing is known of the act ${proposal.act}`)
  const row = await readOfficeAct(deps.db, accountId, runIdOf(proposalId))
  if (!row) throw new BookError('nothing_waits')
  try {
    if (row.state === 'open') await runAct(deps, act, row)
  } catch (error) {
    const after = await readOfficeAct(deps.db, accountId, row.actId)
    if (after?.state === 'failed') await closeProposal(deps.db, proposal, 'failed')
    throw error
  }
  if (row.state !== 'failed') await noteStep(deps, proposal, 'run')
}

/** Nobody has decided it in its time. */
export async function endProposal(deps: Deps, proposal: ProposalRow): Promise<void> {
  await noteStep(deps, proposal, 'ended')
}

async function noteStep(
  deps: Deps,
  { accountId, proposalId }: { accountId: AccountId; proposalId: string },
  state: 'run' | 'ended',
): Promise<void> {
  const kind = state === 'run' ? 'proposal.run' : 'proposal.end'
  const id = `${kind}:${proposalId}`
  await changeAccount(deps, accountId, async (writing) => {
    if ((await readKnown(deps.db, accountId, [id])).has(id)) return
    draft(writing, {
      by: 'step',
      kind,
      id,
      outcome: 'accepted',
      transfers: [],
      detail: { about: proposalId },
      office: { closed: { accountId, proposalId, state } },
    })
  })
}
