/** What everybody may read of a draw: how far it is, and once it has come out all that it takes to work it out again. */
import * as v from 'valibot'
import { DRAW_ENTRIES_MAX } from '../domain/offers/draw.ts'
import { wholeList } from './tolerant.ts'

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const ids = wholeList(v.pipe(v.string(), v.maxLength(64)))

export const drawAnswerSchema = v.strictObject({
  offerId: v.string(),
  offerVersion: whole,
  /** `open` until its close, `closed` until the secret is told, `drawn` from then on. */
  state: v.picklist(['open', 'closed', 'drawn']),
  opensAt: whole,
  closesAt: whole,
  pieces: whole,
  commitment: hash,
  /** How many are in. */
  count: whole,
  /** From the close on: over the sorted ids of all entries, signed with the time before the secret was told. */
  rooted: v.exactOptional(v.strictObject({ root: hash, statement: v.string(), at: whole })),
  /** Once it has come out. `winners` in their order. */
  result: v.exactOptional(
    v.strictObject({
      secret: hash,
      entries: v.pipe(ids, v.maxLength(DRAW_ENTRIES_MAX * 2)),
      winners: ids,
    }),
  ),
})

export type DrawAnswer = v.InferOutput<typeof drawAnswerSchema>
