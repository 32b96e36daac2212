/** The measures a person saved on this phone, newest first. Titles are kept too, so the list shows without reading any pack. */
import { computed, readonly, shallowRef } from 'vue'
import type { Measure } from '../../content/schema.ts'
import { type CityId, isCityId } from '../../domain/city.ts'

export interface SavedMeasure {
  readonly city: CityId
  readonly id: string
  readonly titleZh: string
  readonly titleEn: string
}

const KEY = 'gt-saved-measures'
/** All five cities together hold 314. */
const SAVED_MAX = 400

const saved = shallowRef<readonly SavedMeasure[]>(read())

export function useSaved() {
  function isSaved(id: string): boolean {
    return saved.value.some((one) => one.id === id)
  }
  function toggle(city: CityId, measure: Pick<Measure, 'id' | 'titleZh' | 'titleEn'>): void {
    const { id, titleZh, titleEn } = measure
    const others = saved.value.filter((one) => one.id !== id)
    saved.value = isSaved(id) ? others : [{ city, id, titleZh, titleEn }, ...others].slice(0, SAVED_MAX)
    write(saved.value)
  }
  return { saved: readonly(saved), count: computed(() => saved.value.length), isSaved, toggle }
}

function read(): SavedMeasure[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isSavedMeasure).slice(0, SAVED_MAX) : []
  } catch {
    return []
  }
}

/** A browser that refuses storage keeps the list until the page is closed. */
function write(list: readonly SavedMeasure[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(list))
  } catch {}
}

function isSavedMeasure(value: unknown): value is SavedMeasure {
  if (typeof value !== 'object' || value === null) return false
  const one = value as Record<string, unknown>
  return (
    [one.id, one.titleZh, one.titleEn].every((text) => typeof text === 'string') && isCityId(String(one.city))
  )
}
