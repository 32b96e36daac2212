/**
 * The filter of a plan's indicators and measures by year and responsible body, in the address: `?year=2025&by=市教育局`. So it is a link that
 * stays, and stands again after a reload or a step back.
 */
import { computed, type Ref } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'
import {
  filterPlan,
  PLAN_YEARS,
  type PlanChoices,
  type PlanFilter,
  type PlanRows,
  planChoices,
} from '../../../content/plan-filter.ts'
import type { CityPack } from '../../../content/schema.ts'

const NO_ROWS: PlanRows = { indicators: [], measures: [] }
const NO_CHOICES: PlanChoices = { years: [], bodies: [] }

/** @param rows what the page lists without a filter: the whole plan, one field, indicators alone. */
export function usePlanFilter(pack: Ref<CityPack | null>, rows: Ref<PlanRows>) {
  const route = useRoute()
  const router = useRouter()

  const filter = computed({
    get: () => filterIn(route.query, pack.value),
    set: (wanted: PlanFilter) => {
      const { year: _year, by: _by, ...others } = route.query
      void router.replace({ path: route.path, query: { ...others, ...addressOf(wanted) } })
    },
  })
  const isFiltered = computed(() => filter.value.year !== undefined || filter.value.body !== undefined)
  const shown = computed(() => (pack.value ? filterPlan(pack.value, rows.value, filter.value) : NO_ROWS))
  const choices = computed(() =>
    pack.value ? planChoices(pack.value, rows.value, filter.value) : NO_CHOICES,
  )
  return { filter, isFiltered, shown, choices }
}

function addressOf({ year, body }: PlanFilter): Record<string, string> {
  return { ...(year ? { year: String(year) } : {}), ...(body ? { by: body } : {}) }
}

/** What is no year and no body of this plan is left out: an address can be typed by hand, or come from another city. */
function filterIn({ year, by }: LocationQuery, pack: CityPack | null): PlanFilter {
  return {
    year: PLAN_YEARS.find((one) => String(one) === year),
    body: pack && typeof by === 'string' && isBody(pack, by) ? by : undefined,
  }
}

function isBody(pack: CityPack, name: string): boolean {
  return pack.measures.some(({ agencies }) => agencies.includes(name))
}
