/** The end of a shop's day: what it took in waits to be paid out from now on, less what it owes from refunds. */
import type { Day } from '../base/time.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import type { Step } from '../ledger/step.ts'
import { balanceOf, type Transfer } from '../ledger/transfer.ts'
import { closeDay, type DayTakings, statementId, statementIn, type Takings } from '../offers/takings.ts'
import { noDays, type StepRules } from './kind.ts'

export const statementClose: StepRules = {
  needs: noDays,
  post(ledger, { id }) {
    const day = statementIn(id)?.day
    if (ledger.takings && day !== undefined) ledger.takings = closeDay(ledger.takings, day)
  },
}

/** What no statement has yet, as the closing of one day after the other leaves it. */
interface Unstated {
  available: number
  owed: number
}

export function unstatedIn({ balances }: Ledger): Unstated {
  return { available: balanceOf(balances, 'fen', 'available'), owed: -balanceOf(balances, 'fen', 'owed') }
}

/** What later days took in is theirs, not this one's. */
export function closeStep(takings: Takings, day: Day, unstated: Unstated): Step {
  const later = Object.entries(takings.days).filter(([each]) => each > day)
  const kept = later.reduce((sum, [, each]) => sum + Math.max(0, each.fen - each.refundFen), 0)
  const due = Math.max(0, unstated.available - kept)
  const repaid = Math.min(due, unstated.owed)
  unstated.available -= due
  unstated.owed -= repaid
  const transfers: Transfer[] = [
    { asset: 'fen', debit: 'available', credit: 'owed', amount: repaid },
    { asset: 'fen', debit: 'available', credit: 'held', amount: due - repaid },
  ]
  return {
    id: statementId(takings.account, day),
    kind: 'statement.close',
    transfers: transfers.filter(({ amount }) => amount > 0),
    statementOf: { day, ...(takings.days[day] as DayTakings) },
  }
}
