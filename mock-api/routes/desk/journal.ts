/** The journal of an office, to be read and checked by whoever audits: the very pages that a phone would get. */
import type * as v from 'valibot'
import type { officeJournalSchema } from '../../../src/contract/desk/journal.ts'
import { type CityId, isCityId } from '../../../src/domain/base/city.ts'
import { GENESIS_HASH } from '../../../src/proof/chain.ts'
import type { Deps } from '../../base/deps.ts'
import { readLiving } from '../../book/append.ts'
import { pageAfter } from '../../book/feed.ts'
import { openOffice } from '../../book/office.ts'
import type { HttpContext } from '../../http/env.ts'
import { requireRole } from '../../http/operator.ts'
import { ProblemError } from '../../http/problem.ts'
import { readHash } from '../../storage/records.ts'

/** `?after=`: the number of the last record that is at hand. */
export async function readOfficeJournal(
  c: HttpContext,
  deps: Deps,
): Promise<v.InferOutput<typeof officeJournalSchema>> {
  const name = c.req.param('office') ?? ''
  await requireRole(c, deps, 'auditor', { city: isCityId(name) ? name : undefined })
  const city = cityOf(name)
  const account = await readLiving(deps.db, await openOffice(deps, city))
  const seq = Number(c.req.query('after') ?? 0)
  const hash = seq === 0 ? GENESIS_HASH : await hashAt(deps, account.accountId, seq)
  if (hash === undefined) throw new ProblemError('malformed', { detail: 'after: expected a record' })
  const { records, head, lastSeq, hasMore } = await pageAfter(deps, account, { seq, hash })
  return { accountId: account.accountId, records, head, lastSeq, hasMore }
}

async function hashAt(deps: Deps, accountId: Parameters<typeof readHash>[1], seq: number) {
  return Number.isSafeInteger(seq) && seq > 0 ? readHash(deps.db, accountId, seq) : undefined
}

/** `province`, or a city. */
function cityOf(name: string): CityId | undefined {
  if (name === 'province') return undefined
  if (!isCityId(name)) throw new ProblemError('not_found')
  return name
}
