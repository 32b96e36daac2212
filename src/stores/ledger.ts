/** The open ledger as the screen shows it: `project(journal, outbox)`, live, and what a person can do with it. Keeps no truth of its own. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useLive } from '../composables/useLive.ts'
import { type BaseRead, liveBase } from '../db/reads.ts'
import { DAY_MS, type Instant } from '../domain/base/time.ts'
import { emptyLedger, WINDOW_DAYS } from '../domain/ledger/ledger-state.ts'
import { nextDueAt } from '../domain/ledger/next-due.ts'
import { confirmedAt, confirmedOnly, type OutboxCommand } from '../domain/ledger/projection.ts'
import { useDaysAtHand } from './days-at-hand.ts'
import { useDeviceStore } from './device.ts'
import { estimator, loadEstimatorWhen, loadedEstimator } from './estimates.ts'
import { useEstimating } from './estimating.ts'
import { useLedgerActs } from './ledger-acts.ts'
import { commandOfRow } from './outbox-command.ts'
import type { WorldOf } from './preview-world.ts'
import { type Shown, useProjecting } from './projecting.ts'
import { useRefreshOfStale } from './refresh-of-stale.ts'
import { useServices } from './services.ts'
import { useSurvivalStore } from './survival.ts'
import { type WaitingEntry, waitingEntries } from './waiting-entry.ts'

export type { WaitingEntry }

const nothing = emptyLedger()

export const useLedgerStore = defineStore('ledger', () => {
  const services = useServices()
  const device = useDeviceStore()
  const survival = useSurvivalStore()
  const acts = useLedgerActs()
  const read = useLive(() => (device.db ? liveBase(device.db) : undefined))
  /** Comes with the rules: offers are of no use to what is confirmed. */
  const worldOf = shallowRef<WorldOf>()
  watch(
    estimator,
    (rules) => {
      worldOf.value ??= rules?.usePreviewWorld({
        offset: () => read.value.value?.clockOffset ?? 0,
        idleAct: (id) => idleActs.value.get(id),
      })
    },
    { immediate: true, flush: 'sync' },
  )
  /** By which the backend would decide: that of the person's city. */
  const packAt = (at: Instant) => loadedEstimator().packInForce(device.city, at, services.packs)
  const previewWorld = () => worldOf.value?.(packAt)
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
  const projecting = useProjecting({ lookUp })
  const shown = computed<Shown | undefined>(() => {
    void clockTick.value
    const confirmed = base.value?.ledger ?? nothing
    if (!needsEstimate.value) return { projection: confirmedOnly(confirmed), isCatchingUp: false }
    const world = previewWorld()
    if (!estimator.value || !world || !device.db) return undefined
    return projecting.next(device.db, { confirmed, outbox: outbox.value, world }, estimator.value.previews)
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

  const estimating = useEstimating({
    now,
    isReady: () => isReady.value,
    confirmed: () => base.value?.ledger,
    phoneNow: services.now,
    offset: () => base.value?.clockOffset ?? 0,
    expected: () => projection.value.expected,
    packAt,
    isAtHand,
  })

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
    ...estimating,
    ...acts,
  }
})

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
