/**
 * The trip that is under way on this phone, in the ledger in which it was begun, whoever's ledger is open meanwhile. Its row in the database says
 * what it is; this store listens while that says `recording` and this page is the one that records. What is shown is what is written.
 */
import { defineStore } from 'pinia'
import { computed, markRaw, onScopeDispose, ref, type ShallowRef, shallowRef, watch } from 'vue'
import { noteTripLedger, tripLedger } from '../composables/trip-ledger.ts'
import { useLive } from '../composables/useLive.ts'
import { positionTrouble, watchPosition } from '../composables/watch-position.ts'
import type { LedgerDb } from '../db/database.ts'
import {
  beginTrip,
  changeTrip,
  dropTrip,
  liveFixesAfter,
  liveTrips,
  putTripBack,
  readFixes,
} from '../db/trips.ts'
import type { Instant } from '../domain/base/time.ts'
import { NO_WAY, onward } from '../domain/evidence/live-figures.ts'
import {
  ended,
  hidden,
  isOpen,
  type LiveTrip,
  lastHeardOf,
  paused,
  regained,
  resumed,
  shown,
  type TripChange,
  type TripFix,
} from '../domain/evidence/live-trip.ts'
import { useDeviceStore } from './device.ts'
import { useServices } from './services.ts'
import { TripLock } from './trip-lock.ts'
import { type Reception, TripRecorder } from './trip-recorder.ts'

export const useTripStore = defineStore('trip', () => {
  const { now } = useServices()
  const device = useDeviceStore()
  /** A guest's ledger that an account adopts is gone, and its trip is in the account's. */
  const owner = computed(() => {
    const noted = device.all.find(({ ledgerId, adoptedBy }) => ledgerId === tripLedger.value && !adoptedBy)
    return noted ?? device.current
  })
  const db = useDatabaseOf(() => owner.value?.ledgerId)

  const trips = useLive(() => db.value && liveTrips(db.value)).value
  const trip = computed(() => trips.value?.findLast(isOpen))
  const startedAt = computed(() => trip.value?.startedAt)
  watch(
    [trips, startedAt],
    () => trips.value && noteTripLedger(trip.value ? (owner.value?.ledgerId ?? null) : null),
  )

  const { fixes, way, isRead } = useWritten(db, startedAt)
  const reception = ref<Reception>('waiting')
  const writeError = shallowRef<unknown>()
  const isHeld = ref(false)
  const recorder = new TripRecorder({
    db: () => db.value,
    watch: (told) => watchPosition(now, told),
    onReception: (next) => {
      reception.value = next
    },
    onWriteError: (error) => {
      writeError.value = error
    },
  })
  const lock = new TripLock(navigator.locks, (held) => {
    isHeld.value = held
  })

  const isRecording = computed(() => trip.value?.state === 'recording')
  watch(isRecording, (is) => (is ? lock.want(!document.hidden) : lock.drop()), { immediate: true })
  watch([isRecording, isHeld, isRead, db], () => void listen(), { immediate: true })

  async function listen(): Promise<void> {
    if (!isRecording.value || !isHeld.value || !isRead.value) return recorder.stop()
    const [at, last] = [startedAt.value as Instant, fixes.value.at(-1)]
    await change(at, (row) => regained({ lastAt: lastHeardOf(row, last), now: now() })(row))
    if (isRecording.value && isHeld.value && startedAt.value === at) recorder.start(at, last)
  }

  /** In the ledger of the trip. What the recorder has heard is written before. */
  async function change(at: Instant, what: TripChange): Promise<boolean> {
    await recorder.settled()
    return db.value !== undefined && (await changeTrip(db.value, at, what)) !== undefined
  }

  watchSight((isSeen, since) => {
    if (!isRecording.value) return
    if (isSeen) lock.want(true)
    if (!isHeld.value) return
    const at = startedAt.value as Instant
    if (!isSeen) return void change(at, hidden(now()))
    recorder.listenAnew()
    void change(at, (row) => shown(now())(hidden(since)(row) ?? row))
  }, now)

  // Refused from the first moment on, it was none; later, it is a pause of the person's.
  watch(reception, (next) => {
    const at = startedAt.value
    if (next !== 'denied' || at === undefined) return
    void (fixes.value.length === 0 ? drop(at) : change(at, paused(now())))
  })

  /** False where this phone cannot tell where it is, or nothing may be kept: why, says `reception`. */
  async function start(): Promise<boolean> {
    reception.value = positionTrouble() ?? 'waiting'
    if (!db.value || reception.value !== 'waiting') return false
    await beginTrip(db.value, now())
    return true
  }

  async function drop(at: Instant): Promise<void> {
    if (db.value) await dropTrip(db.value, at)
  }

  const fixesOf = async (at: Instant): Promise<TripFix[]> => (db.value ? readFixes(db.value, at) : [])

  async function putBack(row: LiveTrip, all: readonly TripFix[]): Promise<void> {
    if (db.value) await putTripBack(db.value, row, all)
  }

  onScopeDispose(() => {
    recorder.stop()
    lock.drop()
  })

  return {
    db,
    /** Whose it is. */
    owner,
    /** Undefined until it is read. */
    trips,
    trip,
    /** Of the one under way, in order. */
    fixes,
    way,
    reception,
    writeError,
    /** This page is the one that records. */
    isHeld,
    start,
    pause: () => change(startedAt.value ?? 0, paused(now())),
    /** Also one that was ended by mistake. */
    resume: (at: Instant) => change(at, resumed(now())),
    end: (at: Instant) => change(at, ended(now())),
    drop,
    putBack,
    fixesOf,
    now,
  }
})

/** The open ledger's own connection; another's is opened beside it. Two to one new database would each give it a mark, see Guard. */
function useDatabaseOf(ledgerId: () => string | undefined): Readonly<ShallowRef<LedgerDb | undefined>> {
  const { openLedger } = useServices()
  const device = useDeviceStore()
  const db = shallowRef<LedgerDb>()
  let beside: LedgerDb | undefined
  const closeBeside = () => {
    beside?.close()
    beside = undefined
  }
  watch(
    () => [ledgerId(), device.current?.ledgerId, device.db] as const,
    ([id, openId, open]) => {
      closeBeside()
      if (id !== undefined && id !== openId) beside = markRaw(openLedger(id))
      db.value = beside ?? (id === undefined ? undefined : open)
    },
    { immediate: true, flush: 'sync' },
  )
  onScopeDispose(closeBeside)
  return db
}

/** The fixes of the trip under way, as they are written, by whichever tab: each is read once. */
function useWritten(
  db: { readonly value: LedgerDb | undefined },
  startedAt: { readonly value: Instant | undefined },
) {
  const fixes = shallowRef<readonly TripFix[]>([])
  const way = shallowRef(NO_WAY)
  const isRead = ref(false)
  watch(
    () => [db.value, startedAt.value] as const,
    () => {
      fixes.value = []
      way.value = NO_WAY
      isRead.value = false
    },
    { flush: 'sync' },
  )
  const lastAt = () => fixes.value.at(-1)?.at ?? 0
  const tail = useLive(() => {
    const [from, at] = [db.value, startedAt.value]
    return from && at !== undefined ? liveFixesAfter(from, at, lastAt) : undefined
  })
  watch(
    tail.value,
    (rows) => {
      if (!rows) return
      const more = rows.filter(({ at }) => at > lastAt())
      if (more.length > 0) fixes.value = [...fixes.value, ...more]
      way.value = more.reduce(onward, way.value)
      isRead.value = true
    },
    { flush: 'sync' },
  )
  return { fixes, way, isRead }
}

function watchSight(onChange: (isSeen: boolean, since: Instant) => void, now: () => Instant): void {
  let since = now()
  const tell = () => {
    onChange(!document.hidden, since)
    since = now()
  }
  document.addEventListener('visibilitychange', tell)
  onScopeDispose(() => document.removeEventListener('visibilitychange', tell))
}
