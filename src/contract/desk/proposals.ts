/** Four eyes: what waits for another, what it would change to the letter, and what became of it. */
import * as v from 'valibot'
import { instant } from '../command.ts'
import { textOf } from '../plain-text.ts'

const NOTE_MAX = 500
const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

export const PROPOSAL_STATES = ['open', 'approved', 'rejected', 'run', 'failed', 'ended'] as const

export const proposalSchema = v.strictObject({
  proposalId: v.string(),
  act: v.string(),
  subject: v.string(),
  city: v.exactOptional(v.string()),
  state: v.picklist(PROPOSAL_STATES),
  proposedBy: v.string(),
  proposedAt: instant,
  endsAt: instant,
  decidedBy: v.exactOptional(v.string()),
  decidedAt: v.exactOptional(instant),
  note: v.exactOptional(v.string()),
  /** Canonical JSON, word for word. */
  payload: v.string(),
  digest,
  /** What stood there when it was proposed. */
  before: v.exactOptional(v.string()),
  /** Whether whoever asks may decide it. */
  isMine: v.boolean(),
  mayDecide: v.boolean(),
})

export const proposalsSchema = v.strictObject({
  proposals: v.array(proposalSchema),
  /** Where the next page begins: `?after=`. Absent on the last. */
  next: v.exactOptional(v.string()),
})

/** The digest is of the payload that was read. */
export const proposalDecisionSchema = v.strictObject({
  verdict: v.picklist(['approve', 'reject']),
  digest,
  note: v.exactOptional(textOf(NOTE_MAX)),
})

/** Of an act that wants four eyes: done, or waiting for another. */
export const proposedSchema = v.strictObject({ proposalId: v.string(), endsAt: instant })

export type Proposal = v.InferOutput<typeof proposalSchema>
