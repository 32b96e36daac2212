/** A command whose lost record is proven, decided as of then: by today's ledger, but at that time's clock, price, stock and sign. */
import { parseCommand } from '../../src/contract/command.ts'
import { ownerOf } from '../../src/domain/ledger/actor.ts'
import type { Command, CommandOf } from '../../src/domain/ledger/command.ts'
import { decide } from '../../src/domain/ledger/decide.ts'
import { type Decision, refuse, toldOf } from '../../src/domain/ledger/decision.ts'
import { earn } from '../../src/domain/ledger/earnings.ts'
import { decisionBy, judge } from '../../src/domain/ledger/judge.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import { settleIdOf } from '../../src/domain/ledger/steps.ts'
import { packInForce, packOf } from '../../src/domain/methodology/which-pack.ts'
import type { Deps } from '../base/deps.ts'
import { readAwaited } from '../storage/awaited.ts'
import type { CrossingRow } from '../storage/crossings.ts'
import { awaitedIn, isContradicted } from './awaited.ts'
import { isRefunded, refundOf } from './refund.ts'
import { actingIn, decidedAt, type TailRecord } from './tail-check.ts'
import { crossingIn } from './tail-crossing.ts'
import { draft, type Writing } from './writing.ts'

export interface Replay {
  readonly record: TailRecord
  /** Stands in this journal already. */
  readonly isKnown: (id: string) => boolean
  /** Commands that count in another account by now. */
  readonly elsewhere: ReadonlySet<string>
}

export async function replayCommand(
  deps: Deps,
  writing: Writing,
  { record, isKnown, elsewhere }: Replay,
): Promise<void> {
  const { body, detail } = record
  const command = parseCommand(detail.command ?? '')
  if (!command) return // of a build to come: the phone asks for it again
  const isSettled = command.kind === 'voucher.redeem' && isKnown(settleIdOf(command.id))
  const decision = isSettled
    ? refuse('voucher_ended')
    : await decideProven(deps, writing, { record, command, isElsewhere: elsewhere.has(command.id) })
  const isGranted = decision.outcome !== 'refused'
  draft(writing, {
    ...actingIn(detail, ownerOf(writing.account.kind)),
    kind: command.kind,
    id: command.id,
    outcome: decision.outcome,
    transfers: decision.transfers,
    ...(body.command === undefined ? {} : { commandDigest: body.command }),
    ...(isGranted ? crossingOf(writing, record) : {}),
    detail: {
      ...detailOf(decision, detail),
      // As they were: a voucher keeps its code and its token, which may stand on paper by now.
      ...(isGranted && detail.voucher ? { voucher: detail.voucher } : {}),
      ...(isGranted && detail.acceptance ? { acceptance: detail.acceptance } : {}),
      ...(isGranted && detail.settled ? { settled: detail.settled } : {}),
      ...(isGranted && detail.planting ? { planting: detail.planting } : {}),
      ...(isGranted && detail.refund ? { refund: detail.refund } : {}),
      provenAt: decidedAt(record),
    },
  })
}

/** What it set going in another account, it sets going again. */
function crossingOf({ account }: Writing, { body, detail }: TailRecord): { crossing?: CrossingRow } {
  const crossing = crossingIn(account.accountId, body, detail)
  return crossing ? { crossing } : {}
}

function detailOf(decision: Decision, { command = '' }: RecordDetail): RecordDetail {
  // A voucher given back waits from now on: a shop may still tell.
  const { returnsAt: _, ...told } = toldOf(decision)
  return { command, ...told }
}

async function decideProven(
  deps: Deps,
  writing: Writing,
  given: { record: TailRecord; command: Command; isElsewhere: boolean },
): Promise<Decision> {
  const { record, command, isElsewhere } = given
  const { body, detail } = record
  // What moved nothing then moves nothing now: a refusal stays one, and an act that waits for a person goes on waiting.
  const isUncounted = command.kind === 'activity.record' && ['rejected', 'review'].includes(body.outcome)
  if (body.outcome === 'refused' || isUncounted) return asItWas(record)
  if (isElsewhere && command.kind !== 'activity.record') return refuse('command_elsewhere')
  if (command.kind === 'voucher.accept') return acceptanceAsProven(deps, record)
  if (command.kind === 'voucher.refund') return refundAsProven(deps, writing, record)
  if (command.kind === 'event.check-in') return checkInAsProven(writing, record)
  if (command.kind === 'activity.record') return actAsProven(deps, writing, { record, command, isElsewhere })
  // As everything was when it was granted: the offer of then, at its price of then.
  const now = decidedAt(record)
  const pack = packInForce(writing.account.city, now, deps.packs)
  const world = {
    now,
    pack,
    offer: () => detail.voucher?.offer ?? detail.entry?.offer,
    isQuestion: () => true,
  }
  return decide(command, writing.ledger, world)
}

function asItWas({ body, detail }: TailRecord): Decision {
  const { reasons = [], assessment, about } = detail
  return {
    outcome: body.outcome,
    reasons,
    transfers: [],
    ...(assessment ? { assessment } : {}),
    ...(about === undefined ? {} : { about }),
  }
}

/**
 * Within the limits as they stand by now. Its age was found right then, so that it is judged at its own end; and its times are those that were
 * found then, by clocks that are not known any more.
 */
function actAsProven(
  { packs }: Deps,
  { account, ledger }: Writing,
  given: { record: TailRecord; command: CommandOf<'activity.record'>; isElsewhere: boolean },
): Decision {
  const { record, command, isElsewhere } = given
  const at = decidedAt(record)
  const proven = record.detail.assessment
  const judgement = judge(command.body, ledger, {
    pack:
      (proven && packOf(proven.packId, proven.packVersion, packs)) ?? packInForce(account.city, at, packs),
    now: at,
    shiftMs: (proven?.startedAt ?? command.body.startedAt) - command.body.startedAt,
    isReviewed: true,
    findings: isElsewhere ? [{ code: 'recorded_elsewhere' }] : [],
  })
  return decisionBy(judgement, ledger, { now: at })
}

/** The code was right and the day too. */
function checkInAsProven({ ledger }: Writing, record: TailRecord): Decision {
  const { event } = record.detail
  if (!event || ledger.attended?.[event.id] !== undefined) return refuse('event_attended')
  const transfers = earn(ledger, { grams: 0, points: event.points, now: decidedAt(record) })
  return { outcome: 'accepted', reasons: [], transfers, event }
}

/** The shop gave back, unless it has been made to since; from what it has by now. */
async function refundAsProven(deps: Deps, writing: Writing, { body, detail }: TailRecord): Promise<Decision> {
  const { refund, about: acceptanceId = '' } = detail
  if (!refund) return { ...refuse('acceptance_unknown'), about: acceptanceId }
  if (await isRefunded(deps, writing, refund.voucherId))
    return { ...refuse('refund_exists'), about: acceptanceId }
  return refundOf(writing, refund, { id: body.id, acceptanceId }).decision
}

/**
 * The shop was paid, unless another acceptance of the voucher has its record. That the holder's journal names another is no such record: it may be
 * one that the shop refused in this very history, or that no device has any more.
 */
async function acceptanceAsProven(deps: Deps, record: TailRecord): Promise<Decision> {
  const { body, detail } = record
  const [mine] = awaitedIn(body.account, [record], deps.now())
  const about = detail.about ?? ''
  if (!mine) return { ...refuse('voucher_unknown'), about }
  const awaited = (await readAwaited(deps.db, mine.accountId)).find((row) => row.voucherId === mine.voucherId)
  const isSecond =
    (awaited && awaited.commandId !== mine.commandId) || (await isContradicted(deps, body.account, [record]))
  if (isSecond) return { ...refuse('voucher_already_accepted'), about }
  return { outcome: 'accepted', reasons: [], transfers: body.transfers, about }
}
