/**
 * A push of reports: each token is checked, stored, and only then acknowledged. What is for nobody here is acknowledged like everything else and
 * not stored, so that the answer tells a provider nothing about people who did not link.
 */
import type { Provider } from '../../src/contract/providers.ts'
import type { PushAnswer } from '../../src/contract/report.ts'
import type { Deps } from '../base/deps.ts'
import { sha256Hex } from '../base/hash.ts'
import { STALE_CLAIM_MS } from '../base/limits.ts'
import { confirm } from '../book/confirm-link.ts'
import { postEvents } from '../book/post-reports.ts'
import { type LinkRow, readLinks } from '../storage/links.ts'
import { type EventRow, eventKeyOf, insertEvents, readEvents } from '../storage/provider-events.ts'
import { type Refused, readSet } from './read-set.ts'

/** `name`: how the push calls it; a push of one token calls it nothing. */
interface Pushed {
  readonly name?: string
  readonly token: string
}

interface Good {
  readonly name: string
  readonly token: string
  readonly claims: Exclude<Awaited<ReturnType<typeof readSet>>, { refused: unknown }>
}

export async function acceptSets(
  deps: Deps,
  provider: Provider,
  pushed: readonly Pushed[],
): Promise<PushAnswer> {
  const setErrs: Record<string, Refused> = {}
  const good: Good[] = []
  const expected = { provider, audience: deps.config.audience, now: deps.now() }
  const read = await Promise.all(pushed.map(({ token }) => readSet(token, expected)))
  for (const [place, { name, token }] of pushed.entries()) {
    const each = read[place] as (typeof read)[number]
    if ('refused' in each) setErrs[name ?? ''] = each.refused
    else if (name !== undefined && name !== each.jti)
      setErrs[name] = { err: 'jti_mismatch', description: 'jti: another than it is sent by' }
    else good.push({ name: each.jti, token, claims: each })
  }
  const links = await linksOf(deps, provider, good)
  const ack: string[] = []
  const toStore: Good[] = []
  for (const each of good) {
    const fate = await fateOf(deps, each, links.get(each.claims.handle))
    if (fate === 'store') toStore.push(each)
    else if (fate === 'done') ack.push(each.name)
    else if (fate !== 'later') setErrs[each.name] = fate
  }
  const stored = await store(deps, provider, toStore, links)
  Object.assign(setErrs, stored.setErrs)
  return { ack: [...ack, ...stored.ack], setErrs }
}

async function linksOf(
  deps: Deps,
  provider: Provider,
  good: readonly Good[],
): Promise<ReadonlyMap<string, LinkRow>> {
  const keys = new Map(
    good.map(({ claims: { handle } }) => [deps.secret.linkKey(provider.id, handle), handle]),
  )
  const rows = await readLinks(deps.db, [...keys.keys()])
  return new Map(rows.map((row) => [keys.get(row.linkKey) as string, row]))
}

/**
 * `later`: neither acknowledged nor refused, so that it is sent again: after a restored backup a consent may still come back with its phone.
 * What ended takes in no act any more; a word on one that stands already still counts.
 */
async function fateOf(
  deps: Deps,
  { claims }: Good,
  link: LinkRow | undefined,
): Promise<'store' | 'done' | 'later' | Refused> {
  if (!link) return (await deps.recovery.restoredAt()) === undefined ? 'done' : 'later'
  if (link.accountId === null) return 'done'
  if (claims.event === 'link-confirmed') {
    const refusal = await confirm(deps, link, claims.body.subject)
    return refusal === undefined ? 'done' : { err: refusal, description: 'subject: it is linked elsewhere' }
  }
  return claims.event === 'act-reported' && link.endedAt !== null ? 'done' : 'store'
}

async function store(
  deps: Deps,
  provider: Provider,
  good: readonly Good[],
  links: ReadonlyMap<string, LinkRow>,
): Promise<PushAnswer> {
  const at = deps.now()
  const rows = good.map(({ token, claims }) => ({
    eventKey: eventKeyOf(provider.id, claims.jti),
    providerId: provider.id,
    setDigest: sha256Hex(token),
    token,
    accountId: links.get(claims.handle)?.accountId as EventRow['accountId'],
  }))
  const fresh = await insertEvents(deps.db, rows, { at, dueAt: at + STALE_CLAIM_MS })
  const known = await readEvents(
    deps.db,
    rows.map(({ eventKey }) => eventKey).filter((key) => !fresh.has(key)),
  )
  const digests = new Map(known.map(({ eventKey, setDigest }) => [eventKey, setDigest]))
  const answer: { ack: string[]; setErrs: Record<string, Refused> } = { ack: [], setErrs: {} }
  for (const [place, { name }] of good.entries()) {
    const { eventKey, setDigest } = rows[place] as (typeof rows)[number]
    if ((digests.get(eventKey) ?? setDigest) === setDigest) answer.ack.push(name)
    else answer.setErrs[name] = { err: 'jti_reused', description: 'jti: another token had it before' }
  }
  const reused = Object.keys(answer.setErrs).length
  if (reused > 0) deps.log('warn', 'report id reused', { provider: provider.id, count: reused })
  await postEvents(
    deps,
    rows.filter(({ eventKey }) => fresh.has(eventKey)).map((row) => ({ ...row, receivedAt: at })),
  )
  return answer
}
