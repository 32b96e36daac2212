/** What waits at the desk: the first page that whoever works there sees. */
import type { Waiting } from '../../../src/contract/desk/waiting.ts'
import { citiesOf, ROLES } from '../../../src/domain/ledger/operator.ts'
import type { Deps } from '../../base/deps.ts'
import type { HttpContext } from '../../http/env.ts'
import { requireRole } from '../../http/operator.ts'
import { countReviews, countVoices } from '../../storage/desk-counts.ts'
import { readOffers, readStockSums } from '../../storage/offers.ts'
import { readProposals } from '../../storage/proposals.ts'
import { countEvents } from '../../storage/provider-events.ts'

const PROPOSALS_MAX = 50
/** So much of it is left that somebody should think of what comes next. */
const SCARCE_PER_CENT = 10

export async function readWaiting(c: HttpContext, deps: Deps): Promise<Waiting> {
  const { operatorId, roles } = await requireRole(c, deps, ROLES)
  const cities = citiesOf(roles, ROLES) ?? []
  const reviews = await countReviews(deps.db, cities)
  const voices = await countVoices(deps.db, cities)
  const open = await readProposals(deps.db, { state: 'open', limit: PROPOSALS_MAX })
  const failed = (await countEvents(deps.db)).filter(({ state }) => state === 'failed')
  const oldest = [reviews.oldestAt, voices.oldestAt].flatMap((at) => at ?? [])
  return {
    appeals: reviews.appeals,
    reviews: reviews.others,
    feedback: voices.feedback,
    nominations: voices.nominations,
    ...(oldest.length > 0 ? { oldestAt: Math.min(...oldest) } : {}),
    proposals: open.filter(({ proposedBy }) => proposedBy !== operatorId).length,
    failedReports: failed.reduce((sum, { count }) => sum + count, 0),
    scarceOffers: await countScarce(deps),
  }
}

async function countScarce(deps: Deps): Promise<number> {
  const open = (await readOffers(deps.db, deps.config)).filter(({ endsAt }) => endsAt > deps.now())
  const sums = await readStockSums(
    deps.db,
    open.map(({ id }) => id),
  )
  return [...sums.values()].filter(
    ({ total, remaining, budgetFen, spentFen }) =>
      remaining * 100 < total * SCARCE_PER_CENT || (budgetFen - spentFen) * 100 < budgetFen * SCARCE_PER_CENT,
  ).length
}
