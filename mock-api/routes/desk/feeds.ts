/** What the desk has published for everybody, also what is over or was withdrawn; and a warning as it would go out, before it does. */

import { alertDraftSchema } from '../../../src/contract/alert.ts'
import { DESK_LISTS } from '../../../src/contract/desk/lists.ts'
import { dayOf, startOfDay } from '../../../src/domain/base/time.ts'
import { type Alert, type AlertInfo, infoIn, timeOf } from '../../../src/domain/taking-part/alert.ts'
import type { Occurrence } from '../../../src/domain/taking-part/occurrence.ts'
import type { Deps } from '../../base/deps.ts'
import { composeAlert } from '../../feeds/alerts.ts'
import { capXml } from '../../feeds/cap-xml.ts'
import { readJson } from '../../http/body.ts'
import type { HttpContext } from '../../http/env.ts'
import { requireRole } from '../../http/operator.ts'
import { readAllAlerts } from '../../storage/alerts.ts'
import { readAllOccurrences } from '../../storage/occurrences.ts'
import { DRAFT_BYTES_MAX } from '../alerts.ts'
import { newestFirst, soonestFirst } from './list-order.ts'
import { type Page, pageOfAll } from './list-page.ts'

/** Rows that are looked through at once; what is older than these is in the office's journal. */
const ROWS_MAX = 2000

export async function listDeskEvents(c: HttpContext, deps: Deps): Promise<Page<Occurrence>> {
  await requireRole(c, deps, 'catalog')
  const events = (await readAllOccurrences(deps.db, ROWS_MAX)).filter(
    ({ sample }) => deps.config.demo || !sample,
  )
  const today = dayOf(deps.now())
  return pageOfAll(c, DESK_LISTS.events, events, {
    key: ({ id, fromDay, toDay }) =>
      soonestFirst({ id, startsAt: startOfDay(fromDay), isOver: toDay < today }),
    words: ({ id, titleZh, titleEn, placeZh = '', placeEn = '' }) => [id, titleZh, titleEn, placeZh, placeEn],
    sorts: {
      title: ({ titleZh, titleEn }, isEnglish) => (isEnglish ? titleEn : titleZh),
      from: ({ fromDay }) => fromDay,
      to: ({ toDay }) => toDay,
      points: ({ points }) => points,
      id: ({ id }) => id,
    },
    filters: {
      state: ({ withdrawn }, state) => (withdrawn !== undefined) === (state === 'withdrawn'),
      city: (event, city) => event.city === city,
    },
  })
}

export async function listDeskAlerts(c: HttpContext, deps: Deps): Promise<Page<Alert>> {
  await requireRole(c, deps, 'catalog')
  const infoOf = (alert: Alert, isEnglish: boolean): AlertInfo | undefined =>
    infoIn(alert, isEnglish ? 'en-US' : 'zh-CN')
  return pageOfAll(c, DESK_LISTS.alerts, await readAllAlerts(deps.db, ROWS_MAX), {
    key: ({ identifier, sent }) => newestFirst(timeOf(sent), identifier),
    words: ({ identifier, info }) => [
      identifier,
      ...info.flatMap(({ headline, area }) => [headline, ...area.map(({ areaDesc }) => areaDesc)]),
    ],
    sorts: {
      headline: (alert, isEnglish) => infoOf(alert, isEnglish)?.headline ?? '',
      sent: ({ sent }) => timeOf(sent),
      expires: (alert, isEnglish) => timeOf(infoOf(alert, isEnglish)?.expires ?? alert.sent),
    },
    filters: {
      status: (alert, status) => alert.status === status,
      type: ({ msgType }, type) => msgType === type,
      severity: (alert, severity) => infoOf(alert, false)?.severity === severity,
    },
  })
}

export async function previewAlert(c: HttpContext, deps: Deps): Promise<{ alert: Alert; xml: string }> {
  await requireRole(c, deps, 'catalog')
  const draft = await readJson(c, alertDraftSchema, DRAFT_BYTES_MAX)
  const { alert } = await composeAlert(deps, draft, 'greentrace-preview')
  return { alert, xml: capXml(alert) }
}
