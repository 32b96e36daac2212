/** Which forms are half filled on this page, and whether what stands on them outlives the page: asked before a new version takes over. */
import { computed, onScopeDispose, shallowReactive, watch } from 'vue'

/** `lost`: it is not kept, or the browser could not keep it. */
export type Filled = 'empty' | 'kept' | 'lost'

const forms = shallowReactive(new Map<symbol, Filled>())

/** For a form, as long as it stands. */
export function tellFilled(state: () => Filled): void {
  const form = Symbol()
  watch(state, (next) => forms.set(form, next), { immediate: true, flush: 'sync' })
  onScopeDispose(() => forms.delete(form))
}

export function useHalfFilled() {
  const states = computed(() => [...forms.values()])
  return {
    /** Something would have to be typed again. */
    isLosing: computed(() => states.value.includes('lost')),
    isKeeping: computed(() => states.value.includes('kept')),
  }
}
