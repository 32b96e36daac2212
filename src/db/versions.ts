/**
 * Versions of the device's schema, append only: a phone may come from any of them. Each has a dump in test/golden that must still open.
 */
import type { Transaction } from 'dexie'
import { layOffersAside } from './lay-offers-aside.ts'
import { splitLedger } from './split-ledger.ts'

interface SchemaVersion {
  readonly stores: Record<string, string | null>
  readonly upgrade?: (transaction: Transaction) => Promise<void>
}

export const versions: readonly SchemaVersion[] = [
  {
    stores: {
      journal: 'seq, &id',
      stage: 'seq, &id',
      outbox: '++n, &id, state',
      entries: 'seq, &id, about, [group+seq]',
      vouchers: 'id, state',
      months: 'month',
      days: 'day',
      meta: 'key',
      catalog: 'key',
    },
  },
  // Photos of nominations, by their command's id.
  { stores: { photos: 'id, state' } },
  // The account's state in pieces: its days apart from the head.
  { stores: { pieces: 'day, *digests' }, upgrade: splitLedger },
  // Offers stand on the shelf of the whole phone.
  { stores: { catalog: null }, upgrade: layOffersAside },
  // Trips recorded on this phone, and their fixes.
  { stores: { trips: 'startedAt, state', tripPoints: '[trip+at]' } },
  // Of a branch: what its tills have accepted, by every name of the voucher.
  { stores: { acceptances: 'id, *names, acceptedAt' } },
]
