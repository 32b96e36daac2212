/** The journal of an office, to be read and checked by whoever audits: the very pages that a phone would get. */
import * as v from 'valibot'
import type { officeJournalSchema, officeRecordsSchema } from '../../../src/contract/desk/journal.ts'
import { DESK_LISTS } from '../../../src/contract/desk/lists.ts'
import { type CityId, isCityId } from '../../../src/domain/base/city.ts'
import { commandIn, openBody, openDetail } from '../../../src/domain/ledger/open-record.ts'
import { GENESIS_HASH } from '../../../src/proof/chain.ts'
import type { Deps } from '../../base/deps.ts'
import { readLiving } from '../../book/append.ts'
import { pageAfter, toWire } from '../../book/feed.ts'
import { openOffice } from '../../book/office.ts'
import type { HttpContext } from '../../http/env.ts'
import { requireRole } from '../../http/operator.ts'
import { placeIn } from '../../http/place.ts'
import { ProblemError } from '../../http/problem.ts'
import { type RecordRow, readHash, readListed } from '../../storage/records.ts'
import { askedOf, isFoundIn } from './asked-list.ts'
import { pageByLooking } from './list-page.ts'

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

const ROWS_PER_PAGE = 100
const placeSchema = v.strictTuple([v.pipe(v.number(), v.safeInteger())])
type Place = v.InferOutput<typeof placeSchema>

/** The same records to look through, the newest first. What is found proves nothing: for that, all of them are read in their order. */
export async function listOfficeRecords(
  c: HttpContext,
  deps: Deps,
): Promise<v.InferOutput<typeof officeRecordsSchema>> {
  const name = c.req.param('office') ?? ''
  await requireRole(c, deps, 'auditor', { city: isCityId(name) ? name : undefined })
  const city = cityOf(name)
  const { find, sort, filters } = askedOf(c, DESK_LISTS.journal)
  const isDown = sort?.isDown ?? true
  const { accountId } = await readLiving(deps.db, await openOffice(deps, city))
  const { rows, ...rest } = await pageByLooking({
    ...{ after: placeIn(c, placeSchema), limit: ROWS_PER_PAGE },
    isAll: find === '' && Object.keys(filters).length === 0,
    read: (place, limit) => readListed(deps.db, accountId, { after: place?.[0], isDown, limit }),
    placeOf: ({ seq }): Place => [seq],
    fits(record) {
      const { kind, act, words } = saidIn(record)
      return (
        (filters.kind === undefined || kind === filters.kind) &&
        (filters.act === undefined || act === filters.act) &&
        isFoundIn(words, find)
      )
    },
  })
  return { rows: rows.map(toWire), ...rest }
}

/** Proposals and their decisions say more than others. */
const bodySchema = v.object({
  act: v.exactOptional(v.string()),
  subject: v.exactOptional(v.string()),
  proposalId: v.exactOptional(v.string()),
  digest: v.exactOptional(v.string()),
})

function saidIn({ body, detail }: RecordRow) {
  const told = openDetail(detail)
  const asked = v.safeParse(bodySchema, commandIn(told)?.body)
  const { act = '', subject = '', proposalId = '', digest = '' } = asked.success ? asked.output : {}
  const words = [
    act,
    subject,
    proposalId,
    digest,
    told?.about ?? '',
    told?.by?.operator?.name ?? '',
    told?.note ?? '',
  ]
  return { kind: openBody(body).kind, act, words }
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
