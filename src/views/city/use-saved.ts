/** The measures a person saved on this phone, newest first. Titles are kept too, so the list shows without reading any pack. */
import { computed, readonly, shallowRef } from 'vue'
import { readList, writeList } from '../../composables/phone-list.ts'
import type { Measure } from '../../content/schema.ts'
import { type CityId, isCityId } from '../../domain/base/city.ts'

interface SavedMeasure {
  readonly city: CityId
  readonly id: string
  readonly titleZh: string
  readonly titleEn: string
}

const KEY = 'gt-saved-measures'
/** All five cities together hold 314. */
const SAVED_MAX = 400

const saved = shallowRef<readonly SavedMeasure[]>(readList(KEY, isSavedMeasure, SAVED_MAX))

export function useSaved() {
  function isSaved(id: string): boolean {
    return saved.value.some((one) => one.id === id)
  }
  function toggle(city: CityId, measure: Pick<Measure, 'id' | 'titleZh' | 'titleEn'>): void {
    const { id, titleZh, titleEn } = measure
    const others = saved.value.filter((one) => one.id !== id)
    saved.value = isSaved(id) ? others : [{ city, id, titleZh, titleEn }, ...others].slice(0, SAVED_MAX)
    writeList(KEY, saved.value)
  }
  return { saved: readonly(saved), count: computed(() => saved.value.length), isSaved, toggle }
}

function isSavedMeasure(value: unknown): value is SavedMeasure {
  if (typeof value !== 'object' || value === null) return false
  const one = value as Record<string, unknown>
  return (
    [one.id, one.titleZh, one.titleEn].every((text) => typeof text === 'string') && isCityId(String(one.city))
  )
}
