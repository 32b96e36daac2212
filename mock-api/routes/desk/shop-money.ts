/** The desk's money of shops: what a branch took in, its statements and their payment, a voucher by its number, and disputes. */
import * as v from 'valibot'
import {
  type DeskDispute,
  type DeskStatement,
  disputeDecisionSchema,
  type FoundVoucher,
  payoutSchema,
  type Taking,
} from '../../../src/contract/desk/shops.ts'
import type { AccountId } from '../../../src/domain/base/ids.ts'
import { payoutReceiveId } from '../../../src/domain/kinds/payout.ts'
import { openBody, openDetail } from '../../../src/domain/ledger/open-record.ts'
import { citiesOf } from '../../../src/domain/ledger/operator.ts'
import type { Transfer } from '../../../src/domain/ledger/transfer.ts'
import { STATEMENT_PREFIX, statementIn } from '../../../src/domain/offers/takings.ts'
import type { Deps } from '../../base/deps.ts'
import { BODY_BYTES_MAX } from '../../base/limits.ts'
import { actInOffice } from '../../book/act-in-office.ts'
import type { DecidedDispute } from '../../book/decide-dispute.ts'
import { decideDisputeAct, payStatementAct } from '../../desk/shop-acts.ts'
import { readJson } from '../../http/body.ts'
import type { HttpContext } from '../../http/env.ts'
import { requireCity, requireRole } from '../../http/operator.ts'
import { placeIn, placeText } from '../../http/place.ts'
import { ProblemError } from '../../http/problem.ts'
import { accountParam } from '../../http/session.ts'
import { readAccount } from '../../storage/accounts.ts'
import { type DisputeRow, readOpenDisputes } from '../../storage/disputes.ts'
import { type RecordRow, readKnown, readPageBack } from '../../storage/records.ts'
import { readBranchOf } from '../../tills/branch.ts'
import { findVoucher } from '../../tills/find-voucher.ts'
import { cityOf } from '../ops.ts'
import type { Page } from './list-page.ts'
import { OF_SHOPS } from './shops.ts'

const ROWS_PER_PAGE = 100
const seqPlace = v.strictTuple([v.number()])
const disputePlace = v.strictTuple([v.number(), v.string(), v.string()])

/** The newest first. */
export async function listTakings(c: HttpContext, deps: Deps): Promise<Page<Taking>> {
  await requireRole(c, deps, OF_SHOPS)
  const { branch } = await readBranchOf(deps, accountParam(c))
  const { rows, ...rest } = await pageBack(c, deps, { accountId: branch.accountId, idPrefix: '' })
  return { rows: rows.flatMap(takingOf), ...rest }
}

function takingOf({ seq, commandId: id, postedAt: at, outcome, body, detail }: RecordRow): Taking[] {
  const { kind, transfers } = openBody(body)
  const fen = fenOf(transfers, 'issuance')
  if (fen === 0 && kind !== 'voucher.accept') return []
  const { acceptance, refund, about, by } = openDetail(detail) ?? {}
  const offerId = acceptance?.offerId ?? refund?.offerId
  return [
    {
      ...{ seq, id, at, kind, outcome, fen },
      ...(offerId === undefined ? {} : { offerId }),
      ...(about === undefined ? {} : { about }),
      ...(by?.till ? { till: by.till.name } : {}),
    },
  ]
}

/** What came from there, less what went back. */
function fenOf(transfers: readonly Transfer[], from: Transfer['debit']): number {
  return transfers
    .filter(({ asset }) => asset === 'fen')
    .reduce((sum, { debit, credit, amount }) => {
      if (debit === from) return sum + amount
      return credit === from ? sum - amount : sum
    }, 0)
}

export async function listStatements(c: HttpContext, deps: Deps): Promise<Page<DeskStatement>> {
  await requireRole(c, deps, OF_SHOPS)
  const { branch } = await readBranchOf(deps, accountParam(c))
  const { accountId } = branch
  const { rows, ...rest } = await pageBack(c, deps, { accountId, idPrefix: STATEMENT_PREFIX })
  const paid = await readKnown(
    deps.db,
    accountId,
    rows.map(({ commandId }) => payoutReceiveId(commandId)),
  )
  return {
    rows: rows.flatMap(({ commandId: id, seq, body, detail }) => {
      const statement = openDetail(detail)?.statementOf
      if (!statement) return []
      const held = openBody(body).transfers.filter(
        ({ asset, credit }) => asset === 'fen' && credit === 'held',
      )
      const dueFen = held.reduce((sum, { amount }) => sum + amount, 0)
      return [{ id, seq, ...statement, dueFen, isPaid: paid.has(payoutReceiveId(id)) }]
    }),
    ...rest,
  }
}

async function pageBack(
  c: HttpContext,
  deps: Deps,
  { accountId, idPrefix }: { accountId: AccountId; idPrefix: string },
): Promise<Page<RecordRow>> {
  const before = placeIn(c, seqPlace)?.[0]
  const rows = await readPageBack(deps.db, accountId, { before, limit: ROWS_PER_PAGE, idPrefix })
  const last = rows.at(-1)
  return last && rows.length === ROWS_PER_PAGE ? { rows, next: placeText(last.seq) } : { rows }
}

export async function payStatement(c: HttpContext, deps: Deps): Promise<{ fen: number }> {
  const operator = await requireRole(c, deps, 'finance', { stepUp: true })
  const payload = await readJson(c, payoutSchema, BODY_BYTES_MAX)
  const branchId = statementIn(payload.statement)?.account
  if (branchId === undefined) throw new ProblemError('not_found')
  const { city } = (await readBranchOf(deps, branchId)).merchant
  requireCity(c, deps, operator, { role: 'finance', city })
  const subject = `statement ${payload.statement}`
  return { fen: await actInOffice(deps, operator, { act: payStatementAct, subject, payload, city }) }
}

export async function findVoucherRoute(c: HttpContext, deps: Deps): Promise<FoundVoucher> {
  await requireRole(c, deps, ['reviewer', 'finance'])
  const found = await findVoucher(deps, {
    merchantId: c.req.query('merchant') ?? '',
    number: c.req.query('number') ?? '',
  })
  if (!found) throw new ProblemError('not_found')
  return found
}

/** The oldest first. */
export async function listDisputes(c: HttpContext, deps: Deps): Promise<Page<DeskDispute>> {
  const { roles } = await requireRole(c, deps, 'reviewer')
  const after = placeIn(c, disputePlace)
  const rows = await readOpenDisputes(deps.db, after, ROWS_PER_PAGE)
  const cities = citiesOf(roles, ['reviewer', 'auditor'])
  const own: DisputeRow[] = []
  for (const row of rows) {
    const account = cities && (await readAccount(deps.db, row.accountId))
    if (!account || cities.includes(account.city)) own.push(row)
  }
  const last = rows.at(-1)
  const next = last && rows.length === ROWS_PER_PAGE ? placeText(...keyOf(last)) : undefined
  const told = await Promise.all(own.map((row) => toldDispute(deps, row)))
  return { rows: told, ...(next === undefined ? {} : { next }) }
}

function keyOf({ openedAt, accountId, voucherId }: DisputeRow): [number, string, string] {
  return [openedAt, accountId, voucherId]
}

async function toldDispute({ db }: Deps, row: DisputeRow): Promise<DeskDispute> {
  const { accountId, voucherId, branchId, acceptanceId, note, openedAt } = row
  const isGone = ((await readAccount(db, branchId))?.deletedAt ?? null) !== null
  return {
    ...{ accountId, voucherId, branchId, acceptanceId, note, openedAt },
    ...(isGone ? { isBranchGone: true } : {}),
  }
}

export async function decideDisputeRoute(c: HttpContext, deps: Deps): Promise<DecidedDispute> {
  const accountId = accountParam(c)
  const voucherId = c.req.param('voucherId') ?? ''
  const city = await cityOf(deps, { accountId })
  const operator = await requireRole(c, deps, 'reviewer', city)
  const decision = await readJson(c, disputeDecisionSchema, BODY_BYTES_MAX)
  const subject = `dispute ${accountId} ${voucherId}`
  const payload = { accountId, voucherId, ...decision }
  return actInOffice(deps, operator, { act: decideDisputeAct, subject, payload, ...city })
}
