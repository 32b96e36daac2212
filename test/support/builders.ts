/** Commands, claims and offers for tests: sensible defaults, and only what a test is about is named. */

import type { AccountId, CommandId, MerchantId, OfferId } from '../../src/domain/base/ids.ts'
import { startOfDay } from '../../src/domain/base/time.ts'
import type { ActivityClaim } from '../../src/domain/evidence/activity.ts'
import type { Command, CommandBodies, CommandKind } from '../../src/domain/ledger/command.ts'
import { decide } from '../../src/domain/ledger/decide.ts'
import { type Decision, toldOf, type World } from '../../src/domain/ledger/decision.ts'
import { type Ledger, post } from '../../src/domain/ledger/ledger.ts'
import type { RecordBody, RecordDetail } from '../../src/domain/ledger/record.ts'
import type { Step } from '../../src/domain/ledger/step.ts'
import { packInForce } from '../../src/domain/methodology/which-pack.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { voucherCode } from '../../src/domain/offers/voucher.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'

/** Friday noon in Shandong. */
export const NOON = startOfDay('2026-11-20') + 12 * 3600_000

export const ACCOUNT = '00000000-0000-4000-8000-000000000001' as AccountId

let counter = 0

/** A valid UUID that no other call returns, the same in every run of a file. */
export function freshId(): CommandId {
  counter++
  return `00000000-0000-4000-9000-${counter.toString(16).padStart(12, '0')}` as CommandId
}

export function command<Kind extends CommandKind>(kind: Kind, body: CommandBodies[Kind], at = NOON): Command {
  return { id: freshId(), kind, at, body } as Command
}

export function claim(given: Partial<ActivityClaim> = {}): ActivityClaim {
  return {
    code: 'bike',
    city: 'weifang',
    startedAt: NOON - 3600_000,
    quantity: { value: 3200, unit: 'metre' },
    evidence: { trust: 'manual' },
    ...given,
  }
}

/** A ride from a file: 25 minutes, 8.9 km, plausible throughout. */
export function trackedRide(startedAt: number, given: Partial<ActivityClaim> = {}): ActivityClaim {
  return claim({
    startedAt,
    endedAt: startedAt + 31 * 60_000,
    quantity: { value: 8900, unit: 'metre' },
    evidence: {
      trust: 'import',
      digest: startedAt.toString(16).padStart(64, '0'),
      points: 1860,
      movingSeconds: 1800,
      maxSpeedMetresPerHour: 24_000,
    },
    ...given,
  })
}

export function offer(given: Partial<Offer> = {}): Offer {
  return {
    id: 'coffee' as OfferId,
    version: 1,
    category: 'food',
    titleZh: '示例咖啡',
    titleEn: 'Sample coffee',
    termsZh: '示例',
    termsEn: 'Sample',
    merchantId: 'sample-cafe' as MerchantId,
    merchantZh: '示例咖啡馆',
    merchantEn: 'Sample café',
    cities: ['weifang'],
    pricePoints: 100,
    valueFen: 10,
    perPersonMax: 3,
    validDays: 14,
    endsAt: NOON + 365 * 24 * 3600_000,
    sample: true,
    ...given,
  }
}

export function world(given: Partial<World> & { offers?: readonly Offer[] } = {}): World {
  const { offers = [offer()], ...rest } = given
  const pack = packInForce(undefined, rest.now ?? NOON)
  return { now: NOON, pack, offer: (id) => offers.find((each) => each.id === id), ...rest }
}

/** Posts the decision as the backend would, without proofs. */
export function postDecision(
  ledger: Ledger,
  made: { command: Command; decision: Decision; at?: number },
): void {
  const { command: asked, decision, at = NOON } = made
  const detail: RecordDetail = {
    command: canonicalJson(asked),
    ...toldOf(decision),
    ...(decision.voucher
      ? { voucher: { ...decision.voucher, code: voucherCode(asked.id), token: 't' } }
      : {}),
  }
  const body: RecordBody = {
    v: 1,
    account: ACCOUNT,
    seq: ledger.seq + 1,
    at,
    kind: asked.kind,
    id: asked.id,
    outcome: decision.outcome,
    transfers: decision.transfers,
  }
  post(ledger, body, detail)
}

export function postStep(ledger: Ledger, step: Step, at: number): void {
  const { id, kind, transfers, about, returnsAt, prolonged } = step
  post(
    ledger,
    { v: 1, account: ACCOUNT, seq: ledger.seq + 1, at, kind, id, outcome: 'accepted', transfers },
    {
      ...(about === undefined ? {} : { about }),
      ...(returnsAt === undefined ? {} : { returnsAt }),
      ...(prolonged ? { prolonged } : {}),
    },
  )
}

/** Decides and posts; the decision, to look at. */
export function ask(ledger: Ledger, asked: Command, given: World = world()): Decision {
  const decision = decide(asked, ledger, given)
  postDecision(ledger, { command: asked, decision, at: given.now })
  return decision
}
