/** What a run is asked for, and what it went through, by name: each kind of trouble is counted, and a test asserts that it came. */
import type { Network } from './network.ts'
import type { PlantingCounts } from './planting.ts'
import type { RoomName } from './rooms.ts'
import type { Sabotage } from './sabotage.ts'

const NONE = {
  decided: 0,
  skewed: 0,
  rotated: 0,
  swept: 0,
  /** Answers that were not the whole of what was missing. */
  pages: 0,
  /** Sweeps between a claim and its append, and such that came when the claim had gone stale. */
  sweptBetween: 0,
  /** Sessions that had ended, and were begun again. */
  signedInAgain: 0,
  /** Leavings: with nothing waiting, refused because something waited, and with it discarded. */
  left: 0,
  stayed: 0,
  discarded: 0,
  adopted: 0,
  deleted: 0,
  /** Deleted accounts that a restored backup had brought back, and the start took away again. */
  deletedAgain: 0,
  /** Sign-ins to an account that the restored backup had never heard of. */
  younger: 0,
  bought: 0,
  shown: 0,
  paid: 0,
  /** Acceptances of a voucher that had been accepted before. */
  shownTwice: 0,
  /** Vouchers that were given back on the phone that shows them, and donations. */
  shownGivenBack: 0,
  given: 0,
  /** Accepted as the till's screen says; of these, told in time. */
  acceptedByTheScreen: 0,
  toldInTime: 0,
  /** Shown to a till whose clock cannot be right. */
  clockRefused: 0,
  refunded: 0,
  disputesDecided: 0,
  /** Customers of the shop who deleted their account, and refunds to such that the sponsor took in. */
  wentForGood: 0,
  takenIn: 0,
  stated: 0,
  statementsPaid: 0,
  /** What was told as failed, because the phone was full. */
  full: 0,
  died: 0,
  cleared: 0,
  exported: 0,
  guestFiles: 0,
  /** Passes refused by the lock, given up by a tab that died, taken from one that hung, made by the worker. */
  busy: 0,
  orphaned: 0,
  stolen: 0,
  byWorker: 0,
  /** Answers that arrived after newer ones. */
  stale: 0,
  otherBuild: 0,
  leaps: 0,
  lotsEnded: 0,
  /** Helpers who came in, acts of theirs that arrived, and ends of it that were asked for. */
  joined: 0,
  helped: 0,
  helpersEnded: 0,
  reported: 0,
  corrected: 0,
  /** Reports that came once more, and such that nobody had agreed to. */
  reportedAgain: 0,
  droppedReports: 0,
  /** Reports of a ride that its rider had logged. */
  merged: 0,
  unlinked: 0,
  /** Draws that came out, and what became of entries: left, drawn, not drawn; of accounts that are gone. */
  drawn: 0,
  entriesLeft: 0,
  entriesWon: 0,
  entriesLost: 0,
  entrantsGone: 0,
  /** Sweeps that ended at any statement. */
  diedSweeping: 0,
}

export type Counts = typeof NONE

export const noCounts = (): Counts => ({ ...NONE })

export interface Report {
  readonly steps: number
  /** Of all who are there. */
  readonly acts: number
  readonly recorded: number
  readonly records: number
  readonly crashes: number
  readonly forks: number
  /** Tails that the backend took over word for word, and such that it decided as of their time. */
  readonly taken: number
  readonly replayed: number
  readonly vouchers: number
  readonly hardships: Counts
  /** Of the room of planting days, where it was open. */
  readonly planting?: PlantingCounts
  readonly network: Network['counts']
}

export interface Options {
  readonly steps?: number
  readonly sabotage?: Sabotage
  /** All of them, or some. */
  readonly hardships?: boolean | readonly RoomName[]
}
