/**
 * A route follows its consent: laid when it is given, ended when it is, forgotten with the account. Route and account are never written in one
 * transaction; the consent's row says what is still to do, and what a crash leaves, the sweeper finishes. Done twice, it does nothing more.
 */
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Deps } from '../base/deps.ts'
import { STALE_CLAIM_MS } from '../base/limits.ts'
import { readAccount } from '../storage/accounts.ts'
import {
  type ConsentRow,
  dropConsent,
  noteRouted,
  readStaleConsents,
  readUnrouted,
} from '../storage/consents.ts'
import { endLink, endSubject, insertLink } from '../storage/links.ts'
import { each } from './each.ts'

const CONSENTS_PER_SWEEP = 200

export async function routeConsents(deps: Deps, accountId: AccountId): Promise<void> {
  const rows = await readUnrouted(deps.db, accountId)
  if (rows.length === 0) return
  const account = await readAccount(deps.db, accountId)
  const isDeleted = account !== undefined && account.deletedAt !== null
  for (const row of rows) await routeOne(deps, row, isDeleted)
}

async function routeOne({ db, secret }: Deps, row: ConsentRow, isDeleted: boolean): Promise<void> {
  const { accountId, consentId, providerId, handle, endedAt } = row
  const linkKey = secret.linkKey(providerId, handle)
  await insertLink(db, { linkKey, providerId, accountId, consentId })
  if (endedAt !== null) {
    const subjectKey = await endLink(db, { linkKey, accountId, consentId, at: endedAt, handle, isDeleted })
    if (subjectKey !== null) await endSubject(db, { subjectKey, linkKey, at: endedAt })
  }
  if (isDeleted) await dropConsent(db, row)
  else await noteRouted(db, row)
}

export async function sweepConsents(deps: Deps): Promise<void> {
  const accounts = await readStaleConsents(deps.db, deps.now() - STALE_CLAIM_MS, CONSENTS_PER_SWEEP)
  await each(deps, accounts, (accountId) => routeConsents(deps, accountId))
}
