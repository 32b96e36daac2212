/**
 * The search of the city tab: its index, made at build time, is read in a spare moment once the tab is open, at once when somebody types. Of a
 * pack that came later it is made here, never in one go: no letter waits for it. After that every letter is answered at once.
 */
import { computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import { untilIdle } from '../../../composables/until-idle.ts'
import { cities } from '../../../content/registry.ts'
import type { CityPack } from '../../../content/schema.ts'
import type { CitySearch } from '../../../content/search.ts'
import type { SearchFilter } from '../../../content/search-filter.ts'
import type { CityId } from '../../../domain/base/city.ts'
import { useContentStore } from '../../../stores/content.ts'
import { language } from '../../../text/language.ts'
import { afterPaint } from './after-paint.ts'

export type SearchState = 'idle' | 'loading' | 'ready' | 'failed'

/** In the frame after a letter: what a phone's screen holds. The page of hits follows in the next frames, all others when asked for. */
const SHOWN_AT_ONCE = 6
const SHOWN_PAGE = 24
/** Longer, and a letter typed meanwhile would be late by a frame. */
const WORK_MS = 8

const index = shallowRef<CitySearch | null>(null)
const state = shallowRef<SearchState>('idle')
let builtFrom: readonly CityPack[] = []
let building: Promise<void> | undefined
let isWaitedFor = false

/** Makes the index, or makes it anew when a pack has changed. An index that stands answers until the new one does. */
function prepare(): Promise<void> {
  building ??= build().finally(() => {
    building = undefined
  })
  return building
}

async function build(): Promise<void> {
  if (!index.value) state.value = 'loading'
  try {
    const content = useContentStore()
    const reading = Promise.all(cities.map((city) => content.read(city.id)))
    const [{ openSearch }, { builtPieces }, packs] = await Promise.all([
      import('../../../content/search.ts'),
      import('../../../content/built-pieces.ts'),
      reading,
    ])
    if (packs.every((pack, at) => pack === builtFrom[at])) return
    index.value = await openSearch(packs, { built: builtPieces, pause: pauses() })
    builtFrom = packs
    state.value = 'ready'
  } catch {
    if (!index.value) state.value = 'failed'
  }
}

function pauses(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < WORK_MS) return
    await (isWaitedFor ? nextTask() : untilIdle())
    since = performance.now()
  }
}

/** Lets the browser take what was typed and paint; timers would add four milliseconds to each slice. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

export function useSearch(query: Ref<string>, filter: Ref<SearchFilter>, city: Ref<CityId>) {
  const isOn = computed(() => query.value.trim() !== '')
  const limit = shallowRef(SHOWN_AT_ONCE)

  function wait(): void {
    isWaitedFor = true
    void prepare()
  }
  void untilIdle().then(prepare)
  watch(isOn, (on) => on && wait(), { immediate: true })
  let frame = 0
  watch([query, filter], () => {
    limit.value = SHOWN_AT_ONCE
  })

  const answer = computed(() =>
    isOn.value && index.value
      ? index.value.find(query.value, {
          language: language.value,
          preferCity: city.value,
          filter: filter.value,
          limit: limit.value,
        })
      : null,
  )

  watch(
    answer,
    () => {
      if (limit.value > SHOWN_AT_ONCE) return
      cancelAnimationFrame(frame)
      frame = afterPaint(() => {
        limit.value = SHOWN_PAGE
      })
    },
    { immediate: true },
  )
  onScopeDispose(() => cancelAnimationFrame(frame))

  return {
    answer,
    /** How many hits stand behind the last one that is shown; none while the page is still being made. */
    left: computed(() =>
      limit.value === SHOWN_AT_ONCE ? 0 : Math.max(0, (answer.value?.total ?? 0) - limit.value),
    ),
    state,
    isOn,
    /** Somebody is about to type. */
    wait,
    more: () => {
      limit.value += SHOWN_PAGE
    },
  }
}
