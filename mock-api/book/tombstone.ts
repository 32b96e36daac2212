/**
 * A deletion outlives a restored backup: at each start, whoever has a tombstone is deleted again, its words and all that was handed in since,
 * and whoever is deleted without one (the process ended in between) gets one.
 */
import type { AccountId } from '../../src/domain/ids.ts'
import { isUuid } from '../../src/domain/ids.ts'
import { type DeletionReceipt, readDeletion, signDeletion } from '../../src/proof/deletion-receipt.ts'
import { kidOf } from '../../src/proof/kid.ts'
import type { Deps } from '../deps.ts'
import { shortId } from '../http/log.ts'
import { type AccountRow, insertDeleted, readAccount, readDeletedAfter } from '../storage/accounts.ts'
import { dropAllDays, readLeftBehind } from '../storage/day-acts.ts'
import { eraseAccount } from './erase.ts'

/** Rows read at a time: memory, not speed. */
const PAGE = 500

export interface Tombstone {
  readonly jws: string
  readonly receipt: DeletionReceipt
}

/** The first one of an account counts: a receipt given once stays the same. */
export async function readTombstones(deps: Deps): Promise<Map<string, Tombstone>> {
  const keys = await deps.keyring.publicKeys()
  const found = new Map<string, Tombstone>()
  for (const jws of deps.tombstones.read()) {
    const receipt = receiptIn(jws)
    // A key of the lost part may have signed it: that is no reason to bring somebody back. A signature that is wrong is one to tell.
    const isForged = keys.keys.some(({ kid }) => kid === kidOf(jws)) && !(await readDeletion(jws, keys))
    if (!receipt || isForged) deps.log('error', 'tombstone not readable', { line: jws.slice(0, 16) })
    else if (!found.has(receipt.account)) found.set(receipt.account, { jws, receipt })
  }
  return found
}

function receiptIn(jws: string): DeletionReceipt | undefined {
  try {
    const text = Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')
    const receipt = JSON.parse(text) as DeletionReceipt
    return isUuid(receipt.account) && Number.isSafeInteger(receipt.deletedAt) ? receipt : undefined
  } catch {
    return undefined
  }
}

/** The receipt of a deletion: the one that was given, or a new one, kept before it is given. */
export async function keepTombstone(
  deps: Deps,
  account: AccountRow & { deletedAt: number },
): Promise<string> {
  const known = (await readTombstones(deps)).get(account.accountId)
  if (known) return known.jws
  const receipt: DeletionReceipt = {
    account: account.accountId,
    deletedAt: account.deletedAt,
    records: account.nextSeq - 1,
    hash: account.headHash,
  }
  // The key before the time: one made just now would not be in force yet.
  const key = await deps.keyring.signingKey('documents')
  const jws = await signDeletion(receipt, { key, at: deps.now() })
  deps.tombstones.append(jws)
  return jws
}

/** At each start, before anybody is served. */
export async function applyTombstones(deps: Deps): Promise<void> {
  const tombstones = await readTombstones(deps)
  for (const [id, { receipt }] of tombstones) {
    const accountId = id as AccountId
    const before = await readAccount(deps.db, accountId)
    if (before && before.deletedAt !== null) continue
    if (before) await eraseAccount(deps, before, receipt.deletedAt)
    else await insertDeleted(deps.db, accountId, receipt.deletedAt)
    deps.log('info', 'account deleted again', { account: shortId(accountId) })
  }
  for (const accountId of await readLeftBehind(deps.db)) await dropAllDays(deps.db, accountId)
  for (let after = ''; ; ) {
    const accounts = await readDeletedAfter(deps.db, after, PAGE)
    for (const account of accounts)
      if (account.deletedAt !== null && !tombstones.has(account.accountId))
        await keepTombstone(deps, { ...account, deletedAt: account.deletedAt })
    const last = accounts.at(-1)
    if (!last) break
    after = last.accountId
  }
}
