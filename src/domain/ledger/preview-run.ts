/**
 * The deciding of an outbox, as far as it has come, and what it was made from: so that the next projection goes on from this one instead of
 * deciding everything again. Its ledger is its own and changes in place.
 */

import type { AccountId } from '../base/ids.ts'
import { asOf } from './as-of.ts'
import { giveOn, missingOf } from './at-hand.ts'
import { decide, needsToDecide } from './decide.ts'
import { type Decision, toldOf, type World } from './decision.ts'
import { copyOf, type Ledger, post } from './ledger.ts'
import { headOf, partOf } from './ledger-part.ts'
import { type Needs, withIdleDays } from './needs.ts'
import { confirmedOnly, type OutboxCommand, type Preview, type Projection } from './projection.ts'
import type { RecordDetail } from './record.ts'
import { balanceOf } from './transfer.ts'

/** What a projection shows. The same world means the same instant, pack and offers. */
export interface Screen {
  readonly confirmed: Ledger
  readonly outbox: readonly OutboxCommand[]
  readonly world: World
}

export interface PreviewRun {
  readonly confirmed: Ledger
  readonly world: World
  /** As the clock has it: without what has ended though no record says so yet. */
  readonly standing: Ledger
  readonly expected: Ledger
  /** What was decided so far, from the outbox's beginning. */
  readonly decided: OutboxCommand[]
  readonly previews: Preview[]
  pendingSpend: number
}

export function beginRun({ confirmed, world }: Omit<Screen, 'outbox'>): PreviewRun {
  const standing = asOf(bareOf(confirmed), world.now)
  const begun = { decided: [], previews: [], pendingSpend: 0 }
  return { confirmed, world, standing, expected: copyOf(standing), ...begun }
}

/** Of a part, the head: its days are given on as they are needed. */
function bareOf(ledger: Ledger): Ledger {
  return ledger.part ? partOf(headOf(ledger)) : ledger
}

/** What has to be looked up in the confirmed ledger before these commands can be decided; undefined when nothing has. */
export function missingFor(
  run: PreviewRun,
  commands: readonly OutboxCommand[],
  world = run.world,
): Needs | undefined {
  if (!run.confirmed.part) return undefined
  giveOn(run.confirmed, run.expected)
  const needs = needsToDecide(
    commands.map(({ command }) => command),
    world,
  )
  return missingOf(run.expected, withIdleDays(needs, run.expected))
}

/** What is left to decide of the screen; undefined when the run was made from anything but its beginning. */
export function restOf(run: PreviewRun, { confirmed, outbox, world }: Screen): OutboxCommand[] | undefined {
  if (run.confirmed !== confirmed || run.world !== world || run.decided.length > outbox.length)
    return undefined
  const isBeginning = run.decided.every((each, i) => isSame(each, outbox[i] as OutboxCommand))
  return isBeginning ? outbox.slice(run.decided.length) : undefined
}

function isSame(one: OutboxCommand, other: OutboxCommand): boolean {
  return one === other || (one.command.id === other.command.id && one.text === other.text)
}

/** Decides the next commands on the expected ledger as it stands, in place. */
export function goOn(run: PreviewRun, commands: readonly OutboxCommand[], world = run.world): void {
  for (const each of commands) {
    const decision = decide(each.command, run.expected, world)
    run.decided.push(each)
    run.previews.push({ id: each.command.id, command: each.command, decision })
    if (decision.voucher) run.pendingSpend += decision.voucher.pricePoints
    postPreview(run.expected, { ...each, decision, now: world.now })
  }
}

/** Of a run that has decided all of the outbox. */
export function projectionOf(run: PreviewRun): Projection {
  const { confirmed, standing, expected, pendingSpend } = run
  return shown({ confirmed, standing, expected, previews: [...run.previews], pendingSpend })
}

/**
 * While a run is made anew: confirmed figures as they are now, and as the estimate what the last run has seen coming of all that still waits.
 * A command that it has not decided has no preview yet.
 */
export function meanwhile(last: PreviewRun, { confirmed, outbox, world }: Screen): Projection {
  const waiting = new Set(outbox.map(({ command }) => command.id))
  const previews = last.previews.filter(({ id }) => waiting.has(id))
  const pendingSpend = previews.reduce((sum, { decision }) => sum + (decision.voucher?.pricePoints ?? 0), 0)
  return shown({
    confirmed,
    standing: asOf(bareOf(confirmed), world.now),
    expected: last.expected,
    previews,
    pendingSpend,
  })
}

function shown(made: {
  confirmed: Ledger
  standing: Ledger
  expected: Ledger
  previews: readonly Preview[]
  pendingSpend: number
}): Projection {
  const { confirmed, standing, expected, previews, pendingSpend } = made
  const now = confirmedOnly(standing)
  const estimated = balanceOf(expected.balances, 'points', 'available') + pendingSpend
  return {
    ...now,
    lapsed: balanceOf(confirmed.balances, 'points', 'available') - now.available,
    pendingPoints: estimated - now.available,
    pendingGrams: balanceOf(expected.balances, 'grams', 'available') - now.grams,
    pendingSpend,
    spendable: Math.max(0, now.available - pendingSpend),
    previews,
    expected,
  }
}

const PREVIEW_ACCOUNT = 'preview' as AccountId

function postPreview(expected: Ledger, made: OutboxCommand & { decision: Decision; now: number }): void {
  const { command, text, decision, now } = made
  const detail: RecordDetail = {
    command: text,
    ...toldOf(decision),
    ...(decision.voucher ? { voucher: { ...decision.voucher, code: '', token: '' } } : {}),
  }
  post(
    expected,
    {
      v: 1,
      account: PREVIEW_ACCOUNT,
      seq: expected.seq + 1,
      at: now,
      kind: command.kind,
      id: command.id,
      outcome: decision.outcome,
      transfers: decision.transfers,
    },
    detail,
  )
}
