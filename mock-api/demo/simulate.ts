/** People with a simulated service, as a program outside would see both: sign in, agree, show a code; then pushes of what they did. */
import { type PushAnswer, SETS_MAX } from '../../src/contract/report.ts'
import { SECRET_HEADER, type SignInAnswer } from '../../src/contract/session.ts'
import type { SyncAnswer } from '../../src/contract/sync.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import { addDays, dayOf, type Instant, startOfDay } from '../../src/domain/base/time.ts'
import { scopeOf } from '../../src/domain/ledger/consent.ts'
import { openBody } from '../../src/domain/ledger/open-record.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { START } from '../../src/proof/chain.ts'
import { signJws } from '../../src/proof/keys.ts'
import { ConfigError } from '../base/config-error.ts'
import type { Secret } from '../base/secret.ts'
import { ASSERTION_TYP } from '../providers/assertion.ts'
import { type SampleProvider, sampleKey } from './sample-providers.ts'
import { drawAct } from './simulated-act.ts'
import { type Speaker, signAct, signLink } from './simulated-report.ts'

/** A meter settles the week that is over: it began up to two weeks ago. */
const WEEK_BEFORE_DAYS = 14

interface Run {
  readonly url: string
  readonly sample: SampleProvider
  readonly city: CityId
  readonly people: number
  /** An act of each person on each of so many days. */
  readonly days: number
  readonly secret: Secret
  readonly audience: string
  readonly now: () => Instant
  readonly newId: () => string
  readonly send: (url: string, init: RequestInit) => Promise<Response>
}

interface Done {
  readonly people: number
  readonly sent: number
  readonly pushes: number
  readonly acknowledged: number
  readonly refused: number
  readonly posted: number
  readonly points: number
}

interface Linked {
  readonly handle: string
  readonly call: Call
  readonly accountId: string
}

type Call = (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>

export async function simulate(run: Run): Promise<Done> {
  const { signing: key } = await sampleKey(run.secret, run.sample.provider.id)
  const speaker = (): Speaker => ({ sample: run.sample, audience: run.audience, key, now: run.now() })
  const name = run.newId().slice(0, 8)
  const linked: Linked[] = []
  for (let n = 0; n < run.people; n++) linked.push(await linkPerson(run, speaker, `${name}-${n}`))
  const tokens = await Promise.all(
    linked.flatMap((person, n) => actsOf(run, speaker(), person, `${name}-${n}`)),
  )
  const pushed = await pushAll(run, tokens)
  const journals = await Promise.all(linked.map((person) => readJournal(run, person)))
  const acts = journals.flat().filter(({ kind }) => kind === 'activity.report')
  const points = acts
    .flatMap(({ transfers }) => transfers)
    .filter(({ asset, debit }) => asset === 'points' && debit === 'issuance')
  return {
    ...{ people: linked.length, sent: tokens.length, ...pushed, posted: acts.length },
    points: points.reduce((sum, { amount }) => sum + amount, 0),
  }
}

function callOf({ url, send }: Run, own: Record<string, string> = {}): Call {
  return async (path, body, headers = {}) => {
    const response = await send(`${url}/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...own, ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new ConfigError(`no backend answers at ${url}`)
    })
    if (!response.ok)
      throw new ConfigError(`${path}: ${response.status} ${(await response.text()).slice(0, 200)}`)
    return response
  }
}

async function json<T>(answer: Promise<Response>): Promise<T> {
  return (await (await answer).json()) as T
}

/** A number of no real network: 1 followed by 99 and eight digits of chance. */
async function linkPerson(run: Run, speaker: () => Speaker, name: string): Promise<Linked> {
  const outside = callOf(run)
  const phone = `199${String(Number.parseInt(run.newId().slice(0, 8), 16) % 1e8).padStart(8, '0')}`
  await outside('/sign-in/codes', { phone })
  const { code } = await json<{ code: string }>(outside(`/demo/sms?phone=${phone}`))
  const device = { deviceId: run.newId(), deviceName: 'Simulated phone', city: run.city, wire: 2 }
  const response = await outside('/sign-in', { phone, code, ...device })
  const { accountId, sessionSecret = '' } = (await response.json()) as SignInAnswer
  const cookie = response.headers.getSetCookie().map((each) => each.split(';')[0])
  const call = callOf(run, { cookie: cookie.join('; '), [SECRET_HEADER]: sessionSecret })
  const consent = {
    ...{ id: run.newId(), kind: 'consent.give', at: run.now() },
    body: {
      ...{ scope: scopeOf(run.sample.provider.id), terms: run.sample.provider.terms },
      ...{
        handle: run.newId().replaceAll('-', ''),
        since: startOfDay(addDays(dayOf(run.now()), -Math.max(run.days + 1, WEEK_BEFORE_DAYS))),
      },
    },
  }
  await call('/sync', { accountId, cursor: START, sentAt: run.now(), commands: [canonicalJson(consent)] })
  const shown = await json<{ code: string }>(call(`/accounts/${accountId}/links/${consent.id}/code`, {}))
  const { handle } = await json<{ handle: string }>(
    outside(
      `/providers/${run.sample.provider.id}/links`,
      { code: shown.code },
      await assertion(run, speaker()),
    ),
  )
  await push(run, [await signLink(speaker(), { handle, subject: `card-${name}` })])
  return { handle, call, accountId }
}

async function assertion({ sample, audience }: Run, { key, now }: Speaker): Promise<Record<string, string>> {
  const { id } = sample.provider
  const claims = { iss: id, sub: id, aud: audience, iat: Math.floor(now / 1000) }
  return { authorization: `Bearer ${await signJws(canonicalJson(claims), ASSERTION_TYP, key)}` }
}

function actsOf(run: Run, speaker: Speaker, { handle }: Linked, name: string): Promise<string>[] {
  // A meter settles a week at a time: another act would be the same one.
  const count = run.sample.acts.some(({ week }) => week) ? 1 : run.days
  return Array.from({ length: count }, (_, n) => {
    const reference = `${name}-${n}`
    const act = drawAct(run.sample.acts, reference, { before: run.now(), days: run.days })
    return signAct(speaker, { handle, reference, city: run.city, act })
  })
}

async function pushAll(run: Run, tokens: readonly string[]) {
  const total = { pushes: 0, acknowledged: 0, refused: 0 }
  for (let from = 0; from < tokens.length; from += SETS_MAX) {
    const { ack, setErrs } = await push(run, tokens.slice(from, from + SETS_MAX))
    total.pushes++
    total.acknowledged += ack.length
    total.refused += Object.keys(setErrs).length
  }
  return total
}

function push(run: Run, tokens: readonly string[]): Promise<PushAnswer> {
  const sets = Object.fromEntries(tokens.map((token) => [jtiOf(token), token]))
  return json<PushAnswer>(callOf(run)(`/providers/${run.sample.provider.id}/events`, { sets }))
}

function jtiOf(token: string): string {
  const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
  return (JSON.parse(text) as { jti: string }).jti
}

async function readJournal(run: Run, { accountId, call }: Linked) {
  const asked = { accountId, cursor: START, sentAt: run.now(), commands: [] }
  const answer = await json<SyncAnswer>(call('/sync', asked))
  if (answer.state !== 'ok') throw new Error('a new journal does not fork')
  return answer.records.map(({ body }) => openBody(body))
}
