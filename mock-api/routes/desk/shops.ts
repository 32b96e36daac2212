/** The desk's shops: merchants and branches, who stands at their counters, and what a clerk does about it. */
import { DESK_LISTS } from '../../../src/contract/desk/lists.ts'
import {
  branchDraftSchema,
  type DeskMerchant,
  type DeskTills,
  deskTillCodeSchema,
  merchantDraftSchema,
  merchantStateSchema,
} from '../../../src/contract/desk/shops.ts'
import type { TillCode, TillRevoked } from '../../../src/contract/till.ts'
import { isUuid } from '../../../src/domain/base/ids.ts'
import type { Role } from '../../../src/domain/ledger/operator.ts'
import type { Deps } from '../../base/deps.ts'
import { BODY_BYTES_MAX } from '../../base/limits.ts'
import { actInOffice } from '../../book/act-in-office.ts'
import { actOrPropose, type Proposed } from '../../book/proposals.ts'
import {
  cutTillAct,
  joinMerchantAct,
  openBranchAct,
  resumeMerchantAct,
  suspendMerchantAct,
  tillCodeAct,
} from '../../desk/shop-acts.ts'
import { readJson } from '../../http/body.ts'
import type { HttpContext } from '../../http/env.ts'
import { type Operator, requireCity, requireRole } from '../../http/operator.ts'
import { ProblemError } from '../../http/problem.ts'
import { accountParam } from '../../http/session.ts'
import {
  type MerchantRow,
  readAllBranches,
  readBranchesOf,
  readMerchant,
  readMerchants,
} from '../../storage/merchants.ts'
import { readTills } from '../../storage/tills.ts'
import { readBranchOf } from '../../tills/branch.ts'
import { toldTill } from '../../tills/told.ts'
import { type Page, pageOfAll } from './list-page.ts'

/** Who reads of shops. */
export const OF_SHOPS: readonly Role[] = ['catalog', 'finance', 'reviewer', 'approver']

export async function listMerchants(c: HttpContext, deps: Deps): Promise<Page<DeskMerchant>> {
  await requireRole(c, deps, OF_SHOPS)
  const branches = await readAllBranches(deps.db)
  const rows = (await readMerchants(deps.db)).map((merchant) => ({
    ...merchant,
    branches: branches
      .filter((each) => each.merchantId === merchant.merchantId)
      .map(({ merchantId: _, ...branch }) => branch),
  }))
  return pageOfAll(c, DESK_LISTS.shops, rows, {
    key: ({ merchantId }) => merchantId,
    words: ({ merchantId, nameZh, nameEn, branches }) => [
      ...[merchantId, nameZh, nameEn],
      ...branches.flatMap((branch) => [branch.nameZh, branch.nameEn, branch.accountId]),
    ],
    sorts: {
      id: ({ merchantId }) => merchantId,
      name: ({ nameZh, nameEn }, isEnglish) => (isEnglish ? nameEn : nameZh),
      branches: ({ branches }) => branches.length,
    },
    filters: {
      state: (merchant, state) => merchant.state === state,
      city: (merchant, city) => merchant.city === city,
    },
  })
}

export async function joinMerchant(c: HttpContext, deps: Deps): Promise<void> {
  const operator = await requireRole(c, deps, 'catalog')
  const payload = await readJson(c, merchantDraftSchema, BODY_BYTES_MAX)
  const { city, merchantId } = payload
  requireCity(c, deps, operator, { role: 'catalog', city })
  await actInOffice(deps, operator, {
    act: joinMerchantAct,
    subject: `merchant ${merchantId}`,
    payload,
    city,
  })
}

export async function openBranchRoute(c: HttpContext, deps: Deps): Promise<void> {
  const operator = await requireRole(c, deps, 'catalog')
  const names = await readJson(c, branchDraftSchema, BODY_BYTES_MAX)
  const { merchantId, city } = await merchantParam(c, deps, operator)
  const branches = await readBranchesOf(deps.db, merchantId)
  const branchNo = (branches.at(-1)?.branchNo ?? 0) + 1
  const payload = { merchantId, branchNo, ...names }
  await actInOffice(deps, operator, { act: openBranchAct, subject: `merchant ${merchantId}`, payload, city })
}

export async function changeMerchantState(c: HttpContext, deps: Deps): Promise<Partial<Proposed>> {
  const operator = await requireRole(c, deps, 'catalog', { stepUp: true })
  const { state } = await readJson(c, merchantStateSchema, BODY_BYTES_MAX)
  const { merchantId, city } = await merchantParam(c, deps, operator)
  const act = state === 'suspended' ? suspendMerchantAct : resumeMerchantAct
  const subject = `merchant ${merchantId}`
  const made = await actOrPropose(deps, operator, { act, subject, payload: { merchantId }, city })
  return 'proposed' in made ? made.proposed : {}
}

async function merchantParam(c: HttpContext, deps: Deps, operator: Operator): Promise<MerchantRow> {
  const merchant = await readMerchant(deps.db, c.req.param('merchantId') ?? '')
  if (!merchant) throw new ProblemError('not_found')
  requireCity(c, deps, operator, { role: 'catalog', city: merchant.city })
  return merchant
}

export async function listDeskTills(c: HttpContext, deps: Deps): Promise<DeskTills> {
  await requireRole(c, deps, OF_SHOPS)
  const { branch } = await readBranchOf(deps, accountParam(c))
  return { tills: (await readTills(deps.db, branch.accountId)).map(toldTill) }
}

export async function makeDeskTillCode(c: HttpContext, deps: Deps): Promise<TillCode> {
  const operator = await requireRole(c, deps, 'catalog', { stepUp: true })
  const asked = await readJson(c, deskTillCodeSchema, BODY_BYTES_MAX)
  const { branch, city } = await branchParam(c, deps, operator)
  const { accountId } = branch
  const payload = { accountId, ...asked }
  return actInOffice(deps, operator, { act: tillCodeAct, subject: `branch ${accountId}`, payload, city })
}

export async function cutDeskTill(c: HttpContext, deps: Deps): Promise<TillRevoked> {
  const operator = await requireRole(c, deps, 'catalog')
  const tillId = c.req.param('tillId') ?? ''
  if (!isUuid(tillId)) throw new ProblemError('not_found')
  const { branch, city } = await branchParam(c, deps, operator)
  const { accountId } = branch
  const subject = `branch ${accountId} till ${tillId}`
  return actInOffice(deps, operator, { act: cutTillAct, subject, payload: { accountId, tillId }, city })
}

async function branchParam(c: HttpContext, deps: Deps, operator: Operator) {
  const { branch, merchant } = await readBranchOf(deps, accountParam(c))
  requireCity(c, deps, operator, { role: 'catalog', city: merchant.city })
  return { branch, city: merchant.city }
}
