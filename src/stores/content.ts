/**
 * What the cities' plans say, in the newest pack that this phone has: the app's own, or a later one of the backend that was kept. While
 * somebody reads, nothing changes under their eyes: a newer pack waits in `arrived` until the next visit or a tap.
 */

import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { withinTime } from '../composables/read-troubles.ts'
import { untilIdle } from '../composables/until-idle.ts'
import { isNewer, newestPack, packTag } from '../content/newest-pack.ts'
import { cities, loadCity } from '../content/registry.ts'
import type { CityPack } from '../content/schema.ts'
import { readKept, writeKept } from '../db/kept.ts'
import type { KeptRow } from '../db/tables.ts'
import type { CityId } from '../domain/base/city.ts'
import { HOUR_MS } from '../domain/base/time.ts'
import { useServices } from './services.ts'

/** Plans change by the year, corrections come by the day. */
const ASK_EVERY_MS = 6 * HOUR_MS
/** The phone's own storage answers in milliseconds, or is blocked: the plans must not wait for it. */
const STORAGE_MS = 1000

export const useContentStore = defineStore('content', () => {
  const services = useServices()
  /** Read once per visit: coming back to a page shows it without a flash of skeleton, and at the old scroll position. */
  const inUse = shallowReactive(new Map<CityId, CityPack>())
  const arrived = shallowReactive(new Map<CityId, CityPack>())
  let isAsking = false

  async function read(city: CityId): Promise<CityPack> {
    const known = inUse.get(city)
    if (known) return known
    const [builtIn, kept] = await Promise.all([loadCity(city), keptRow(city)])
    const pack = inUse.get(city) ?? (await newestPack(builtIn, kept?.value))
    inUse.set(city, pack)
    return pack
  }

  /** Shows what has arrived meanwhile. */
  function apply(city: CityId): void {
    const pack = arrived.get(city)
    if (!pack) return
    inUse.set(city, pack)
    arrived.delete(city)
  }

  /** Asks for newer packs, this city's first, each city at most once in some hours. Never throws: without a network the packs stay. */
  async function refresh(first: CityId): Promise<void> {
    if (isAsking) return
    isAsking = true
    try {
      for (const city of [first, ...cities.map((one) => one.id).filter((id) => id !== first)]) {
        await untilIdle()
        await ask(city)
      }
    } catch {
      // The next visit asks again.
    } finally {
      isAsking = false
    }
  }

  async function ask(city: CityId): Promise<void> {
    const now = services.now()
    const [builtIn, row] = await Promise.all([loadCity(city), keptRow(city)])
    if (row && row.at <= now && now - row.at < ASK_EVERY_MS) return
    const held = await newestPack(builtIn, row?.value)
    const backend = await services.backend()
    const answer = await backend.feed('content', city, packTag(held))
    const newest = answer.value === undefined ? held : await newestPack(builtIn, answer.value)
    // What came with the app is not stored a second time; the row then only says when the backend was asked.
    const value = newest === builtIn ? null : newest
    const shown = inUse.get(city)
    if (shown && isNewer(newest, shown)) arrived.set(city, newest)
    // A phone that is full shows it all the same, and asks again on its next page.
    await writeKept(services.device, { key: keyOf(city), value, at: now }).catch(() => undefined)
  }

  async function keptRow(city: CityId): Promise<KeptRow | undefined> {
    // A browser that refuses storage, or never answers, still shows the app's own packs.
    return withinTime(readKept(services.device, keyOf(city)), STORAGE_MS)
  }

  return { inUse, arrived, read, apply, refresh }
})

function keyOf(city: CityId): string {
  return `content:${city}`
}
