/** Whether records that a phone hands in are what they say: each by itself and in its place. Who signed for them is for the head to show. */
import { readBody, readDetail } from '../../src/contract/record.ts'
import type { TailFault } from '../../src/contract/tail.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { Actor } from '../../src/domain/ledger/actor.ts'
import type { RecordBody, RecordDetail } from '../../src/domain/ledger/record.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { ChainLink, Cursor } from '../../src/proof/chain.ts'
import type { Head } from '../../src/proof/head.ts'
import { chainHash, commitment, sha256Hex } from '../base/hash.ts'
import { breathe } from './breathe.ts'
import type { Entry } from './writing.ts'

/** A record of a journal, read. */
export interface TailRecord {
  readonly link: ChainLink & { readonly detail: string; readonly salt: string }
  readonly body: RecordBody
  readonly detail: RecordDetail
}

/** All of it is here, and its head is signed. */
export interface ProvenTail {
  readonly after: Cursor
  readonly records: readonly TailRecord[]
  readonly head: Head
}

/** Who acted then, and by which act of an office. Records of before say nothing. */
export function actingIn(
  { by }: RecordDetail,
  before: Actor,
): Pick<Entry, 'by' | 'helper' | 'till' | 'operator' | 'act'> {
  return {
    by: by?.actor ?? before,
    helper: by?.helper,
    till: by?.till,
    act: by?.act,
    ...(by?.operator ? { operator: by.operator } : {}),
  }
}

/** When it was decided first: a backup can be put back again, and what was lost is then decided as of the same time as before. */
export function decidedAt({ body, detail }: Pick<TailRecord, 'body' | 'detail'>): Instant {
  return detail.provenAt ?? body.at
}

/** Carries the fault's name to the answer. */
export class RefusedTail extends Error {
  readonly fault: TailFault

  constructor(fault: TailFault) {
    super(fault)
    this.fault = fault
  }
}

const OUTCOMES = ['accepted', 'adjusted', 'rejected', 'review', 'refused']
const HEX = /^([0-9a-f]{2})+$/

export async function readTailLinks(
  accountId: AccountId,
  after: Cursor,
  links: readonly ChainLink[],
): Promise<{ records: TailRecord[] } | { fault: TailFault }> {
  const records: TailRecord[] = []
  let previous = after
  for (const link of links) {
    if (link.seq !== previous.seq + 1) return { fault: 'gap' }
    if (chainHash(previous.hash, link.body) !== link.hash) return { fault: 'hash' }
    const read = readLink(accountId, link)
    if (typeof read === 'string') return { fault: read }
    await breathe(records.push(read))
    previous = link
  }
  return { records }
}

/** Hostile until proven: whatever throws here is no record of ours. */
function readLink(accountId: AccountId, link: ChainLink): TailRecord | TailFault {
  const { detail: text, salt } = link
  const body = isCanonical(link.body) ? readBody(link.body) : undefined
  if (!body) return 'body'
  if (body.account !== accountId) return 'account'
  if (text === undefined || salt === undefined || !HEX.test(salt)) return 'detail'
  if (commitment(salt, text) !== body.detail) return 'detail'
  const detail = isCanonical(text) ? readDetail(text) : undefined
  if (!detail) return 'detail'
  if (!isOfItsPlace(body, link.seq)) return 'body'
  const digest = detail.command === undefined ? undefined : sha256Hex(detail.command)
  if (digest !== body.command) return 'body'
  return { link: { ...link, detail: text, salt }, body, detail }
}

function isOfItsPlace(body: RecordBody, seq: number): boolean {
  return (
    body.seq === seq &&
    OUTCOMES.includes(body.outcome) &&
    (body.outcome !== 'refused' || body.transfers.length === 0)
  )
}

/** Another text of the same data would have another hash. */
function isCanonical(text: string): boolean {
  try {
    return canonicalJson(JSON.parse(text)) === text
  } catch {
    return false
  }
}
