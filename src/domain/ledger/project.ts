/**
 * The screen is `project(journal, outbox)`: the confirmed ledger with the outbox decided upon it, in order, by the code that the
 * backend runs too. Confirmed and estimated figures are never mixed. There is no rollback and no merge: the next projection replaces this one.
 */

import type { AccountId } from '../base/ids.ts'
import { asOf } from './as-of.ts'
import type { Command } from './command.ts'
import { decide } from './decide.ts'
import type { Decision, World } from './decision.ts'
import { copyOf, type Ledger, post } from './ledger.ts'
import { confirmedOnly, type OutboxCommand, type Preview, type Projection } from './projection.ts'
import type { RecordDetail } from './record.ts'
import { balanceOf } from './transfer.ts'

export function project(confirmed: Ledger, outbox: readonly OutboxCommand[], world: World): Projection {
  const standing = asOf(confirmed, world.now)
  const expected = copyOf(standing)
  const previews: Preview[] = []
  let pendingSpend = 0
  for (const { command, text } of outbox) {
    const decision = decide(command, expected, world)
    previews.push({ id: command.id, command, decision })
    if (decision.voucher) pendingSpend += decision.voucher.pricePoints
    postPreview(expected, { command, text, decision, now: world.now })
  }
  const now = confirmedOnly(standing)
  const estimated = balanceOf(expected.balances, 'points', 'available') + pendingSpend
  return {
    ...now,
    lapsed: balanceOf(confirmed.balances, 'points', 'available') - now.available,
    pendingPoints: estimated - now.available,
    pendingGrams: balanceOf(expected.balances, 'grams', 'available') - now.grams,
    pendingSpend,
    spendable: Math.max(0, now.available - pendingSpend),
    previews,
    expected,
  }
}

const PREVIEW_ACCOUNT = 'preview' as AccountId

function postPreview(
  expected: Ledger,
  made: { command: Command; text: string; decision: Decision; now: number },
): void {
  const { command, text, decision, now } = made
  const detail: RecordDetail = {
    command: text,
    reasons: decision.reasons,
    ...(decision.assessment ? { assessment: decision.assessment } : {}),
    ...(decision.voucher ? { voucher: { ...decision.voucher, code: '', token: '' } } : {}),
    ...(decision.about === undefined ? {} : { about: decision.about }),
    ...(decision.returnsAt === undefined ? {} : { returnsAt: decision.returnsAt }),
  }
  post(
    expected,
    {
      v: 1,
      account: PREVIEW_ACCOUNT,
      seq: expected.seq + 1,
      at: now,
      kind: command.kind,
      id: command.id,
      outcome: decision.outcome,
      transfers: decision.transfers,
    },
    detail,
  )
}
