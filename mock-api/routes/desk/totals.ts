/** Weeks that are over, by city: for planning a budget and for whoever asks what came of it. Nobody can be found in it. */
import { PEOPLE_MIN, type WeeksAnswer } from '../../../src/contract/desk/totals.ts'
import type { Deps } from '../../base/deps.ts'
import { lastWeeks } from '../../book/count-weeks.ts'
import type { HttpContext } from '../../http/env.ts'
import { requireOperator } from '../../http/operator.ts'

export async function listWeeks(c: HttpContext, deps: Deps): Promise<WeeksAnswer> {
  await requireOperator(c, deps)
  const totals = await lastWeeks(deps)
  return {
    weeks: totals.map(({ week, city, ...figures }) => ({
      ...{ week, city },
      ...(figures.people < PEOPLE_MIN ? {} : { figures }),
    })),
  }
}
