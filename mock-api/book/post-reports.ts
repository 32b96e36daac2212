/**
 * Stored reports become records: the route is read, the act claimed by its public id, the account's own rules decide, and then the report is
 * marked. Each step is one transaction on one key. Whoever dies in between leaves the report waiting; the sweeper goes on, and the record's id makes the
 * second try nothing.
 */
import { EVENT, type SetClaims } from '../../src/contract/report.ts'
import type { AccountId } from '../../src/domain/base/ids.ts'
import { DAY_MS, MINUTE_MS, monthOf } from '../../src/domain/base/time.ts'
import type { ReportFacts } from '../../src/domain/evidence/report.ts'
import { reportId } from '../../src/proof/act-ids.ts'
import type { Deps } from '../base/deps.ts'
import { faultOf, shortId } from '../base/log.ts'
import {
  type ActClaimRow,
  claimActs,
  claimKeyOf,
  dropActClaim,
  readActClaims,
} from '../storage/act-claims.ts'
import { type LinkRow, readLinks } from '../storage/links.ts'
import {
  type EventRow,
  type EventState,
  endEvent,
  putOffEvent,
  readDueEvents,
} from '../storage/provider-events.ts'
import { atOnce } from './at-once.ts'
import { decideReports, type ToDecide } from './decide-reports.ts'
import { isFault } from './errors.ts'
import { claimsIn, factsOf } from './report-facts.ts'

/** Accounts that are written at the same time: as many as the database has lines. */
const ACCOUNTS_AT_ONCE = 4
const EVENTS_PER_SWEEP = 1000
/** What waits for a confirmation, or for the report that it corrects, is looked at again now and then; for good after as long as acts may be dated back. */
const LOOK_AGAIN_MS = 10 * MINUTE_MS
const WAITS_AT_MOST_MS = 45 * DAY_MS

type StoredEvent = Pick<EventRow, 'eventKey' | 'providerId' | 'accountId' | 'token' | 'receivedAt'>

/** What becomes of one event: an end, or `waiting` for another look. */
interface Fate {
  readonly state: EventState
  readonly reason?: string
}

interface Read {
  readonly event: StoredEvent
  readonly facts: ReportFacts
  readonly kind: 'reported' | 'corrected'
  readonly claimKey: string
  readonly activityId: string
}

export async function sweepReports(deps: Deps): Promise<void> {
  await postEvents(deps, await readDueEvents(deps.db, deps.now(), EVENTS_PER_SWEEP))
}

/** One that fails does not hold up the others: it waits for the sweeper. */
export async function postEvents(deps: Deps, events: readonly StoredEvent[]): Promise<void> {
  if (events.length === 0) return
  const fates = new Map<string, Fate>()
  const read = await readEvents(deps, events, fates)
  const claimed = await claimAll(deps, read, fates)
  const accounts = [...new Set(claimed.map(({ event }) => event.accountId))]
  const ownOf = new Map(accounts.map((id): [AccountId, ToPost[]] => [id, []]))
  for (const each of claimed) ownOf.get(each.event.accountId)?.push(each)
  await atOnce(ACCOUNTS_AT_ONCE, [...ownOf], async ([accountId, own]) => {
    const decided = await postOf(deps, accountId, own)
    for (const [eventKey, fate] of decided) fates.set(eventKey, fate)
  })
  await mark(deps, events, fates)
}

/** Events whose route leads to an account that may be written now. */
async function readEvents(
  deps: Deps,
  events: readonly StoredEvent[],
  fates: Map<string, Fate>,
): Promise<Read[]> {
  const opened = events.flatMap((event) =>
    event.token === null ? [] : [{ event, claims: claimsIn(event.token) }],
  )
  const keyOf = (event: StoredEvent, claims: SetClaims) =>
    deps.secret.linkKey(event.providerId, claims.sub_id.id)
  const rows = await readLinks(deps.db, [...new Set(opened.map(({ event, claims }) => keyOf(event, claims)))])
  const links = new Map(rows.map((row) => [row.linkKey, row]))
  const held = await heldAmong(deps, new Set(events.map(({ accountId }) => accountId)))
  const read: Read[] = []
  for (const { event, claims } of opened) {
    const link = links.get(keyOf(event, claims))
    const why = held.has(event.accountId) ? WAITING : whyNotYet(link, event)
    if (why) fates.set(event.eventKey, why)
    else read.push(await readOne(event, claims, link as LinkRow))
  }
  return read
}

const WAITING: Fate = { state: 'waiting' }

/** A route of somebody else, or of nobody any more, leads nowhere; one that its provider has not confirmed does not lead yet. */
function whyNotYet(link: LinkRow | undefined, { accountId }: StoredEvent): Fate | undefined {
  if (link?.accountId !== accountId) return { state: 'dropped', reason: 'no_link' }
  return link.confirmedAt === null ? WAITING : undefined
}

/** After a restored backup nobody runs ahead of a journal that a phone still holds. */
async function heldAmong(deps: Deps, accounts: ReadonlySet<AccountId>): Promise<ReadonlySet<AccountId>> {
  if ((await deps.recovery.restoredAt()) === undefined) return new Set()
  const held = new Set<AccountId>()
  for (const accountId of accounts) if (await deps.recovery.isHeld(accountId)) held.add(accountId)
  return held
}

async function readOne(event: StoredEvent, claims: SetClaims, { consentId }: LinkRow): Promise<Read> {
  const { providerId: provider, token } = event
  const facts = await factsOf({ provider, token: token as string, consentId }, claims)
  if (!facts) throw new Error('an event about an act has a reference')
  const kind = EVENT.reported in claims.events ? 'reported' : 'corrected'
  const activityId = await reportId(provider, facts.jti)
  return { event, facts, kind, claimKey: claimKeyOf(facts.claimId), activityId }
}

/** One act is claimed once: by the account and the report that came first. */
async function claimAll(deps: Deps, read: readonly Read[], fates: Map<string, Fate>): Promise<ToPost[]> {
  const month = monthOf(deps.now())
  const reported = read.filter(({ kind }) => kind === 'reported')
  const wished = reported.map(({ event, claimKey, activityId }) => ({
    ...{ claimKey, providerId: event.providerId, accountId: event.accountId, activityId, month },
  }))
  const corrected = read.filter(({ kind }) => kind === 'corrected').map(({ claimKey }) => claimKey)
  const rows = [...(await claimActs(deps.db, wished)), ...(await readActClaims(deps.db, corrected))]
  const claims = new Map(rows.map((row) => [row.claimKey, row]))
  return read.flatMap((each) => {
    const claim = claims.get(each.claimKey)
    const why = whyNotMine(deps, each, claim)
    if (why) fates.set(each.event.eventKey, why)
    return why || !claim ? [] : [{ ...each, claim }]
  })
}

interface ToPost extends Read {
  readonly claim: ActClaimRow
}

function whyNotMine(
  deps: Deps,
  { event, kind, activityId }: Read,
  claim: ActClaimRow | undefined,
): Fate | undefined {
  if (!claim) return WAITING // the report that it corrects is still to come
  if (claim.accountId !== event.accountId) {
    // Two people for one ride: the provider has lost its way, or somebody has its key.
    deps.log('warn', 'one act reported of two', {
      provider: event.providerId,
      account: shortId(event.accountId),
    })
    return { state: 'failed', reason: 'reference_elsewhere' }
  }
  if (kind === 'reported' && claim.activityId !== activityId)
    return { state: 'dropped', reason: 'reported_before' }
  return undefined
}

async function postOf(
  deps: Deps,
  accountId: AccountId,
  own: readonly ToPost[],
): Promise<ReadonlyMap<string, Fate>> {
  const toDecide = own.map(
    ({ event, facts, kind, claim }): ToDecide => ({
      ...{ eventKey: event.eventKey, facts, kind, activityId: claim.activityId },
    }),
  )
  try {
    const decided = await decideReports(deps, accountId, toDecide)
    for (const { event, kind, claim } of own)
      if (kind === 'reported' && decided.get(event.eventKey) === 'dropped') await dropActClaim(deps.db, claim)
    return new Map([...decided].map(([eventKey, state]) => [eventKey, fateOf(state)]))
  } catch (error) {
    if (isFault(error, 'account_deleted'))
      return new Map(
        own.map(({ event }) => [event.eventKey, { state: 'dropped', reason: 'account_deleted' }]),
      )
    deps.log('error', 'reports not posted', { account: shortId(accountId), fault: faultOf(error) })
    return new Map()
  }
}

function fateOf(state: 'posted' | 'dropped'): Fate {
  return state === 'posted' ? { state } : { state, reason: 'no_consent' }
}

/** All of a push at once, in order of their keys. What is lost here is found again by its record. */
async function mark(
  deps: Deps,
  events: readonly StoredEvent[],
  fates: ReadonlyMap<string, Fate>,
): Promise<void> {
  const at = deps.now()
  const sorted = events.toSorted((a, b) => (a.eventKey < b.eventKey ? -1 : 1))
  await deps.db.transaction(async (tx) => {
    for (const { eventKey, receivedAt } of sorted) {
      const fate = fates.get(eventKey)
      if (!fate) continue // its account could not be written: the sweeper's, in a minute
      const { state, reason = null } = fate
      if (state !== 'waiting') await endEvent(tx, { eventKey, state, reason })
      else if (receivedAt < at - WAITS_AT_MOST_MS)
        await endEvent(tx, { eventKey, state: 'dropped', reason: 'waited_in_vain' })
      else await putOffEvent(tx, eventKey, at + LOOK_AGAIN_MS)
    }
  })
}
