/** What a batch sets aside on shared rows before its records are there. */
import type { CommandId } from '../../src/domain/base/ids.ts'
import type { MovedAct } from '../verify/replays.ts'
import type { EntryClaim } from './draw-entries.ts'
import type { Claim } from './stock.ts'
import type { VoucherNumber } from './voucher-number.ts'

/** For one voucher a piece of the offer, then a number; for one sign-up a place. */
export interface VoucherClaim extends Claim {
  readonly number?: VoucherNumber
}

/** What all attempts together have set aside, to be settled after the append. */
export interface SetAside {
  readonly claims: Map<CommandId, VoucherClaim>
  readonly tracks: Set<string>
  /** Digests with which another account was first, as an attempt found out when it had decided: the next one knows. */
  readonly takenTracks: Set<string>
  readonly moved: Map<CommandId, MovedAct>
  /** Entries of draws, on their way in or out, by the command. */
  readonly entries: Map<CommandId, EntryClaim>
}
