/** The desk's shops: merchants with their branches and tills, what a branch took in, its statements, a voucher by its number, and what holders dispute. */
import * as v from 'valibot'
import { CITY_IDS } from '../../domain/base/city.ts'
import type { MerchantId } from '../../domain/base/ids.ts'
import { TILL_NAME_MAX } from '../../domain/ledger/till.ts'
import { DISPUTE_NOTE_MAX } from '../../domain/offers/dispute.ts'
import { instant } from '../command.ts'
import { nameOf, textOf } from '../plain-text.ts'
import { slug } from '../slug.ts'
import { tillSchema } from '../till.ts'
import { pageOf } from './page.ts'

const NAME_MAX = 80
/** A chain of more joins as several merchants. */
const BRANCHES_MAX = 50

const uuid = v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/))
const whole = v.pipe(v.number(), v.safeInteger())
const merchantId = v.pipe(
  slug,
  v.transform((text) => text as MerchantId),
)
const names = { nameZh: nameOf(NAME_MAX), nameEn: nameOf(NAME_MAX) }

export const branchDraftSchema = v.strictObject(names)
export const merchantDraftSchema = v.strictObject({
  merchantId,
  ...names,
  city: v.picklist(CITY_IDS),
  branches: v.pipe(v.array(branchDraftSchema), v.minLength(1), v.maxLength(BRANCHES_MAX)),
})
/** Suspended, none of its tills is let in; what they have accepted waits on them. */
export const merchantStateSchema = v.strictObject({ state: v.picklist(['active', 'suspended']) })

const deskBranchSchema = v.strictObject({
  accountId: uuid,
  branchNo: whole,
  nameZh: v.string(),
  nameEn: v.string(),
})
const deskMerchantSchema = v.strictObject({
  merchantId: v.string(),
  nameZh: v.string(),
  nameEn: v.string(),
  city: v.string(),
  state: v.picklist(['active', 'suspended']),
  branches: v.array(deskBranchSchema),
})
export const deskMerchantsSchema = pageOf(deskMerchantSchema)

export const deskTillsSchema = v.strictObject({ tills: v.array(v.omit(tillSchema, ['isThis'])) })
export const deskTillCodeSchema = v.strictObject({
  role: v.picklist(['till', 'manager']),
  name: nameOf(TILL_NAME_MAX),
})

/** One record of a branch that moves money. No person is in it. */
const takingSchema = v.strictObject({
  seq: whole,
  id: v.string(),
  at: instant,
  kind: v.string(),
  outcome: v.string(),
  /** In fen: taken in, or given back below zero. */
  fen: whole,
  offerId: v.exactOptional(v.string()),
  /** The voucher's, or the acceptance's that is given back. */
  about: v.exactOptional(v.string()),
  /** Which till it was. */
  till: v.exactOptional(v.string()),
})
export const takingsSchema = pageOf(takingSchema)

const statementSchema = v.strictObject({
  id: v.string(),
  seq: whole,
  day: v.string(),
  fen: whole,
  refundFen: whole,
  count: whole,
  /** Between which records of the branch its own stand. */
  fromSeq: whole,
  toSeq: whole,
  /** What it leaves to be paid, after what was owed. */
  dueFen: whole,
  isPaid: v.boolean(),
})
export const statementsSchema = pageOf(statementSchema)
export const payoutSchema = v.strictObject({ statement: v.pipe(v.string(), v.maxLength(80)) })
export const paidSchema = v.strictObject({ fen: whole })

export const foundVoucherSchema = v.strictObject({
  voucherId: v.string(),
  /** The holder's account: a name that leads to nobody outside of the book. */
  accountId: uuid,
  offerId: v.string(),
  titleZh: v.string(),
  titleEn: v.string(),
  fen: whole,
  issuedAt: instant,
  expiresAt: instant,
  state: v.picklist(['open', 'returning', 'returned', 'used']),
  usedAt: v.exactOptional(instant),
  /** The branch that accepted it. */
  usedBy: v.exactOptional(uuid),
})

const disputeSchema = v.strictObject({
  accountId: uuid,
  voucherId: v.string(),
  branchId: uuid,
  acceptanceId: v.string(),
  note: v.string(),
  openedAt: instant,
  /** Its account is deleted: what is upheld, the sponsor bears. */
  isBranchGone: v.exactOptional(v.literal(true)),
})
export const deskDisputesSchema = pageOf(disputeSchema)
export const disputeDecisionSchema = v.strictObject({
  verdict: v.picklist(['upheld', 'dismissed']),
  note: textOf(DISPUTE_NOTE_MAX),
})
/** What holds: of one that was decided before, the first decision. */
export const disputeDecidedSchema = v.strictObject({
  verdict: v.picklist(['upheld', 'dismissed']),
  /** Who gives back what was upheld. */
  bearer: v.exactOptional(v.picklist(['shop', 'sponsor'])),
})

export type MerchantDraft = v.InferOutput<typeof merchantDraftSchema>
export type DeskMerchant = v.InferOutput<typeof deskMerchantSchema>
export type DeskTills = v.InferOutput<typeof deskTillsSchema>
export type Taking = v.InferOutput<typeof takingSchema>
export type DeskStatement = v.InferOutput<typeof statementSchema>
export type FoundVoucher = v.InferOutput<typeof foundVoucherSchema>
export type DeskDispute = v.InferOutput<typeof disputeSchema>
