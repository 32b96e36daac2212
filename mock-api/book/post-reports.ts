/**
 * Stored reports become records: the route is read, the act claimed by its public id, the account's own rules decide, and then the report is
 * marked. Each step is one transaction on one key. Whoever dies in between leaves the report waiting; the sweeper goes on, and the record's id makes the
 * second try nothing.
 */
import type { AccountId, ActivityId } from '../../src/domain/base/ids.ts'
import { DAY_MS, MINUTE_MS, monthOf } from '../../src/domain/base/time.ts'
import type { ReportFacts } from '../../src/domain/evidence/report.ts'
import { reportId } from '../../src/proof/act-ids.ts'
import type { ReportClaims } from '../../src/proof/report-token.ts'
import type { Deps } from '../base/deps.ts'
import { faultOf, shortId } from '../base/log.ts'
import { readAccountsWithState } from '../storage/accounts.ts'
import {
  type ActClaimRow,
  claimActs,
  claimKeyOf,
  dropActClaim,
  readActClaims,
} from '../storage/act-claims.ts'
import { askToConfirm, type LinkRow, readLinks } from '../storage/links.ts'
import {
  type EventEnd,
  type EventRow,
  type EventState,
  markEvents,
  readDueEvents,
} from '../storage/provider-events.ts'
import { readKnownIn } from '../storage/records.ts'
import { atOnce } from './at-once.ts'
import { type Before, decideReports, recordIdOf, type ToDecide } from './decide-reports.ts'
import { isFault } from './errors.ts'
import { pickupSaidIn } from './post-pickups.ts'
import { postSaid, type Said } from './post-said.ts'
import { claimsIn, factsOf } from './report-facts.ts'
import { absenceSaidIn } from './sign-ups.ts'

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
  const { acts, others } = await readEvents(deps, events, fates)
  await postOthers(deps, others, fates)
  const claimed = await claimAll(deps, acts, fates)
  const accounts = [...new Set(claimed.map(({ event }) => event.accountId))]
  const ownOf = new Map(accounts.map((id): [AccountId, ToPost[]] => [id, []]))
  for (const each of claimed) ownOf.get(each.event.accountId)?.push(each)
  const before = await readBefore(deps, accounts, claimed)
  await atOnce(ACCOUNTS_AT_ONCE, [...ownOf], async ([accountId, own]) => {
    const decided = await postOf(deps, { accountId, before: before.get(accountId) }, own)
    for (const [eventKey, fate] of decided) fates.set(eventKey, fate)
  })
  await mark(deps, events, fates)
}

/** Events whose route leads to an account that may be written now. */
async function readEvents(
  deps: Deps,
  events: readonly StoredEvent[],
  fates: Map<string, Fate>,
): Promise<{ acts: Read[]; others: OfAccount[] }> {
  const opened = events.flatMap((event) =>
    event.token === null ? [] : [{ event, claims: claimsIn(event.token, event.providerId) }],
  )
  const keyOf = (event: StoredEvent, claims: ReportClaims) =>
    deps.secret.linkKey(event.providerId, claims.handle)
  const rows = await readLinks(deps.db, [...new Set(opened.map(({ event, claims }) => keyOf(event, claims)))])
  const links = new Map(rows.map((row) => [row.linkKey, row]))
  const held = await heldAmong(deps, new Set(events.map(({ accountId }) => accountId)))
  const acts: Read[] = []
  const others: OfAccount[] = []
  for (const { event, claims } of opened) {
    const link = links.get(keyOf(event, claims))
    const why = held.has(event.accountId) ? WAITING : whyNotYet(link, event)
    if (why) fates.set(event.eventKey, why)
    if (why && link?.confirmedAt === null) await askToConfirm(deps.db, { ...link, handle: claims.handle })
    const said = pickupSaidIn(event, claims) ?? absenceSaidIn(event, claims)
    if (!why && said) others.push({ accountId: event.accountId, said })
    if (!why && !said) acts.push(await readOne(event, claims, link as LinkRow))
  }
  return { acts, others }
}

interface OfAccount {
  readonly accountId: AccountId
  readonly said: Said
}

/** Before the acts, so that what was weighed comes behind the word that it was collected. */
async function postOthers(deps: Deps, others: readonly OfAccount[], fates: Map<string, Fate>): Promise<void> {
  for (const accountId of new Set(others.map((each) => each.accountId))) {
    const said = others.filter((each) => each.accountId === accountId).map((each) => each.said)
    for (const [eventKey, fate] of await postedOrNot(deps, accountId, said)) fates.set(eventKey, fate)
  }
}

async function postedOrNot(
  deps: Deps,
  accountId: AccountId,
  said: readonly Said[],
): Promise<ReadonlyMap<string, Fate>> {
  try {
    const posted = await postSaid(deps, accountId, said)
    return new Map(
      said.map(({ eventKey, without: reason }): [string, Fate] => [
        eventKey,
        posted.get(eventKey) === 'dropped' ? { state: 'dropped', reason } : { state: 'posted' },
      ]),
    )
  } catch (error) {
    if (isFault(error, 'account_deleted'))
      return new Map(said.map(({ eventKey }) => [eventKey, { state: 'dropped', reason: 'account_deleted' }]))
    deps.log('error', 'reports beside acts not posted', {
      account: shortId(accountId),
      fault: faultOf(error),
    })
    return new Map()
  }
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

async function readOne(event: StoredEvent, claims: ReportClaims, { consentId }: LinkRow): Promise<Read> {
  const facts = await factsOf(claims, { token: event.token as string, consentId })
  const kind = claims.event === 'act-reported' ? 'reported' : 'corrected'
  const activityId = await reportId(facts.provider, facts.jti)
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

/**
 * The accounts of a push and what is posted of it already, in two reads for all. Ids before accounts: what is posted in between fails the
 * compare-and-set.
 */
async function readBefore(
  { db }: Deps,
  accounts: readonly AccountId[],
  claimed: readonly ToPost[],
): Promise<ReadonlyMap<AccountId, Before>> {
  const ids = claimed.map((each) => recordIdOf(toDecideOf(each)))
  const known = await readKnownIn(db, accounts, ids)
  const rows = await readAccountsWithState(db, accounts)
  const living = rows.filter(({ deletedAt }) => deletedAt === null)
  return new Map(living.map((account) => [account.accountId, { account, known }]))
}

function toDecideOf({ event, facts, kind, claim }: ToPost): ToDecide {
  return { eventKey: event.eventKey, facts, kind, activityId: claim.activityId as ActivityId }
}

async function postOf(
  deps: Deps,
  at: { readonly accountId: AccountId; readonly before: Before | undefined },
  own: readonly ToPost[],
): Promise<ReadonlyMap<string, Fate>> {
  const { accountId } = at
  try {
    const decided = await decideReports(deps, at, own.map(toDecideOf))
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

/** All of a push at once. What is lost here is found again by its record. */
async function mark(
  deps: Deps,
  events: readonly StoredEvent[],
  fates: ReadonlyMap<string, Fate>,
): Promise<void> {
  const at = deps.now()
  const ends = events.flatMap(({ eventKey, providerId, accountId, receivedAt }): EventEnd[] => {
    const fate = fates.get(eventKey)
    if (!fate) return [] // its account could not be written: the sweeper's, in a minute
    const isInVain = fate.state === 'waiting' && receivedAt < at - WAITS_AT_MOST_MS
    const { state, reason = null } = isInVain ? IN_VAIN : fate
    return [{ eventKey, providerId, accountId, state, reason, dueAt: at + LOOK_AGAIN_MS }]
  })
  await markEvents(deps.db, ends)
}

const IN_VAIN: Fate = { state: 'dropped', reason: 'waited_in_vain' }
