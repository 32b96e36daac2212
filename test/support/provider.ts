/** A provider's own program, for tests: links people, signs reports right and wrong, and pushes them as any provider would. */
import { sampleKey, sampleProvider } from '../../mock-api/demo/sample-providers.ts'
import { type PushAnswer, SET_TYPE } from '../../src/contract/report.ts'
import type { CommandId } from '../../src/domain/base/ids.ts'
import { type Instant, MINUTE_MS } from '../../src/domain/base/time.ts'
import type { CommandOf } from '../../src/domain/ledger/command.ts'
import { scopeOf } from '../../src/domain/ledger/consent.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { type SigningKey, signJws } from '../../src/proof/keys.ts'
import { REPORT_TYP, type ReportEvent } from '../../src/proof/report-token.ts'
import type { Backend } from './backend.ts'
import { type Client, call } from './client.ts'
import { newCommandId } from './commands.ts'

export const AUDIENCE = 'urn:greentrace:demo'
const HANDLE_BYTES = 16

export function give(backend: Backend, provider: string): CommandOf<'consent.give'> {
  const handle = Buffer.from(backend.random.bytes(HANDLE_BYTES)).toString('hex')
  const body = { scope: scopeOf(provider), handle, terms: '2026-11-29' }
  return { id: newCommandId(backend), kind: 'consent.give', at: backend.now(), body }
}

export function end(backend: Backend, consentId: CommandId): CommandOf<'consent.withdraw'> {
  return { id: newCommandId(backend), kind: 'consent.withdraw', at: backend.now(), body: { consentId } }
}

export interface Linked {
  readonly consentId: CommandId
  readonly handle: string
}

/** A ride of 3 km that ended five minutes ago. */
export function ride(backend: Backend, given: Record<string, unknown> = {}) {
  const end = Math.floor((backend.now() - 5 * MINUTE_MS) / 1000)
  return {
    ...{ reference: `ride-${newCommandId(backend)}`, code: 'bike', city: 'weifang' },
    ...{ startedAt: end - 900, endedAt: end, quantity: { value: 3000, unit: 'metre' } },
    ...given,
  }
}

export class TestProvider {
  readonly id: string
  readonly #backend: Backend
  readonly key: SigningKey

  private constructor(backend: Backend, id: string, key: SigningKey) {
    this.#backend = backend
    this.id = id
    this.key = key
  }

  static async of(backend: Backend, id = 'bike'): Promise<TestProvider> {
    if (!sampleProvider(id)) throw new Error(`no sample provider ${id}`)
    return new TestProvider(backend, id, (await sampleKey(backend.deps.secret, id)).signing)
  }

  /** `given`: members of the claims that differ from a right one. */
  claims(event: ReportEvent, body: object, handle: string, given: Record<string, unknown> = {}) {
    return {
      ...{ iss: this.id, aud: AUDIENCE, jti: `jti-${newCommandId(this.#backend)}` },
      iat: Math.floor(this.#backend.now() / 1000),
      sub_id: { format: 'opaque', id: handle },
      events: { [`urn:greentrace:event:${event}`]: body },
      ...given,
    }
  }

  sign(claims: object, { key = this.key, typ = REPORT_TYP }: { key?: SigningKey; typ?: string } = {}) {
    return signJws(canonicalJson(claims), typ, key)
  }

  reported(act: object, handle: string, given: Record<string, unknown> = {}): Promise<string> {
    return this.sign(this.claims('act-reported', act, handle, given))
  }

  push(token: string): Promise<Response> {
    return this.#backend.fetch(
      new Request(`http://localhost:4173/api/v1/providers/${this.id}/events`, {
        method: 'POST',
        headers: { 'content-type': SET_TYPE },
        body: token,
      }),
    )
  }

  async pushMany(tokens: readonly string[]): Promise<PushAnswer> {
    const named = tokens.map((token) => [jtiOf(token), token])
    const response = await this.ask('events', { sets: Object.fromEntries(named) })
    if (!response.ok) throw new Error(`push: ${response.status} ${await response.text()}`)
    return (await response.json()) as PushAnswer
  }

  async assertion(at: Instant = this.#backend.now()): Promise<Record<string, string>> {
    const claims = { iss: this.id, sub: this.id, aud: AUDIENCE, iat: Math.floor(at / 1000) }
    return {
      authorization: `Bearer ${await signJws(canonicalJson(claims), 'client-authentication+jwt', this.key)}`,
    }
  }

  async ask(path: string, body: unknown): Promise<Response> {
    const headers = path === 'events' ? {} : await this.assertion()
    return call(this.#backend, {
      method: 'POST',
      path: `/api/v1/providers/${this.id}/${path}`,
      body,
      headers,
    })
  }

  /** As a person links: a consent, a code that is shown, the provider's word. */
  async link(person: Client, subject = `card-${newCommandId(this.#backend)}`): Promise<Linked> {
    const consent = give(this.#backend, this.id)
    await person.sync([consent])
    const { code } = (await (
      await person.call('POST', `/api/v1/accounts/${person.accountId}/links/${consent.id}/code`, {})
    ).json()) as { code: string }
    const { handle } = (await (await this.ask('links', { code })).json()) as { handle: string }
    const said = await this.confirm(handle, subject)
    if (said.status !== 202) throw new Error(`link: ${said.status} ${await said.text()}`)
    return { consentId: consent.id, handle }
  }

  async confirm(handle: string, subject: string): Promise<Response> {
    return this.push(await this.sign(this.claims('link-confirmed', { subject }, handle)))
  }
}

export function jtiOf(token: string): string {
  return (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { jti: string }).jti
}
