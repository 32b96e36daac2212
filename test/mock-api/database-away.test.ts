/** A database that is away: every route that needs it says so, and when to come back; the others go on. Nothing is "our fault". */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleProvider } from '../../mock-api/demo/sample-providers.ts'
import { openKeyring } from '../../mock-api/keys/keyring.ts'
import { openProviderRegister } from '../../mock-api/providers/register.ts'
import { createApp } from '../../mock-api/start/app.ts'
import type { Db } from '../../mock-api/storage/db.ts'
import { DatabaseAwayError } from '../../mock-api/storage/errors.ts'
import { SECRET_HEADER } from '../../src/contract/session.ts'
import { packInForce } from '../../src/domain/methodology/which-pack.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { START } from '../../src/proof/chain.ts'
import { DPOP_HEADER } from '../../src/proof/dpop.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { type Client, signIn } from '../support/client.ts'
import { cleanPlate } from '../support/commands.ts'
import { JOIN, newDeviceKeys, proofFor } from '../support/till.ts'

const DIGEST = 'a'.repeat(64)

/** What stands in the build or is worked out from the clock. */
const NEED_NONE = [
  'get /api/v1/packs',
  'get /api/v1/packs/{id}/{version}',
  'get /api/v1/cities/{city}/stations',
  'get /api/v1/gbfs/{city}/3.0/{file}',
]

function awayDb(db: Db): Db {
  const gone = async () => {
    throw new DatabaseAwayError()
  }
  return { ...db, query: gone, script: gone, transaction: gone, ping: gone }
}

describe('a database that is away', () => {
  let backend: Backend
  let me: Client
  let operations: string[]
  let proof: string
  beforeAll(async () => {
    backend = await startBackend()
    me = await signIn(backend, { wire: 2 })
    proof = await proofFor(backend, await newDeviceKeys(), { method: 'POST', path: JOIN })
    const spec = (await (
      await backend.fetch(new Request('http://localhost:4173/api/v1/openapi.json'))
    ).json()) as {
      paths: Record<string, object>
    }
    operations = Object.entries(spec.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    )
  })
  afterAll(() => backend.close())

  /** A request that would be answered well. */
  function requestFor(operation: string): Request {
    const [method = '', pattern = ''] = operation.split(' ')
    const pack = packInForce(undefined, backend.now())
    const names: Record<string, string> = {
      accountId: me.accountId,
      deviceId: me.deviceId,
      digest: DIGEST,
      city: 'weifang',
      file: 'station_status.json',
      id: pack.id,
      version: String(pack.version),
      cause: 'other',
      identifier: 'some-alert',
      occurrenceId: 'some-event',
      activityId: me.deviceId,
      voiceId: me.deviceId,
      claimId: DIGEST,
      providerId: 'bike',
      operatorId: me.deviceId,
      credentialId: 'a-passkey',
      proposalId: me.deviceId,
      office: 'province',
    }
    const path = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? name)
    const query = path.endsWith('/demo/sms') ? '?phone=13812345678' : '?wire=2'
    // Whoever logs for somebody else has a cookie of their own.
    const branch = me.accountId.slice(0, 8)
    const cookie = path.includes('/tills/')
      ? `gt-till-${branch}=${DIGEST}`
      : path.includes('/helping/')
        ? `gt-help-${me.accountId.slice(0, 8)}=${DIGEST}`
        : me.cookie
    const ops = path.includes('/ops/') ? { cookie: `gt-ops=${DIGEST}` } : { cookie }
    const isPhoto = method === 'put' && path.includes('/photos/')
    const hasWords = method === 'post' || (method === 'put' && !isPhoto)
    const body = isPhoto ? PIXEL : hasWords ? JSON.stringify(bodyFor(path)) : null
    return new Request(`http://localhost:4173${path}${query}`, {
      method: method.toUpperCase(),
      headers: {
        'content-type': isPhoto ? 'image/png' : 'application/json',
        [SECRET_HEADER]: me.secret ?? '',
        ...ops,
        ...(path === JOIN ? { [DPOP_HEADER]: proof } : {}),
      },
      body,
    })
  }

  const PASSKEY = { id: 'a-passkey', rawId: 'a-passkey', type: 'public-key' }
  const MADE = { ...PASSKEY, response: { clientDataJSON: 'e30', attestationObject: 'e30' } }
  const SHOWN = {
    ...PASSKEY,
    response: { clientDataJSON: 'e30', authenticatorData: 'e30', signature: 'e30' },
  }
  const PIXEL = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

  function bodyFor(path: string): unknown {
    const { accountId, deviceId } = me
    if (path === JOIN) return { code: 'ABCDEFGHJK', deviceId, wire: 2 }
    if (path.endsWith('/codes') && path.includes('/tills/')) return { role: 'till', name: '二号', wire: 2 }
    if (path.endsWith('/keys') && path.includes('/tills/')) return { keys: [] }
    if (path.endsWith('/tail') && path.includes('/tills/'))
      return { wire: 2, after: START, records: [{ seq: 1, body: '', hash: START.hash }] }
    if (path.endsWith('/sync'))
      return {
        accountId,
        cursor: START,
        sentAt: backend.now(),
        commands: [canonicalJson(cleanPlate(backend))],
      }
    if (path.endsWith('/ops/providers/bike')) return { provider: sampleProvider('bike')?.provider }
    if (path.endsWith('/demo/providers/bike/links')) return { code: 'ABCD2345' }
    if (path.endsWith('/ops/enrol')) return { response: MADE, passkeyName: 'Vitest' }
    if (path.endsWith('/ops/session')) return { response: SHOWN }
    if (path.endsWith('/session/recovery')) return { code: 'ABCD' }
    if (path.endsWith('/session/sample')) return { who: 'clerk' }
    if (path.includes('/demo-plantings/')) return { came: true }
    if (path.includes('/demo-acts/')) return { consentId: deviceId }
    if (path.endsWith('/helping')) return { code: 'ABCDEFGHJKMNPQRSTVWX', deviceId, wire: 2 }
    if (path.endsWith('/log'))
      return { sentAt: backend.now(), commands: [canonicalJson(cleanPlate(backend))], wire: 2 }
    if (path.endsWith('/city')) return { city: 'jinan' }
    if (path.endsWith('/sign-in/codes')) return { phone: '13812345678' }
    if (path.endsWith('/sign-in'))
      return { phone: '13812345678', code: '123456', deviceId, deviceName: 'Vitest', city: 'jinan' }
    return {}
  }

  it('is said as 503, with the time to come back, on every route', async () => {
    const db = awayDb(backend.db)
    const providers = openProviderRegister({ ...backend.deps, db })
    const app = createApp({ ...backend.deps, db, providers, keyring: awayKeyring(backend) })
    expect(operations.length).toBeGreaterThan(30)
    const others: string[] = []
    for (const operation of operations) {
      const response = await app.fetch(requestFor(operation), { remoteAddress: '127.0.0.1' })
      const isSaid = response.status === 503 && Number(response.headers.get('retry-after')) >= 1
      if (!isSaid) others.push(`${operation} ${response.status}`)
      else expect(await response.json(), operation).toMatchObject({ code: 'busy', status: 503 })
    }
    expect(others.map((each) => each.replace(/ \d+$/, '')).sort()).toEqual(NEED_NONE.sort())
    expect(
      others.every((each) => each.endsWith(' 200')),
      others.join('\n'),
    ).toBe(true)
  })

  it('is forgotten as soon as it is back: nothing waits, nothing is remembered', async () => {
    let isAway = true
    const flaky = new Proxy(backend.db, {
      get: (db, name: keyof Db) => (isAway ? awayDb(db)[name] : db[name]),
    })
    const app = createApp({ ...backend.deps, db: flaky })
    const ask = async () =>
      (await app.fetch(requestFor('get /api/v1/health'), { remoteAddress: '127.0.0.1' })).status
    expect(await ask()).toBe(503)
    isAway = false
    expect(await ask()).toBe(200)
  })
})

/** Its own database is the same one. */
function awayKeyring(backend: Backend): Backend['deps']['keyring'] {
  return openKeyring({ ...backend.deps, db: awayDb(backend.db) })
}
