/**
 * A public feed, of a city or of all: what the phone keeps of it at once, and what the backend says of it now. Without a network the kept one stays,
 * with the time at which it last held. Where the browser keeps nothing, what came is shown until the page goes. Kept for the whole phone: another person on it reads the same alerts.
 */

import { defineStore } from 'pinia'
import {
  type ComputedRef,
  computed,
  type MaybeRefOrGetter,
  reactive,
  shallowReactive,
  toValue,
  watch,
} from 'vue'
import { withinTime } from '../composables/read-troubles.ts'
import { type Live, useLive } from '../composables/useLive.ts'
import { useOnline } from '../composables/useOnline.ts'
import { liveKept, readKept, writeKept } from '../db/kept.ts'
import type { KeptRow } from '../db/tables.ts'
import type { CityId } from '../domain/base/city.ts'
import type { FeedName, FeedValue } from '../sync/feeds.ts'
import { useServices } from './services.ts'

/** Asked at most this often unless somebody asks for it by hand. */
const FRESH_MS = 60_000
/** The phone's own storage answers in milliseconds, or is blocked: the network must not wait for it. */
const STORAGE_MS = 1000

interface LiveFeed extends Pick<Live<KeptRow | null>, 'error'> {
  readonly value: ComputedRef<KeptRow | null | undefined>
}

export const useKeptStore = defineStore('kept', () => {
  const services = useServices()
  const askedAt = new Map<string, number>()
  /** Feeds whose last question failed, with what was wrong. */
  const failures = reactive(new Map<string, unknown>())
  const running = new Map<string, Promise<void>>()
  /** What came in this page's life, for a browser that keeps nothing. */
  const fresh = shallowReactive(new Map<string, KeptRow>())

  async function ask(name: FeedName, city: CityId | undefined): Promise<void> {
    const key = keyOf(name, city)
    try {
      const before = laterOf(await withinTime(readKept(services.device, key), STORAGE_MS), fresh.get(key))
      const backend = await services.backend()
      const answer = await backend.feed(name, city, before?.leftOut ? undefined : before?.etag)
      const value = answer.value ?? before?.value
      if (value === undefined) return
      const { leftOut } = answer.value ?? before ?? {}
      const at = services.now()
      const row: KeptRow = {
        key,
        value,
        at,
        ...(answer.etag === undefined ? {} : { etag: answer.etag }),
        ...(leftOut === undefined ? {} : { leftOut }),
      }
      fresh.set(key, row)
      failures.delete(key)
      // A browser that keeps nothing, or is full, still shows what came.
      await withinTime(writeKept(services.device, row), STORAGE_MS)
    } catch (error) {
      failures.set(key, error)
    }
  }

  /** Asks the backend, unless it was just asked. Never throws: a failure is to be read in `failureOf`. */
  async function refresh(name: FeedName, city?: CityId, { isForced = false } = {}): Promise<void> {
    const key = keyOf(name, city)
    const going = running.get(key)
    if (going) return going
    const now = services.now()
    // Its clock may be put back meanwhile.
    const isFresh = Math.abs(now - (askedAt.get(key) ?? 0)) < FRESH_MS
    if (!isForced && !failures.has(key) && isFresh) return
    askedAt.set(key, now)
    const asking = ask(name, city).finally(() => running.delete(key))
    running.set(key, asking)
    return asking
  }

  /** What came last: where the phone is full, the row that it keeps is an older one. Null: nothing ever came. */
  function live(name: FeedName, city?: () => CityId): LiveFeed {
    const key = () => keyOf(name, city?.())
    const { value, error } = useLive(() => liveKept(services.device, key()), { isQuiet: true })
    return { value: computed(() => laterOf(value.value, fresh.get(key()))), error }
  }

  return {
    refresh,
    live,
    failureOf: (name: FeedName, city?: CityId) => failures.get(keyOf(name, city)),
  }
})

/** For a component: the feed as kept, asked for anew when the city changes and when the network comes back. */
export function useKept<Name extends FeedName>(name: Name, city: MaybeRefOrGetter<CityId>) {
  const store = useKeptStore()
  const isOnline = useOnline()
  const { value: row, error } = store.live(name, () => toValue(city))
  watch(
    [() => toValue(city), isOnline],
    ([id, online]) => {
      if (online) void store.refresh(name, id)
    },
    { immediate: true },
  )
  return {
    /** The last known answer; undefined when none ever came. */
    value: computed(() => row.value?.value as FeedValue<Name> | undefined),
    /** Rows that only a later version of the app can read. */
    leftOut: computed(() => row.value?.leftOut ?? 0),
    /** When the backend last said that it holds. */
    at: computed(() => row.value?.at),
    /** `none`: nothing was ever kept, and the backend could not be reached. */
    state: computed(() => {
      if (row.value) return 'ready' as const
      if (error.value !== undefined || store.failureOf(name, toValue(city)) !== undefined)
        return 'none' as const
      return row.value === null && !isOnline.value ? ('none' as const) : ('loading' as const)
    }),
    problem: computed(() => store.failureOf(name, toValue(city))),
    refresh: () => store.refresh(name, toValue(city), { isForced: true }),
  }
}

function laterOf<Kept extends KeptRow | null | undefined>(
  kept: Kept,
  fresh: KeptRow | undefined,
): Kept | KeptRow {
  return fresh && (kept?.at ?? 0) <= fresh.at ? fresh : kept
}

/** What says the same in every city is kept once. */
function keyOf(name: FeedName, city: CityId | undefined): string {
  return city === undefined ? name : `${name}:${city}`
}
