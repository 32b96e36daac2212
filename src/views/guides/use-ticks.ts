/** What was ticked on the checklists of this phone: a home's or a shop's steps belong to the place, not to one person's ledger. */
import { readonly, shallowRef } from 'vue'
import { isText, readList, writeList } from '../../composables/phone-list.ts'

const KEY = 'gt-checklist-ticks'
/** All lists together hold far fewer. */
const TICKS_MAX = 200

const ticks = shallowRef<readonly string[]>(readList(KEY, isText, TICKS_MAX))
/** True once the browser refused to keep them: then the page says so. */
const isRefused = shallowRef(false)

export function useTicks() {
  function isTicked(id: string): boolean {
    return ticks.value.includes(id)
  }
  function set(next: readonly string[]): void {
    ticks.value = next.slice(-TICKS_MAX)
    isRefused.value = !writeList(KEY, ticks.value)
  }
  function toggle(id: string): void {
    set(isTicked(id) ? ticks.value.filter((one) => one !== id) : [...ticks.value, id])
  }
  /** Takes these off; what it returns puts them back. */
  function clear(ids: readonly string[]): () => void {
    const taken = ticks.value.filter((one) => ids.includes(one))
    set(ticks.value.filter((one) => !ids.includes(one)))
    return () => set([...new Set([...ticks.value, ...taken])])
  }
  return { ticks: readonly(ticks), isRefused: readonly(isRefused), isTicked, toggle, clear }
}
