/** Services that report: what everybody may read of them, the pushes of their reports, and how they learn a person's handle. */

import type * as v from 'valibot'
import { type LinksAnswer, linkCodeRequestSchema } from '../../src/contract/links.ts'
import { PROVIDER_KINDS, type Provider, type ProvidersAnswer } from '../../src/contract/providers.ts'
import {
  type CheckAnswer,
  type claimedSchema,
  type PollAnswer,
  pollSchema,
  pushSchema,
  redeemSchema,
  SET_BYTES_MAX,
  SET_TYPE,
  SETS_MAX,
} from '../../src/contract/report.ts'
import type { Deps } from '../base/deps.ts'
import { BODY_BYTES_MAX, PUSH_BOUNDS } from '../base/limits.ts'
import { readLiving } from '../book/append.ts'
import { json } from '../http/answer.ts'
import { readBytes, readJson } from '../http/body.ts'
import type { HttpContext } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { addressKey, useLimit } from '../http/rate-limit.ts'
import { accountParam, requireSession } from '../http/session.ts'
import { acceptSets } from '../providers/accept-sets.ts'
import { pollFeed } from '../providers/feed.ts'
import { type LinkCode, newLinkCode, redeemLinkCode } from '../providers/link-code.ts'
import { readSet } from '../providers/read-set.ts'
import { claimKeyOf, readActClaims } from '../storage/act-claims.ts'
import { readConsents } from '../storage/consents.ts'
import { readLinks } from '../storage/links.ts'
import { providerParam, requireProvider } from './asking-provider.ts'

export async function listProviders({ config, providers }: Deps): Promise<ProvidersAnswer> {
  const all = [...(await providers.all()).values()]
  const place = ({ kind }: Provider) => PROVIDER_KINDS.indexOf(kind)
  return { audience: config.audience, providers: all.sort((a, b) => place(a) - place(b)) }
}

/** One token: 202, or 400 with its reason (RFC 8935). Many: each by its name, acknowledged or not (the object of RFC 8936). */
export async function pushReports(c: HttpContext, deps: Deps): Promise<Response> {
  const provider = await providerParam(c, deps)
  if (c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() === SET_TYPE) {
    const token = Buffer.from(await readBytes(c.req.raw, SET_BYTES_MAX)).toString('latin1')
    await countReports(deps, provider.id, 1)
    const { ack, setErrs } = await acceptSets(deps, provider, [{ token }])
    const [refused] = Object.values(setErrs)
    if (refused) return new Response(JSON.stringify(refused), { status: 400, headers: ERROR_HEADERS })
    if (ack.length === 0) throw new ProblemError('busy')
    return new Response(null, { status: 202, headers: { 'cache-control': 'no-store' } })
  }
  const { sets } = await readJson(c, pushSchema, PUSH_BOUNDS)
  const pushed = Object.entries(sets).map(([name, token]) => ({ name, token }))
  if (pushed.length > SETS_MAX)
    throw new ProblemError('too_large', { detail: `sets: at most ${SETS_MAX} at once` })
  await countReports(deps, provider.id, pushed.length)
  return json(await acceptSets(deps, provider, pushed))
}

const ERROR_HEADERS = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'content-language': 'en',
}

/** A rush is one to look at: a key may have been stolen. */
async function countReports(deps: Deps, providerId: string, count: number): Promise<void> {
  try {
    await useLimit(deps, deps.limits.reportsPerProvider, providerId, count)
  } catch (error) {
    deps.log('warn', 'more reports than a provider sends', { provider: providerId, count })
    throw error
  }
}

/** For whoever writes a provider's program: the very checks of a push, and nothing is stored. */
export async function checkReport(c: HttpContext, deps: Deps): Promise<CheckAnswer> {
  const provider = await providerParam(c, deps)
  const token = Buffer.from(await readBytes(c.req.raw, SET_BYTES_MAX)).toString('latin1')
  await useLimit(deps, deps.limits.selfTests, addressKey(c, deps))
  const read = await readSet(token.trim(), { provider, audience: deps.config.audience, now: deps.now() })
  return 'refused' in read ? { refused: read.refused } : { event: read.event, jti: read.jti }
}

export async function redeemCode(c: HttpContext, deps: Deps): Promise<{ handle: string }> {
  const provider = await requireProvider(c, deps)
  const { code, code_verifier: verifier } = await readJson(c, redeemSchema, BODY_BYTES_MAX)
  const handle = await redeemLinkCode(deps, provider.id, {
    code,
    ...(verifier === undefined ? {} : { verifier }),
  })
  if (handle === undefined) throw new ProblemError('code_expired')
  return { handle }
}

export async function poll(c: HttpContext, deps: Deps): Promise<PollAnswer> {
  const provider = await requireProvider(c, deps)
  const { ack, maxEvents } = await readJson(c, pollSchema, BODY_BYTES_MAX * 2)
  return pollFeed(deps, provider.id, {
    ...(ack ? { ack } : {}),
    ...(maxEvents === undefined ? {} : { maxEvents }),
  })
}

export async function makeLinkCode(c: HttpContext, deps: Deps): Promise<LinkCode> {
  const accountId = accountParam(c)
  await requireSession(c, deps, accountId)
  const { challenge } = await readJson(c, linkCodeRequestSchema, BODY_BYTES_MAX)
  await readLiving(deps.db, accountId)
  await useLimit(deps, deps.limits.linkCodes, accountId)
  const consentId = c.req.param('consentId') ?? ''
  const made = await newLinkCode(deps, {
    accountId,
    consentId,
    ...(challenge === undefined ? {} : { challenge }),
  })
  if (!made) throw new ProblemError('not_found')
  return made
}

export async function listLinks(c: HttpContext, deps: Deps): Promise<LinksAnswer> {
  const accountId = accountParam(c)
  await requireSession(c, deps, accountId)
  await readLiving(deps.db, accountId)
  const consents = await readConsents(deps.db, accountId)
  const keyed = consents.map((each) => ({
    ...each,
    linkKey: deps.secret.linkKey(each.providerId, each.handle),
  }))
  const links = await readLinks(
    deps.db,
    keyed.map(({ linkKey }) => linkKey),
  )
  return {
    links: keyed.map(({ consentId, providerId, linkKey }) => {
      const link = links.find((each) => each.linkKey === linkKey)
      const { confirmedAt = null, refusal = null } = link ?? {}
      return { consentId, provider: providerId, confirmedAt, refusal }
    }),
  }
}

/** "Claimed here, and in which month", for whoever has the exact id; nothing of who or how much. */
export async function lookUpClaim(c: HttpContext, deps: Deps): Promise<v.InferOutput<typeof claimedSchema>> {
  const claimId = c.req.param('claimId') ?? ''
  if (!/^[0-9a-f]{64}$/.test(claimId)) throw new ProblemError('not_found')
  await useLimit(deps, deps.limits.claimLookUps, addressKey(c, deps))
  const [claim] = await readActClaims(deps.db, [claimKeyOf(claimId)])
  return claim ? { claimed: true, month: claim.month } : { claimed: false }
}
