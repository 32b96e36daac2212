/** What a till's lists show: a day, what has still to be sent, what was before, the statements. */
import { computed, type MaybeRefOrGetter, shallowRef, toValue, watch } from 'vue'
import { refundAcceptance } from '../actions/till/refund-acceptance.ts'
import { useLive } from '../composables/useLive.ts'
import { useNow } from '../composables/useNow.ts'
import { liveAcceptances, liveAcceptancesBefore, liveOnItsWay, liveUnsent } from '../db/acceptances.ts'
import { liveStatements } from '../db/statements.ts'
import type { AcceptanceRow } from '../db/tables.ts'
import type { CommandId } from '../domain/base/ids.ts'
import type { Reason } from '../domain/base/reason.ts'
import { DAY_MS, type Day, dayOf, type Instant, startOfDay } from '../domain/base/time.ts'
import { type StatedAcceptance, stateOfAcceptance, sumOfDay } from '../domain/till/acceptances.ts'
import { useServices } from './services.ts'
import { useTillStore } from './till.ts'

export type { StatementRow } from '../db/statements.ts'

/** As a list shows it: with the words of its offer, where its record names it alone. */
export interface AcceptanceShown extends StatedAcceptance {
  readonly isRefunding: boolean
  readonly refundRefused?: Reason
}

const STATEMENTS_MAX = 400
const PAGE = 30

export function useTillClock() {
  const clock = useNow()
  const { now } = useServices()
  return computed<Instant>(() => {
    void clock.value
    return now()
  })
}

/** Puts to each row its state and, where its record names the offer alone, its words. */
function useShown(now: MaybeRefOrGetter<Instant>) {
  const till = useTillStore()
  const words = computed(() => new Map(till.current?.told?.offers.map((offer) => [offer.id, offer])))
  const read = useLive(() => till.db && liveOnItsWay(till.db))
  return (row: AcceptanceRow): AcceptanceShown => {
    const { unread = NONE, awaited = NONE, refunding = NONE } = read.value.value ?? {}
    const isRevoked = till.current?.end === 'revoked'
    const { titleZh, titleEn } = row.titleZh === undefined ? (words.value.get(row.offerId ?? '') ?? row) : row
    return {
      ...row,
      ...(titleZh === undefined ? {} : { titleZh }),
      ...(titleEn === undefined ? {} : { titleEn }),
      state: stateOfAcceptance(row, { now: toValue(now), unread, awaited, isRevoked }),
      isRefunding: refunding.has(row.id),
    }
  }
}

const NONE: ReadonlySet<string> = new Set()

export function useTillDay(day: MaybeRefOrGetter<Day>) {
  const till = useTillStore()
  const now = useTillClock()
  const shown = useShown(now)
  const read = useLive(() => {
    const from = startOfDay(toValue(day))
    return till.db && liveAcceptances(till.db, { from, before: from + DAY_MS })
  })
  const rows = computed(() => (read.value.value ?? []).map(shown))
  return {
    rows,
    isRead: computed(() => read.value.value !== undefined),
    sum: computed(() => sumOfDay(rows.value)),
  }
}

/** What has no record yet; `toSend` is without what the backend has put off, which no hour presses. */
export function useUnsent() {
  const till = useTillStore()
  const read = useLive(() => till.db && liveUnsent(till.db))
  const onItsWay = useLive(() => till.db && liveOnItsWay(till.db))
  const all = computed(() => read.value.value ?? [])
  const toSend = computed(() => all.value.filter(({ id }) => onItsWay.value.value?.awaited.has(id) !== true))
  return { all, toSend }
}

/** Days before today, in pages; asked for by a button. */
export function useEarlier() {
  const till = useTillStore()
  const now = useTillClock()
  const shown = useShown(now)
  const today = computed(() => dayOf(now.value))
  /** How many were asked for; none before the button was pressed. */
  const most = shallowRef(0)
  /** Live, as those of today: what was sent or refunded since then must not read as if it were not. */
  const read = useLive(() => {
    if (!till.db || most.value === 0) return undefined
    return liveAcceptancesBefore(till.db, { before: startOfDay(today.value), most: most.value })
  })
  /** What stood there before more was asked for, until that has come. */
  const rows = shallowRef<readonly AcceptanceRow[]>([])
  watch(read.value, (next) => {
    if (next) rows.value = next
  })
  return {
    rows: computed(() => rows.value.map(shown)),
    isEnd: computed(() => read.value.value !== undefined && read.value.value.length < most.value),
    more: () => {
      most.value += PAGE
    },
  }
}

export function useStatements() {
  const till = useTillStore()
  const read = useLive(() => till.db && liveStatements(till.db, STATEMENTS_MAX))
  return {
    rows: computed(() => read.value.value ?? []),
    isRead: computed(() => read.value.value !== undefined),
  }
}

/** A manager's. */
export async function refund(acceptanceId: string, note: string): Promise<void> {
  const till = useTillStore()
  const { now, newId, page } = useServices()
  if (!till.db) throw new Error('this device is no till')
  await refundAcceptance({ db: till.db, now, newId, page }, { acceptanceId: acceptanceId as CommandId, note })
  void till.poke()
}
