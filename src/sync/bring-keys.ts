/** A backend that waits may lack a key by which a voucher was signed: this phone brings back those that it trusts and the backend has lost. */
import * as v from 'valibot'
import { keySetSchema } from '../contract/catalog.ts'
import type { Receipt } from '../contract/sync.ts'
import { requeueWaiting } from '../db/outbox-batch.ts'
import type { PassDeps } from './pass-deps.ts'
import { SyncProblem } from './transport.ts'

/** Asked again at once when that may have been what it waited for. */
export async function bringKeys(deps: PassDeps, receipts: readonly Receipt[]): Promise<void> {
  if (!receipts.some(({ outcome }) => outcome === 'waiting')) return
  const { transport, accountId, db } = deps
  const ours = await deps.keys(false)
  const theirs = new Set((await transport.get('/keys', keySetSchema)).keys.map(({ kid }) => kid))
  const lost = ours.keys.filter(({ kid }) => !theirs.has(kid))
  if (lost.length === 0) return
  try {
    await transport.post(`/accounts/${accountId}/keys`, { keys: lost }, v.undefined())
  } catch (error) {
    if (error instanceof SyncProblem && !error.mayRetry) return // a backend that does not take keys; what waits goes on waiting
    throw error
  }
  const after = new Set((await transport.get('/keys', keySetSchema)).keys.map(({ kid }) => kid))
  if (lost.some(({ kid }) => after.has(kid))) await requeueWaiting(db)
}
