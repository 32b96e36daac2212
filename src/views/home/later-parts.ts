/** The parts of home that come after its figures, all at one time: each by itself would push down what already stands. */
import { defineAsyncComponent } from 'vue'

const load = () =>
  Promise.all([
    import('./HeroChips.vue'),
    import('../../components/chart/MonthTrace.vue'),
    import('./UsualTrips.vue'),
    import('./GuestNote.vue'),
    import('./HeatCard.vue'),
    import('./CityCard.vue'),
    import('./HeadLine.vue'),
    import('./NewsBell.vue'),
  ])

let loading: ReturnType<typeof load> | undefined

function parts(): ReturnType<typeof load> {
  loading ??= load()
  return loading
}

export const HeroChips = defineAsyncComponent(async () => (await parts())[0])
export const MonthTrace = defineAsyncComponent(async () => (await parts())[1])
export const UsualTrips = defineAsyncComponent(async () => (await parts())[2])
export const GuestNote = defineAsyncComponent(async () => (await parts())[3])
export const HeatCard = defineAsyncComponent(async () => (await parts())[4])
export const CityCard = defineAsyncComponent(async () => (await parts())[5])
export const HeadLine = defineAsyncComponent(async () => (await parts())[6])
export const NewsBell = defineAsyncComponent(async () => (await parts())[7])
