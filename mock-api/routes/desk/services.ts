/** Services that report, at the desk: what everybody may read of them, with what came of their reports. */
import { DESK_LISTS } from '../../../src/contract/desk/lists.ts'
import type { DeskService } from '../../../src/contract/desk/services.ts'
import type { Deps } from '../../base/deps.ts'
import type { HttpContext } from '../../http/env.ts'
import { requireRole } from '../../http/operator.ts'
import { alarmsOf } from '../../providers/alarms.ts'
import { countEvents } from '../../storage/provider-events.ts'
import { type Page, pageOfAll } from './list-page.ts'

export async function listServices(c: HttpContext, deps: Deps): Promise<Page<DeskService>> {
  await requireRole(c, deps, ['admin', 'reviewer'])
  const counted = await countEvents(deps.db)
  const services = [...(await deps.providers.all()).values()].map((provider) => {
    const counts = { posted: 0, waiting: 0, dropped: 0, failed: 0 }
    for (const { providerId, state, count } of counted) if (providerId === provider.id) counts[state] = count
    return { provider, counts, alarms: alarmsOf({ provider, counts }, deps.now()) }
  })
  return pageOfAll(c, DESK_LISTS.services, services, {
    key: ({ provider }) => provider.id,
    words: ({ provider }) => [provider.id, provider.nameZh, provider.nameEn, provider.kind],
    sorts: {
      name: ({ provider }, isEnglish) => (isEnglish ? provider.nameEn : provider.nameZh),
      posted: ({ counts }) => counts.posted,
      failed: ({ counts }) => counts.failed,
      waiting: ({ counts }) => counts.waiting,
      dropped: ({ counts }) => counts.dropped,
    },
    filters: { alarm: ({ alarms }, alarm) => alarms.length > 0 === (alarm === 'any') },
  })
}
