/**
 * A shop's statement is paid: the sponsor's journal drives, the shop's follows. By the statement, so that it is paid once, however often it is
 * asked for.
 */
import type { AccountId } from '../../src/domain/base/ids.ts'
import { payoutReceiveId, payoutSendId } from '../../src/domain/kinds/payout.ts'
import { openBody } from '../../src/domain/ledger/open-record.ts'
import { statementIn } from '../../src/domain/offers/takings.ts'
import type { Deps } from '../base/deps.ts'
import { readKnown, readRecordOf } from '../storage/records.ts'
import { changeAccount } from './append.ts'
import { BookError } from './errors.ts'
import { followSteps } from './follow.ts'
import { crossingTo } from './give-step.ts'
import { openSponsor } from './sponsor.ts'
import { draft } from './writing.ts'

/**
 * `act`: of the office's record by which an operator pays. Answers the fen, also when it was paid before. Throws `nothing_waits` where no statement of
 * that name has anything to be paid.
 */
export async function payOut(deps: Deps, statement: string, act?: string): Promise<number> {
  const branch = statementIn(statement)?.account
  const row = branch && (await readRecordOf(deps.db, branch, statement))
  const fen = row ? fenInto('held', row.body) : 0
  if (branch === undefined || fen === 0) throw new BookError('nothing_waits')
  await drive(deps, branch, { statement, fen, act })
  return fen
}

async function drive(
  deps: Deps,
  branch: AccountId,
  { statement, fen, act }: { statement: string; fen: number; act?: string | undefined },
): Promise<void> {
  const sponsor = await openSponsor(deps)
  const id = payoutSendId(statement)
  const crossing = await changeAccount(deps, sponsor, async (writing) => {
    if ((await readKnown(deps.db, sponsor, [id])).has(id)) return undefined
    const driver = { accountId: sponsor, crossingId: id, at: writing.at }
    const crossing = crossingTo('payout', { statement, fen }, { driver, follower: branch })
    draft(writing, {
      by: 'operator',
      act,
      id,
      kind: 'payout.send',
      outcome: 'accepted',
      transfers: [{ asset: 'fen', debit: 'issuance', credit: 'transit', amount: fen }],
      detail: { about: statement, settled: { account: branch, command: crossing.followerRecord as string } },
      crossing,
    })
    return crossing
  })
  if (crossing) await followSteps(deps, [crossing])
}

/** What a statement leaves to be paid, or what was paid. */
export function fenInto(account: 'held' | 'paid', body: string): number {
  return openBody(body).transfers.reduce(
    (sum, { asset, credit, amount }) => sum + (asset === 'fen' && credit === account ? amount : 0),
    0,
  )
}

/**
 * A shop's journal came back that says it was paid: so is the sponsor's side again, which no phone brings back, by as much as the shop's side says. Its
 * statement may be of another sum by now.
 */
export async function payAgain(deps: Deps, branch: AccountId, statements: readonly string[]): Promise<void> {
  for (const statement of statements) {
    const received = await readRecordOf(deps.db, branch, payoutReceiveId(statement))
    if (received) await drive(deps, branch, { statement, fen: fenInto('paid', received.body) })
  }
}
