/** Weeks that are over, by city: for planning a budget and for whoever asks what came of it. Nobody can be found in it. */
import { DESK_LISTS } from '../../../src/contract/desk/lists.ts'
import { PEOPLE_MIN, type WeeksAnswer } from '../../../src/contract/desk/totals.ts'
import type { Deps } from '../../base/deps.ts'
import { lastWeeks } from '../../book/count-weeks.ts'
import type { HttpContext } from '../../http/env.ts'
import { requireOperator } from '../../http/operator.ts'
import { newestFirst } from './list-order.ts'
import { pageOfAll } from './list-page.ts'

type Week = WeeksAnswer['weeks'][number]
type Figures = NonNullable<Week['figures']>

export async function listWeeks(c: HttpContext, deps: Deps): Promise<WeeksAnswer> {
  await requireOperator(c, deps)
  const totals = await lastWeeks(deps)
  const weeks = totals.map(({ week, city, ...figures }) => ({
    ...{ week, city },
    ...(figures.people < PEOPLE_MIN ? {} : { figures }),
  }))
  // Below every number that is told: the order of those that are not gives nothing away.
  const figure = (key: keyof Figures) => (week: Week) => week.figures?.[key] ?? -1
  const { rows, ...rest } = pageOfAll(c, DESK_LISTS.weeks, weeks, {
    key: ({ week, city }) => newestFirst(Date.parse(week), city),
    words: ({ week }) => [week],
    sorts: {
      week: ({ week }) => week,
      people: figure('people'),
      acts: figure('acts'),
      grams: figure('grams'),
      points: figure('points'),
      vouchers: figure('vouchers'),
    },
    filters: { city: (week, city) => week.city === city },
  })
  return { weeks: rows, ...rest }
}
