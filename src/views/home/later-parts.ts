/**
 * The parts of home that come after its figures, from above to below, so that none pushes down what already stands. Each step is a task of its
 * own: drawn all in one, they would keep a slow phone from answering a tap.
 */
import { defineAsyncComponent } from 'vue'

const besideFigures = once(() =>
  Promise.all([
    import('./HeadLine.vue'),
    import('./NewsBell.vue'),
    import('./HeroChips.vue'),
    import('../../components/chart/MonthTrace.vue'),
  ]),
)
const belowFigures = once(() =>
  inATaskAfter(besideFigures(), Promise.all([import('./UsualTrips.vue'), import('./GuestNote.vue')])),
)
const belowFold = once(() =>
  inATaskAfter(
    belowFigures().then(untilPainted),
    Promise.all([import('./HeatCard.vue'), import('./CityCard.vue')]),
  ),
)

export const HeadLine = defineAsyncComponent(async () => (await besideFigures())[0])
export const NewsBell = defineAsyncComponent(async () => (await besideFigures())[1])
export const HeroChips = defineAsyncComponent(async () => (await besideFigures())[2])
export const MonthTrace = defineAsyncComponent(async () => (await besideFigures())[3])
export const UsualTrips = defineAsyncComponent(async () => (await belowFigures())[0])
export const GuestNote = defineAsyncComponent(async () => (await belowFigures())[1])
export const HeatCard = defineAsyncComponent(async () => (await belowFold())[0])
export const CityCard = defineAsyncComponent(async () => (await belowFold())[1])

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined
  return () => {
    loading ??= load()
    return loading
  }
}

/** What stands by now is on the screen; in a page that nobody sees, nothing is painted, and nothing is waited for. */
async function untilPainted(): Promise<void> {
  if (document.hidden) return
  await new Promise(requestAnimationFrame)
}

/** Loaded at once, given a task later than what stands above. */
async function inATaskAfter<T>(above: Promise<unknown>, parts: Promise<T>): Promise<T> {
  const [loaded] = await Promise.all([parts, above])
  await new Promise((resolve) => setTimeout(resolve))
  return loaded
}
