/** The open ledger as the screen shows it: `project(journal, outbox)`, live, and what a person can do with it. Keeps no truth of its own. */
import { defineStore } from 'pinia'
import { computed, getCurrentScope, ref, shallowRef, watch } from 'vue'
import { useLive } from '../composables/useLive.ts'
import { type BaseRead, liveBase } from '../db/reads.ts'
import type { ActivityId } from '../domain/base/ids.ts'
import { DAY_MS, type Instant } from '../domain/base/time.ts'
import { actBy } from '../domain/ledger/ledger-part.ts'
import { emptyLedger, type PostedActivity, WINDOW_DAYS } from '../domain/ledger/ledger-state.ts'
import { NO_NEEDS } from '../domain/ledger/needs.ts'
import { nextDueAt } from '../domain/ledger/next-due.ts'
import { confirmedAt, confirmedOnly, type OutboxCommand } from '../domain/ledger/projection.ts'
import { useDaysAtHand } from './days-at-hand.ts'
import { useDeviceStore } from './device.ts'
import { estimator, loadEstimatorWhen, loadedEstimator } from './estimates.ts'
import { useLedgerActs } from './ledger-acts.ts'
import { commandOfRow } from './outbox-command.ts'
import type { Shown } from './projecting.ts'
import { useRefreshOfStale } from './refresh-of-stale.ts'
import { useServices } from './services.ts'
import { useSurvivalStore } from './survival.ts'
import { type WaitingEntry, waitingEntries } from './waiting-entry.ts'

export type { WaitingEntry }

type Expecting = ReturnType<NonNullable<typeof estimator.value>['useExpecting']>

const nothing = emptyLedger()

export const useLedgerStore = defineStore('ledger', () => {
  const services = useServices()
  const device = useDeviceStore()
  const survival = useSurvivalStore()
  const acts = useLedgerActs()
  const read = useLive(() => (device.db ? liveBase(device.db) : undefined))
  /** What comes with the rules by which the rest is expected: nothing of it is of use to what is confirmed. */
  const expecting = shallowRef<Expecting>()
  /** By which the backend would decide: that of the person's city. */
  const packAt = (at: Instant) => loadedEstimator().packInForce(device.city, at, services.packs)
  const previewWorld = () => expecting.value?.world()
  const { base: prepared, lookUp, isAtHand } = useDaysAtHand(read.value, previewWorld)
  const base = computed(() => (prepared.value?.isStale ? undefined : prepared.value))
  useRefreshOfStale(() => (read.value.value?.isStale ? device.db : undefined))
  survival.remember(() => writtenAnew(base.value))
  /** Counted up when the screen should look at the clock again: limits and ages follow it. */
  const clockTick = ref(0)
  const now = () => services.now() + (base.value?.clockOffset ?? 0)
  /** Commands wait, or a lot or a voucher has ended that no record has ended yet. */
  const needsEstimate = computed(() => {
    void clockTick.value
    if (!base.value) return false
    return base.value.outbox.length > 0 || (nextDueAt(base.value.ledger) ?? Number.POSITIVE_INFINITY) <= now()
  })
  loadEstimatorWhen(() => needsEstimate.value)
  const isGuest = computed(() => device.current?.kind !== 'account')

  const outbox = computed<readonly OutboxCommand[]>(
    () => base.value?.outbox.filter((row) => row.state !== 'deferred').map(commandOfRow) ?? [],
  )
  const idleActs = computed(() => {
    const oldest = now() - WINDOW_DAYS * DAY_MS
    const acts = base.value?.idleActs ?? []
    return new Map(acts.filter(({ postedAt }) => postedAt >= oldest).map(({ act }) => [act.id, act]))
  })
  const shown = computed<Shown | undefined>(() => {
    void clockTick.value
    const confirmed = base.value?.ledger ?? nothing
    if (!needsEstimate.value) return { projection: confirmedOnly(confirmed), isCatchingUp: false }
    const world = previewWorld()
    if (!estimator.value || !expecting.value || !world || !device.db) return undefined
    return expecting.value.project(
      device.db,
      { confirmed, outbox: outbox.value, world },
      estimator.value.previews,
    )
  })
  const projection = computed(
    () => shown.value?.projection ?? confirmedAt(base.value?.ledger ?? nothing, now()),
  )
  /** What is confirmed can be shown. */
  const isRead = computed(() => base.value !== undefined)
  /** What is shown is complete: the ledger was read and, if there is something to estimate, it was. */
  const isReady = computed(() => isRead.value && shown.value !== undefined)

  /** Until the first restore has come to its end, a balance would be a part of one. Its progress, while it runs. */
  const restoring = computed(() => (isGuest.value ? undefined : restoringOf(base.value)))

  const waiting = computed(() => waitingEntries(base.value?.outbox ?? [], projection.value.previews))

  const scope = getCurrentScope()
  watch(
    estimator,
    (rules) => {
      if (!rules) return
      expecting.value ??= scope?.run(() =>
        rules.useExpecting({
          now,
          packAt,
          isAtHand,
          lookUp,
          phoneNow: services.now,
          offset: () => read.value.value?.clockOffset ?? 0,
          isReady: () => isReady.value,
          expected: () => projection.value.expected,
          idleAct: (id) => idleActs.value.get(id),
        }),
      )
    },
    { immediate: true, flush: 'sync' },
  )

  /** What the fold holds of an act, if it does; and whether that is known yet. */
  function heldAct(id: ActivityId): { isKnown: boolean; act?: PostedActivity | undefined } {
    const ledger = base.value?.ledger
    if (!ledger || !isAtHand(ledger, { ...NO_NEEDS, acts: [id] })) return { isKnown: false }
    return { isKnown: true, act: actBy(ledger, id) }
  }

  return {
    base,
    isRead,
    isReady,
    isGuest,
    projection,
    /** What is expected is being worked out: until a moment later the estimates are missing, or of before. */
    isCatchingUp: computed(() => isRead.value && (shown.value === undefined || shown.value.isCatchingUp)),
    restoring,
    waiting,
    now,
    /** As the phone shows it: the clock by which people give times. */
    phoneNow: services.now,
    tick: () => clockTick.value++,
    heldAct,
    ...estimatesOf(() => expecting.value),
    ...acts,
  }
})

/** Estimates, for views that wait for the rules before they are shown. */
function estimatesOf(
  expecting: () => Expecting | undefined,
): Pick<Expecting, 'estimate' | 'estimateSoon' | 'limitsFor'> {
  const loaded = () => {
    const found = expecting()
    if (!found) throw new Error('a view that estimates waits for loadEstimator')
    return found
  }
  return {
    estimate: (claim) => loaded().estimate(claim),
    estimateSoon: (claim) => loaded().estimateSoon(claim),
    limitsFor: (code, trust, at) => loaded().limitsFor(code, trust, at),
  }
}

/** What a ledger would be written anew from, should the browser clear the storage under the open page. */
function writtenAnew(base: BaseRead | undefined) {
  const { outbox = [], goalGrams, favourites = [], sessionSecret } = base ?? {}
  return { outbox, goalGrams, favourites, sessionSecret }
}

function restoringOf(base: BaseRead | undefined): { done: number; of: number } | undefined {
  if (!base || base.restore?.isComplete) return undefined
  const { seq } = base.ledger
  return { done: seq, of: Math.max(base.restore?.lastSeq ?? 0, seq) }
}
