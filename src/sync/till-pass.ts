/**
 * One pass of a till: the exchange of its branch's ledger, then what it has to know to work without a network. In this order, so that the list is
 * younger than what the journal holds, and a pass that broke off leaves the older list, with its age.
 */
import { followJournal } from '../db/acceptances.ts'
import { keepTold, type TillDb, type TillEnd, type TillRow } from '../db/till.ts'
import type { VoucherId } from '../domain/base/ids.ts'
import { SECOND_MS } from '../domain/base/time.ts'
import { signsOfBits } from '../domain/till/voucher-names.ts'
import { bitsOfVoucher } from '../proof/number-mark.ts'
import { readVoucherStatus } from '../proof/voucher-status.ts'
import { type PassResult, syncPass } from './pass.ts'
import type { PassDeps } from './pass-deps.ts'
import type { TillApi } from './till-api.ts'
import { SyncProblem, type TransportProblem } from './transport.ts'

interface TillPassDeps extends Omit<PassDeps, 'home' | 'onProgress' | 'accountId'> {
  readonly till: Pick<TillRow, 'accountId' | 'place'>
  readonly tills: TillDb
  readonly api: TillApi
  /** The browser is sure that there is no network. */
  readonly isOffline?: () => boolean
}

/** What no later pass mends by itself. */
const ENDS: { readonly [Code in TransportProblem]?: TillEnd } = {
  till_revoked: 'revoked',
  account_deleted: 'revoked',
  not_signed_in: 'over',
  merchant_suspended: 'suspended',
}

export async function tillPass(deps: TillPassDeps, onProgress?: PassDeps['onProgress']): Promise<PassResult> {
  if (deps.isOffline?.()) throw new SyncProblem('offline')
  const { till, tills, db } = deps
  try {
    const accountId = till.accountId as PassDeps['accountId']
    const result = await syncPass({ ...deps, accountId, ...(onProgress ? { onProgress } : {}) })
    await followJournal(db)
    if (result.state === 'done') await learnStatus(deps)
    return result
  } catch (error) {
    const end = error instanceof SyncProblem ? ENDS[error.code] : undefined
    if (end) await tills.tills.update(till.accountId, { end })
    throw error
  }
}

async function learnStatus({ till, tills, api, keys }: TillPassDeps): Promise<void> {
  const { status, offers, numberKey, branch, role, name, now } = await api.status()
  const list =
    (await readVoucherStatus(status, await keys(false))) ??
    (await readVoucherStatus(status, await keys(true)))
  if (!list || list.sub !== till.place.merchantId || branch.accountId !== till.accountId)
    throw new SyncProblem('unreadable')
  const key = bytesOf(numberKey)
  if (!key) throw new SyncProblem('unreadable')
  const signs: string[] = []
  for (const id of list.ended) signs.push(signsOfBits(await bitsOfVoucher(key, id as VoucherId)))
  const { accountId: _, ...place } = branch
  const { ended, revokedKeys = [] } = list
  const { revoked = [] } = await keys(false)
  // Since when they sign nothing any more says the list of revoked keys.
  if (revokedKeys.some((kid) => revoked.every((key) => key.kid !== kid))) await keys(true)
  const told = {
    // Its second was rounded up: what ended within it may not stand on the list.
    at: list.iat - SECOND_MS,
    ended: [...ended, ...signs],
    ...{ revokedKeys, offers, numberKey: key },
  }
  await keepTold(tills, till.accountId, { told, place, name, role, now })
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    )
  } catch {
    return undefined
  }
}
