/** What operators do with shops: merchants and branches join, are suspended and go on, tills come in and are cut off, statements are paid, disputes decided. */
import * as v from 'valibot'
import { type MerchantDraft, merchantDraftSchema } from '../../src/contract/desk/shops.ts'
import type { TillCode, TillRevoked } from '../../src/contract/till.ts'
import type { AccountId, MerchantId } from '../../src/domain/base/ids.ts'
import type { OfficeAct } from '../base/office-act.ts'
import { type DecidedDispute, decideDispute } from '../book/decide-dispute.ts'
import { BookError } from '../book/errors.ts'
import { openBranch } from '../book/open-branch.ts'
import { payOut } from '../book/pay-out.ts'
import { insertMerchant, readBranchesOf, readMerchant, writeMerchantState } from '../storage/merchants.ts'
import { revokeTill } from '../storage/tills.ts'
import { makeTillCode } from '../tills/till-code.ts'
import { toldCut } from '../tills/told.ts'

const accountId = v.pipe(
  v.string(),
  v.transform((text) => text as AccountId),
)
const merchantId = v.pipe(
  v.string(),
  v.transform((text) => text as MerchantId),
)

/** Joined under this id by other words, it is refused. */
export const joinMerchantAct: OfficeAct<MerchantDraft, void> = {
  name: 'merchant.join',
  payload: merchantDraftSchema,
  async run(deps, { payload: { branches, ...merchant } }) {
    await insertMerchant(deps.db, merchant)
    const there = await readMerchant(deps.db, merchant.merchantId)
    if (there?.nameZh !== merchant.nameZh || there.nameEn !== merchant.nameEn || there.city !== merchant.city)
      throw new BookError('already_decided')
    const { city } = merchant
    for (const [place, names] of branches.entries())
      await openBranch(deps, place + 1, { merchantId: merchant.merchantId, city, ...names })
  },
}

const openSchema = v.strictObject({
  merchantId,
  branchNo: v.number(),
  nameZh: v.string(),
  nameEn: v.string(),
})

export const openBranchAct: OfficeAct<v.InferOutput<typeof openSchema>, void> = {
  name: 'branch.open',
  payload: openSchema,
  async run(deps, { payload: { merchantId: id, branchNo, nameZh, nameEn } }) {
    const merchant = await readMerchant(deps.db, id)
    if (!merchant) throw new BookError('nothing_waits')
    const there = (await readBranchesOf(deps.db, id)).find((each) => each.branchNo === branchNo)
    if (there && there.nameZh !== nameZh) throw new BookError('already_decided')
    await openBranch(deps, branchNo, { merchantId: id, city: merchant.city, nameZh, nameEn })
  },
}

const stateSchema = v.strictObject({ merchantId })

/** All its tills at once stop: two people have to agree. */
export const suspendMerchantAct: OfficeAct<v.InferOutput<typeof stateSchema>, void> = {
  name: 'merchant.suspend',
  payload: stateSchema,
  fourEyes: {
    approvedBy: ['approver'],
    before: async (deps, payload) => (await readMerchant(deps.db, payload.merchantId)) ?? {},
  },
  run: (deps, { payload }) => writeMerchantState(deps.db, payload.merchantId, 'suspended'),
}

export const resumeMerchantAct: OfficeAct<v.InferOutput<typeof stateSchema>, void> = {
  name: 'merchant.resume',
  payload: stateSchema,
  run: (deps, { payload }) => writeMerchantState(deps.db, payload.merchantId, 'active'),
}

const codeSchema = v.strictObject({ accountId, role: v.picklist(['till', 'manager']), name: v.string() })

/** The code stands in no record. Done again after a crash, it is one that nobody was told, and ends by itself. */
export const tillCodeAct: OfficeAct<v.InferOutput<typeof codeSchema>, TillCode> = {
  name: 'till.code',
  payload: codeSchema,
  run: (deps, { payload: { accountId: branch, ...asked } }) => makeTillCode(deps, branch, asked),
}

const tillKeySchema = v.strictObject({ accountId, tillId: v.string() })

export const cutTillAct: OfficeAct<v.InferOutput<typeof tillKeySchema>, TillRevoked> = {
  name: 'till.revoke',
  payload: tillKeySchema,
  async run(deps, { payload }) {
    const cut = await revokeTill(deps.db, payload, deps.now())
    if (!cut) throw new BookError('nothing_waits')
    return toldCut(cut)
  },
}

const paySchema = v.strictObject({ statement: v.string() })

/** Paid once, however often it is asked for: the first answer again. */
export const payStatementAct: OfficeAct<v.InferOutput<typeof paySchema>, number> = {
  name: 'statement.pay',
  payload: paySchema,
  run: (deps, { actId, payload }) => payOut(deps, payload.statement, actId),
}

const disputeSchema = v.strictObject({
  accountId,
  voucherId: v.string(),
  verdict: v.picklist(['upheld', 'dismissed']),
  note: v.string(),
})

export const decideDisputeAct: OfficeAct<v.InferOutput<typeof disputeSchema>, DecidedDispute> = {
  name: 'dispute.decide',
  payload: disputeSchema,
  isPersonal: true,
  run: (deps, { actId: act, payload: { accountId: holder, voucherId, ...decision } }) =>
    decideDispute(deps, { accountId: holder, voucherId }, { ...decision, act }),
}

export const SHOP_ACTS: readonly OfficeAct[] = [
  joinMerchantAct,
  openBranchAct,
  suspendMerchantAct,
  resumeMerchantAct,
  tillCodeAct,
  cutTillAct,
  payStatementAct,
  decideDisputeAct,
]
