/** What the backend does to an account without being asked, before it is a record. */

import type { Instant } from '../base/time.ts'
import type { Statement } from '../offers/takings.ts'
import type { Prolonged } from './prolonged.ts'
import type { StepKind } from './record.ts'
import type { Transfer } from './transfer.ts'

export interface Step {
  readonly id: string
  readonly kind: StepKind
  readonly transfers: readonly Transfer[]
  readonly about?: string
  /** `voucher.return`, `voucher.settle`: as its record's detail says it. */
  readonly prolonged?: Prolonged
  /** `voucher.expire`: when the points come back. */
  readonly returnsAt?: Instant
  /** `statement.close`: what it covers. */
  readonly statementOf?: Statement
}
