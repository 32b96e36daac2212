/** A tail that continues the account's history is taken over word for word: nothing in it is decided anew, no step made again. */
import { post } from '../../src/domain/ledger/ledger.ts'
import { balanceOf } from '../../src/domain/ledger/transfer.ts'
import type { Deps } from '../base/deps.ts'
import type { AccountWithState } from '../storage/accounts.ts'
import { readKnown } from '../storage/records.ts'
import { MovedOn } from '../storage/state.ts'
import { append } from './append.ts'
import { isContradicted } from './awaited.ts'
import { breathe } from './breathe.ts'
import { wholeLedgerOf } from './ledger-of.ts'
import { claimBeside, settleBeside } from './tail-beside.ts'
import { type ProvenTail, RefusedTail, type TailRecord } from './tail-check.ts'
import { crossingIn } from './tail-crossing.ts'
import { beginWriting, type Draft, type Writing } from './writing.ts'

/**
 * `moved`: somebody else was first, look again. `elsewhere`: some of it counts in another account by now, or another journal proves otherwise, so
 * that not every word of it stands.
 */
type Taken = 'taken' | 'moved' | 'elsewhere'

export async function takeTail(deps: Deps, account: AccountWithState, tail: ProvenTail): Promise<Taken> {
  try {
    return await take(deps, account, tail)
  } catch (error) {
    if (error instanceof MovedOn) return 'moved'
    throw error
  }
}

async function take(deps: Deps, account: AccountWithState, tail: ProvenTail): Promise<Taken> {
  const { accountId } = account
  const { records, head } = tail
  const ids = records.map(({ body }) => body.id)
  if ((await readKnown(deps.db, accountId, ids)).size > 0) throw new RefusedTail('doubled')
  const held = await wholeLedgerOf(deps.db, account)
  const writing = beginWriting(account, held, { at: deps.now(), randomBytes: deps.randomBytes })
  for (const record of records) await breathe(foldIn(writing, record))
  const { balances } = writing.ledger
  const isEqual =
    balanceOf(balances, 'points', 'available') === head.available &&
    balanceOf(balances, 'points', 'held') === head.held
  if (!isEqual) throw new RefusedTail('balance')
  if (await isContradicted(deps, accountId, records)) return 'elsewhere'
  const { claims, elsewhere } = await claimBeside(deps, account, records)
  const isTaken = elsewhere.size === 0 && (await append(deps, writing))
  await settleBeside(deps, account, { claims, isTaken, records })
  if (elsewhere.size > 0) return 'elsewhere'
  return isTaken ? 'taken' : 'moved'
}

/** Answers how many are folded. */
function foldIn(writing: Writing, { link, body, detail }: TailRecord): number {
  const { ledger, account } = writing
  try {
    post(ledger, body, detail)
  } catch {
    throw new RefusedTail('fold')
  }
  const crossing = crossingIn(account.accountId, body, detail)
  const drafted: Draft = {
    row: {
      accountId: account.accountId,
      seq: link.seq,
      commandId: body.id,
      commandDigest: body.command ?? null,
      outcome: body.outcome,
      body: link.body,
      hash: link.hash,
      detail: link.detail,
      salt: link.salt,
      availableAfter: balanceOf(ledger.balances, 'points', 'available'),
      heldAfter: balanceOf(ledger.balances, 'points', 'held'),
      postedAt: body.at,
    },
    kind: body.kind,
    ...(detail.about === undefined ? {} : { about: detail.about }),
    ...(crossing ? { crossing } : {}),
  }
  writing.headHash = link.hash
  return writing.drafts.push(drafted)
}
