/** A projection that goes on from the last one shows what one of everything shows, whatever was confirmed, waits, ends or is taken back meanwhile. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ActivityId, VoucherId } from '../../src/domain/base/ids.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/base/time.ts'
import type { World } from '../../src/domain/ledger/decision.ts'
import { copyOf, emptyLedger, type Ledger } from '../../src/domain/ledger/ledger.ts'
import { addFound, headOf, partOf } from '../../src/domain/ledger/ledger-part.ts'
import type { PostedActivity } from '../../src/domain/ledger/ledger-state.ts'
import type { Needs } from '../../src/domain/ledger/needs.ts'
import {
  beginRun,
  goOn,
  meanwhile,
  missingFor,
  type PreviewRun,
  projectionOf,
  restOf,
} from '../../src/domain/ledger/preview-run.ts'
import { project, projectOn } from '../../src/domain/ledger/project.ts'
import type { OutboxCommand } from '../../src/domain/ledger/projection.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { ask, claim, command, NOON, offer, trackedRide, world } from '../support/builders.ts'

const OFFER = offer({ pricePoints: 40, perPersonMax: 50 })

const wish = fc.oneof(
  fc.record({
    what: fc.constant('ride' as const),
    metres: fc.integer({ min: 300, max: 20_000 }),
    hoursAgo: fc.nat(60 * 24),
    isTracked: fc.boolean(),
  }),
  fc.record({ what: fc.constant('withdraw' as const), pick: fc.nat(30) }),
  fc.record({ what: fc.constant('redeem' as const) }),
  fc.record({ what: fc.constant('cancel' as const), pick: fc.nat(30) }),
  fc.record({ what: fc.constant('answer' as const), question: fc.nat(3) }),
)
type Wish = typeof wish extends fc.Arbitrary<infer T> ? T : never

/** What happens between two looks at the screen. */
const turn = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ what: fc.constant('tap' as const), wishes: fc.array(wish, { maxLength: 4 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('confirm' as const), count: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('undo' as const), pick: fc.nat(30) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('wait' as const),
      hours: fc.integer({ min: 1, max: 400 * 24 }),
    }),
  },
)
type Turn = typeof turn extends fc.Arbitrary<infer T> ? T : never

interface Phone {
  confirmed: Ledger
  outbox: OutboxCommand[]
  world: World
  readonly acts: ActivityId[]
  readonly vouchers: VoucherId[]
}

function newPhone(): Phone {
  return { confirmed: emptyLedger(), outbox: [], world: worldAt(NOON), acts: [], vouchers: [] }
}

function worldAt(now: number): World {
  return world({ now, offers: [{ ...OFFER, endsAt: NOON + 500 * DAY_MS }] })
}

const pick = <T>(from: readonly T[], at: number) => from[at % Math.max(1, from.length)]

function commandOf(each: Wish, phone: Phone): OutboxCommand {
  const { now } = phone.world
  const made = (() => {
    switch (each.what) {
      case 'ride': {
        const startedAt = now - each.hoursAgo * HOUR_MS - HOUR_MS
        const quantity = { value: each.metres, unit: 'metre' as const }
        const asked = each.isTracked ? trackedRide(startedAt, { quantity }) : claim({ startedAt, quantity })
        return command('activity.record', asked, now)
      }
      case 'withdraw':
        return command(
          'activity.withdraw',
          { activityId: pick(phone.acts, each.pick) ?? ('none' as ActivityId) },
          now,
        )
      case 'redeem':
        return command('voucher.redeem', { offerId: OFFER.id, offerVersion: 1, pricePoints: 40 }, now)
      case 'cancel':
        return command(
          'voucher.cancel',
          { voucherId: pick(phone.vouchers, each.pick) ?? ('none' as VoucherId) },
          now,
        )
      case 'answer':
        return command('quiz.answer', { questionId: `q${each.question}`, choice: 0 }, now)
    }
  })()
  if (each.what === 'ride') phone.acts.push(made.id as ActivityId)
  if (each.what === 'redeem') phone.vouchers.push(made.id as VoucherId)
  return { command: made, text: canonicalJson(made) }
}

function take(phone: Phone, each: Turn): void {
  switch (each.what) {
    case 'tap':
      for (const one of each.wishes) phone.outbox = [...phone.outbox, commandOf(one, phone)]
      break
    case 'confirm': {
      const next = copyOf(phone.confirmed)
      for (const { command: asked } of phone.outbox.slice(0, each.count)) ask(next, asked, phone.world)
      phone.confirmed = next
      phone.outbox = phone.outbox.slice(each.count)
      break
    }
    case 'undo': {
      const gone = pick(phone.outbox, each.pick)
      phone.outbox = phone.outbox.filter((one) => one !== gone)
      break
    }
    case 'wait':
      phone.world = worldAt(phone.world.now + each.hours * HOUR_MS)
  }
}

describe('a projection that goes on from the last', () => {
  it('shows the same as one of everything, through taps, answers, undoing and time', () => {
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 14 }), (turns) => {
        const phone = newPhone()
        let run: PreviewRun | undefined
        for (const each of turns) {
          take(phone, each)
          run = projectOn(run, phone)
          expect(projectionOf(run)).toEqual(project(phone.confirmed, phone.outbox, phone.world))
        }
      }),
      { numRuns: 150 },
    )
  })

  it('decides only what came behind, however it is cut in slices', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 12 }), fc.nat(12), (wishes, cut) => {
        const phone = newPhone()
        take(phone, { what: 'tap', wishes })
        const run = projectOn(undefined, { ...phone, outbox: phone.outbox.slice(0, cut) })
        const first = [...run.previews]
        const rest = restOf(run, phone) ?? []
        expect(rest).toEqual(phone.outbox.slice(cut))
        for (const each of rest) goOn(run, [each])
        expect(run.previews.slice(0, first.length).every((each, i) => each === first[i])).toBe(true)
        expect(projectionOf(run)).toEqual(project(phone.confirmed, phone.outbox, phone.world))
      }),
      { numRuns: 60 },
    )
  })

  it('does not go on where another text goes by an id that was decided, nor from another ledger or instant', () => {
    const phone = newPhone()
    take(phone, { what: 'tap', wishes: [{ what: 'answer', question: 1 }] })
    const run = projectOn(undefined, phone)
    const [only] = phone.outbox as [OutboxCommand]
    expect(restOf(run, phone)).toEqual([])
    expect(restOf(run, { ...phone, outbox: [{ ...only, text: `${only.text} ` }] })).toBeUndefined()
    expect(restOf(run, { ...phone, confirmed: copyOf(phone.confirmed) })).toBeUndefined()
    expect(restOf(run, { ...phone, world: worldAt(NOON + 1) })).toBeUndefined()
    expect(restOf(run, { ...phone, outbox: [] })).toBeUndefined()
  })
})

/** As the phone looks it up: those days, and those of the acts and tracks, of which only the whole knows. */
function lookUp(part: Ledger, whole: Ledger, { days, acts, digests }: Needs): void {
  const holds = (held: readonly PostedActivity[]) =>
    held.some(({ id, digest }) => acts.includes(id) || (digest !== undefined && digests.includes(digest)))
  const found = Object.entries(whole.days).filter(([day, held]) => days.includes(day) || holds(held))
  addFound(part, { days, acts, digests, pieces: structuredClone(Object.fromEntries(found)) })
}

describe('a projection of a part of the ledger', () => {
  it('looks up what it lacks and shows the same as one of the whole, also when it goes on', () => {
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 10 }), fc.array(wish, { maxLength: 8 }), (turns, wishes) => {
        const phone = newPhone()
        for (const each of turns) take(phone, each)
        const whole = phone.confirmed
        const part = partOf(headOf(copyOf(whole)))
        const run = beginRun({ confirmed: part, world: phone.world })
        const goOnWith = (commands: readonly OutboxCommand[]) => {
          const missing = missingFor(run, commands)
          if (missing) lookUp(part, whole, missing)
          expect(missingFor(run, commands)).toBeUndefined()
          goOn(run, commands)
        }
        goOnWith(phone.outbox)
        const before = phone.outbox.length
        take(phone, { what: 'tap', wishes })
        for (const each of phone.outbox.slice(before)) goOnWith([each])
        const { expected: _, ...figures } = project(whole, phone.outbox, phone.world)
        expect(projectionOf(run)).toMatchObject(figures)
      }),
      { numRuns: 120 },
    )
  })
})

describe('while a projection is made anew', () => {
  it('what the last one saw coming stays as estimate, and what was confirmed of it moves over whole', () => {
    const phone = newPhone()
    const rides = [1, 2, 3].map((day) =>
      commandOf({ what: 'ride', metres: 3000, hoursAgo: day * 24, isTracked: true }, phone),
    )
    phone.outbox = rides
    const last = projectOn(undefined, phone)
    const { pendingPoints, pendingGrams } = projectionOf(last)
    take(phone, { what: 'confirm', count: 2 })
    const shown = meanwhile(last, phone)
    expect(shown.available).toBeGreaterThan(0)
    expect(shown.available + shown.pendingPoints).toBe(pendingPoints)
    expect(shown.grams + shown.pendingGrams).toBe(pendingGrams)
    expect(shown.previews.map(({ id }) => id)).toEqual([rides[2]?.command.id])
    expect(shown).toEqual(project(phone.confirmed, phone.outbox, phone.world))
  })
})
