/**
 * The immutable movement of one asset between two ledger accounts, and the balances that follow from it.
 * A transfer is never edited: a mistake is answered by another transfer the other way.
 */
import type { Month } from '../base/time.ts'

/** `fen`: what a shop is owed for what it gave, in hundredths of a yuan. */
export type Asset = 'points' | 'grams' | 'credits' | 'fen'

/**
 * One side of a transfer. `available` and `held` are the person's and never negative; `owed` is zero or negative (a debt, repaid from
 * the next earnings); the rest stand for the system's side, seen from this account. Per asset all of them sum to zero. In `merchant` points, in
 * `transit` money is on its way to another account; `paid` is what a shop has been paid in all.
 */
type LedgerAccount = 'issuance' | 'available' | 'held' | 'owed' | 'merchant' | 'transit' | 'paid' | 'retired'

export interface Transfer {
  readonly asset: Asset
  /** Where the amount leaves. */
  readonly debit: LedgerAccount
  /** Where the amount arrives. */
  readonly credit: LedgerAccount
  /** Whole and positive: points, grams, grams of credits, or fen. */
  readonly amount: number
  /** Points only: the month in which they were earned (see lot.ts). */
  readonly lot?: Month
}

/** `points:available` → 12480. Absent means zero. */
export type Balances = Readonly<Record<string, number>>

export function balanceOf(balances: Balances, asset: Asset, account: LedgerAccount): number {
  return balances[`${asset}:${account}`] ?? 0
}

/** Applies transfers in order. Throws when one breaks an invariant: such a record was never decided by this ledger. */
export function move(balances: Balances, transfers: readonly Transfer[]): Balances {
  const next: Record<string, number> = { ...balances }
  for (const { asset, debit, credit, amount } of transfers) {
    if (!Number.isSafeInteger(amount) || amount <= 0) throw new RangeError(`amount not positive: ${amount}`)
    if (debit === credit) throw new RangeError(`debit and credit are both ${debit}`)
    next[`${asset}:${debit}`] = (next[`${asset}:${debit}`] ?? 0) - amount
    next[`${asset}:${credit}`] = (next[`${asset}:${credit}`] ?? 0) + amount
  }
  for (const key of Object.keys(next)) {
    const value = next[key] as number
    if (value < 0 && (key.endsWith(':available') || key.endsWith(':held')))
      throw new RangeError(`${key} below zero: ${value}`)
    if (value > 0 && key.endsWith(':owed')) throw new RangeError(`${key} above zero: ${value}`)
    if (value === 0) delete next[key] // so that equal balances are equal objects
  }
  return next
}
