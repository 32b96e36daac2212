/** A month's points have lived their time. */
import type { Lot } from '../ledger/lot.ts'
import type { Step } from '../ledger/step.ts'
import type { Transfer } from '../ledger/transfer.ts'
import { noDays, postNothing, type StepRules } from './kind.ts'

export const lotExpire: StepRules = { post: postNothing, needs: noDays }

/** A lot can end more than once, when something was returned to it that an older rule sent there: its record's place makes the id its own. */
export function endLotStep({ month, available }: Lot, seq: number): Step {
  const transfers: Transfer[] = [
    { asset: 'points', debit: 'available', credit: 'issuance', amount: available, lot: month },
  ]
  return { id: `lot.expire:${month}:${seq}`, kind: 'lot.expire', transfers, about: month }
}
