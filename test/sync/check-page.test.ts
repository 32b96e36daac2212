/** A page is held against what the phone knows, one by one: each signed by the right key, and each with one thing in it that cannot be. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { SyncAnswer, WireRecord } from '../../src/contract/sync.ts'
import type { AccountId, CommandId } from '../../src/domain/base/ids.ts'
import { emptyLedger, type Ledger } from '../../src/domain/ledger/ledger.ts'
import type { RecordBody } from '../../src/domain/ledger/record.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { chainHash, commitment, START } from '../../src/proof/chain.ts'
import { type Head, signHead } from '../../src/proof/head.ts'
import { checkPage, type Known } from '../../src/sync/check-page.ts'
import { ACCOUNT } from '../support/builders.ts'
import { makeTestKey, type TestKey } from '../support/keys.ts'

const OTHER = '00000000-0000-4000-8000-000000000002' as AccountId
const AT = 5_000_000
let trusted: TestKey

beforeAll(async () => {
  trusted = await makeTestKey('heads-1', { purpose: 'heads' })
})

/** Two acts of 30 points, of which 20 are held for a voucher. */
async function records(given: Partial<RecordBody> = {}): Promise<WireRecord[]> {
  const lot = '1970-01'
  const earned = { asset: 'points', debit: 'issuance', credit: 'available', amount: 30, lot } as const
  const held = { asset: 'points', debit: 'available', credit: 'held', amount: 20, lot } as const
  let previous = START.hash
  const links: WireRecord[] = []
  for (const [i, transfers] of [[earned], [earned, held]].entries()) {
    const body = canonicalJson({
      ...{ v: 1, account: ACCOUNT, seq: i + 1, at: AT, kind: 'account.open', id: `step:${i}` as CommandId },
      ...{ outcome: 'accepted', transfers, ...given },
    } as RecordBody)
    previous = await chainHash(previous, body)
    links.push({ seq: i + 1, body, hash: previous })
  }
  return links
}

async function checked(
  given: { head?: Partial<Head>; records?: WireRecord[]; known?: Partial<Known> } = {},
): Promise<Awaited<ReturnType<typeof checkPage>>> {
  const links = given.records ?? (await records())
  const { seq, hash } = links.at(-1) ?? START
  const told: Head = { account: ACCOUNT, seq, hash, available: 40, held: 20, at: AT, ...given.head }
  const answer: Extract<SyncAnswer, { state: 'ok' }> = {
    ...{ state: 'ok', now: AT, receipts: [], records: links, lastSeq: seq, hasMore: false },
    head: await signHead(told, trusted.signing),
  }
  return checkPage(answer, {
    ...{
      accountId: ACCOUNT,
      cursor: START,
      ledgerWith: wholeAt(emptyLedger()),
      keys: { keys: [trusted.key] },
    },
    ...{ sentAt: AT, receivedAt: AT, ...given.known },
  })
}

/** A ledger in one piece: nothing of it has to be looked up. */
function wholeAt(ledger: Ledger): Known['ledgerWith'] {
  return async () => ({ ledger, before: new Map() })
}

describe('a page', () => {
  it('that fits is taken, and the ledger that it was held against is as it was', async () => {
    const ledger = emptyLedger()
    const found = await checked({ known: { ledgerWith: wholeAt(ledger) } })
    expect(found).toMatchObject({ page: { ledger: { seq: 2 }, lastSeq: 2 } })
    expect(ledger).toEqual(emptyLedger())
  })

  it.each<[string, Partial<Head>, string]>([
    ['more points than its records give', { available: 41 }, 'balance'],
    ['fewer points than its records give', { available: 39 }, 'balance'],
    ['other points held', { held: 0 }, 'balance'],
    ['another account', { account: OTHER }, 'head'],
    ['another place', { seq: 1 }, 'head'],
    ['another history', { hash: 'f'.repeat(64) }, 'head'],
  ])('under a head of %s is not applied', async (_what, head, fault) => {
    expect(await checked({ head })).toEqual({ fault })
  })

  it('with records of another account is not applied, though the head says ours', async () => {
    expect(await checked({ records: await records({ account: OTHER }) })).toEqual({ fault: 'account' })
  })

  it.each<[string, object]>([
    ['without transfers', { transfers: undefined }],
    [
      'with an amount that is none',
      { transfers: [{ asset: 'points', debit: 'issuance', credit: 'available', amount: -3 }] },
    ],
    ['without an id', { id: 7 }],
    ['of another shape', { v: 2 }],
  ])('with a record %s is not applied, though it is hashed and signed', async (_what, given) => {
    expect(await checked({ records: await records(given) })).toEqual({ fault: 'record' })
  })

  it('with a detail that is none is not applied', async () => {
    const salt = '00'.repeat(16)
    const detail = canonicalJson({ reasons: 'none' })
    const sealedBy = await commitment(salt, detail)
    const sealed = (await records({ detail: sealedBy })).map((link) => ({ ...link, detail, salt }))
    expect(await checked({ records: sealed })).toEqual({ fault: 'record' })
  })

  it('that no ledger could have had is not applied', async () => {
    const transfers = [{ asset: 'points', debit: 'available', credit: 'merchant', amount: 9, lot: '1970-01' }]
    const impossible = await records({ transfers } as Partial<RecordBody>)
    expect(await checked({ records: impossible })).toEqual({ fault: 'fold' })
  })

  it('signed by a key that was revoked is not applied, whatever time its thief writes', async () => {
    const revoked = [{ kid: trusted.key.kid, at: 9000, keeps: [] }]
    expect(await checked({ known: { keys: { keys: [trusted.key], revoked } } })).toEqual({
      fault: 'signature',
    })
  })
})
