/** What the desk has published for everybody, also what is over or was withdrawn; and a warning as it would go out, before it does. */
import { alertDraftSchema } from '../../../src/contract/alert.ts'
import type { Alert } from '../../../src/domain/taking-part/alert.ts'
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
import { type Page, pageByKey } from './list-page.ts'

/** Rows that are looked through at once; what is older than these is in the office's journal. */
const ROWS_MAX = 2000

export async function listDeskEvents(c: HttpContext, deps: Deps): Promise<Page<Occurrence>> {
  await requireRole(c, deps, 'catalog')
  const events = (await readAllOccurrences(deps.db, ROWS_MAX)).filter(
    ({ sample }) => deps.config.demo || !sample,
  )
  return pageByKey(c, events, ({ id }) => id)
}

export async function listDeskAlerts(c: HttpContext, deps: Deps): Promise<Page<Alert>> {
  await requireRole(c, deps, 'catalog')
  return pageByKey(c, await readAllAlerts(deps.db, ROWS_MAX), ({ identifier }) => identifier)
}

export async function previewAlert(c: HttpContext, deps: Deps): Promise<{ alert: Alert; xml: string }> {
  await requireRole(c, deps, 'catalog')
  const draft = await readJson(c, alertDraftSchema, DRAFT_BYTES_MAX)
  const { alert } = await composeAlert(deps, draft, 'greentrace-preview')
  return { alert, xml: capXml(alert) }
}
