/** The warnings of a city: what operators published, and in the demo the exercises of the day. Publishing and calling off stand here too. */

import { cityById } from '../../src/content/registry.ts'
import { ALERTS_MAX, type AlertDraft, type AlertsAnswer } from '../../src/contract/alert.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import { DAY_MS, type Instant, zonedTime } from '../../src/domain/base/time.ts'
import {
  type Alert,
  type AlertInfo,
  concerns,
  judgeAlerts,
  referencesOf,
  timeOf,
} from '../../src/domain/taking-part/alert.ts'
import type { Deps } from '../base/deps.ts'
import { sampleAlerts } from '../demo/sample-alerts.ts'
import { ProblemError } from '../http/problem.ts'
import { insertAlert, readAlert, readAlertsSince } from '../storage/alerts.ts'

/** What has passed is told for so long: who was offline over a weekend still reads what there was. */
const PAST_KEPT_MS = 7 * DAY_MS
/** Who publishes here, and nobody else: with the identifier it is unique in the world. */
const SENDER = 'warnings@greentrace.example'

export async function alertsOf(deps: Deps, city: CityId): Promise<AlertsAnswer> {
  const now = deps.now()
  const stored = await readAlertsSince(deps.db, now - PAST_KEPT_MS)
  const all = [...stored, ...(deps.config.demo ? sampleAlerts(now) : [])]
  const { adcode } = cityById(city)
  return {
    alert: all.filter((alert) => concerns(alert, adcode)).slice(0, ALERTS_MAX) as AlertsAnswer['alert'],
  }
}

/** The one that a person there should know of first, if any holds now. */
export function leadingAlert({ alert }: AlertsAnswer, now: number): Alert | undefined {
  return judgeAlerts(alert, now).find(({ state }) => state === 'valid')?.alert
}

export async function findAlert(deps: Deps, identifier: string): Promise<Alert | undefined> {
  const sample = deps.config.demo
    ? sampleAlerts(deps.now()).find((alert) => alert.identifier === identifier)
    : undefined
  return sample ?? (await readAlert(deps.db, identifier))
}

interface Composed {
  readonly alert: Alert
  readonly sentAt: Instant
  readonly expiresAt: Instant
}

/** What a draft comes to, now. What it names has to be there, word for word: a cancellation that cancels nothing would leave people warned. */
export async function composeAlert(deps: Deps, draft: AlertDraft, identifier: string): Promise<Composed> {
  const named = await namedIn(deps, draft)
  const info = draft.info ?? calledOff(named[0]?.info ?? [])
  const sentAt = deps.now()
  const { status, msgType, note, references } = draft
  const alert: Alert = {
    identifier,
    sender: SENDER,
    sent: zonedTime(sentAt),
    status,
    msgType,
    scope: 'Public',
    ...(note === undefined ? {} : { note }),
    ...(references === undefined ? {} : { references }),
    info,
  }
  if (draft.msgType !== 'Cancel' && info.some(({ expires }) => timeOf(expires) <= sentAt))
    throw new ProblemError('malformed', { detail: 'info.0.expires: later than now, or nobody is warned' })
  // A message that ends another has to be told for as long as the other one is.
  const ends = [alert, ...named].flatMap((each) => each.info.map(({ expires }) => timeOf(expires)))
  return { alert, sentAt, expiresAt: Math.max(...ends) }
}

/** Said again under its identifier, it is what it was. */
export async function publishAlert(deps: Deps, draft: AlertDraft, identifier: string): Promise<Alert> {
  const there = await readAlert(deps.db, identifier)
  if (there) return there
  const { alert, ...times } = await composeAlert(deps, draft, identifier)
  await insertAlert(deps.db, alert, times)
  return alert
}

async function namedIn(deps: Deps, draft: AlertDraft): Promise<Alert[]> {
  const named: Alert[] = []
  for (const { identifier, sender, sent } of referencesOf(draft)) {
    const found = await findAlert(deps, identifier)
    if (!found || found.sender !== sender || found.sent !== sent)
      throw new ProblemError('malformed', {
        detail: `references: no alert ${identifier} of that sender and time`,
      })
    if (found.status !== draft.status)
      throw new ProblemError('malformed', {
        detail: `references: ${identifier} is ${found.status}, and no ${draft.status} can end it`,
      })
    named.push(found)
  }
  return named
}

function calledOff(info: readonly AlertInfo[]): AlertInfo[] {
  return info.map((block) => ({ ...block, responseType: ['AllClear'], urgency: 'Past' }))
}
