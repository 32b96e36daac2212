/** The desk's money of shops: what a branch took in, its statements and their payment, a voucher by its number, and disputes. */
import * as v from 'valibot'
import { DESK_LISTS } from '../../../src/contract/desk/lists.ts'
import {
  type DeskDispute,
  type DeskStatement,
  disputeDecisionSchema,
  type FoundVoucher,
  payoutSchema,
  type Taking,
} from '../../../src/contract/desk/shops.ts'
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
import { type RecordRow, readKnown, readListed } from '../../storage/records.ts'
import { readBranchOf } from '../../tills/branch.ts'
import { findVoucher } from '../../tills/find-voucher.ts'
import { cityOf } from '../ops.ts'
import { askedOf, isFoundIn } from './asked-list.ts'
import { type Page, pageByLooking } from './list-page.ts'
import { OF_SHOPS } from './shops.ts'

const ROWS_PER_PAGE = 100
const seqPlace = v.strictTuple([v.number()])
type SeqPlace = v.InferOutput<typeof seqPlace>
const disputePlace = v.strictTuple([v.number(), v.string(), v.string()])

/** The newest first. `?from=`, `?to=`: of a statement, by the numbers of its records. */
export async function listTakings(c: HttpContext, deps: Deps): Promise<Page<Taking>> {
  await requireRole(c, deps, OF_SHOPS)
  const { branch } = await readBranchOf(deps, accountParam(c))
  const { find, sort, filters } = askedOf(c, DESK_LISTS.takings)
  const of = { from: seqIn(c, 'from'), to: seqIn(c, 'to'), isDown: sort?.isDown ?? true }
  const { rows, ...rest } = await pageByLooking({
    ...{ after: placeIn(c, seqPlace), limit: ROWS_PER_PAGE, isAll: find === '' },
    async read(place, limit) {
      const found = await readListed(deps.db, branch.accountId, { ...of, after: place?.[0], limit })
      return found.map((record) => ({ seq: record.seq, taking: takingOf(record) }))
    },
    placeOf: ({ seq }): SeqPlace => [seq],
    fits: ({ taking }) =>
      taking !== undefined &&
      (filters.kind === undefined || taking.kind === filters.kind) &&
      isFoundIn([taking.id, taking.offerId ?? '', taking.about ?? '', taking.till ?? ''], find),
  })
  return { rows: rows.flatMap(({ taking }) => taking ?? []), ...rest }
}

function seqIn(c: HttpContext, name: 'from' | 'to'): number | undefined {
  const text = c.req.query(name)
  if (text === undefined) return undefined
  if (!/^\d{1,15}$/.test(text))
    throw new ProblemError('malformed', { detail: `${name}: expected the number of a record` })
  return Number(text)
}

/** Undefined: no money moved. */
function takingOf(record: RecordRow): Taking | undefined {
  const { seq, commandId: id, postedAt: at, outcome, body, detail } = record
  const { kind, transfers } = openBody(body)
  const fen = fenOf(transfers, 'issuance')
  if (fen === 0 && kind !== 'voucher.accept') return undefined
  const { acceptance, refund, about, by } = openDetail(detail) ?? {}
  const offerId = acceptance?.offerId ?? refund?.offerId
  return {
    ...{ seq, id, at, kind, outcome, fen },
    ...(offerId === undefined ? {} : { offerId }),
    ...(about === undefined ? {} : { about }),
    ...(by?.till ? { till: by.till.name } : {}),
  }
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
  const { find, sort, filters } = askedOf(c, DESK_LISTS.statements)
  const of = { idPrefix: STATEMENT_PREFIX, isDown: sort?.isDown ?? true }
  const { rows, ...rest } = await pageByLooking({
    ...{ after: placeIn(c, seqPlace), limit: ROWS_PER_PAGE, isAll: find === '' },
    async read(place, limit) {
      const records = await readListed(deps.db, branch.accountId, { ...of, after: place?.[0], limit })
      const paid = await readKnown(
        deps.db,
        branch.accountId,
        records.map(({ commandId }) => payoutReceiveId(commandId)),
      )
      return records.map((record) => ({ seq: record.seq, statement: statementOf(record, paid) }))
    },
    placeOf: ({ seq }): SeqPlace => [seq],
    fits: ({ statement }) =>
      statement !== undefined &&
      (filters.state === undefined || isSettled(statement) === (filters.state === 'paid')) &&
      isFoundIn([statement.day, statement.id], find),
  })
  return { rows: rows.flatMap(({ statement }) => statement ?? []), ...rest }
}

function statementOf(
  { commandId: id, seq, body, detail }: RecordRow,
  paid: ReadonlyMap<string, unknown>,
): DeskStatement | undefined {
  const statement = openDetail(detail)?.statementOf
  if (!statement) return undefined
  const held = openBody(body).transfers.filter(({ asset, credit }) => asset === 'fen' && credit === 'held')
  const dueFen = held.reduce((sum, { amount }) => sum + amount, 0)
  return { id, seq, ...statement, dueFen, isPaid: paid.has(payoutReceiveId(id)) }
}

/** Also where nothing was left to be paid. */
function isSettled({ isPaid, dueFen }: DeskStatement): boolean {
  return isPaid || dueFen === 0
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
  const { find, sort, filters } = askedOf(c, DESK_LISTS.disputes)
  const cities = citiesOf(roles, ['reviewer', 'auditor'])
  const isDown = sort?.isDown ?? false
  const rows = await readOpenDisputes(deps.db, {
    after,
    ...filters,
    find,
    cities,
    isDown,
    limit: ROWS_PER_PAGE,
  })
  const last = rows.at(-1)
  const next = last && rows.length === ROWS_PER_PAGE ? placeText(...keyOf(last)) : undefined
  const told = await Promise.all(rows.map((row) => toldDispute(deps, row)))
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
