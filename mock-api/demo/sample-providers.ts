/** Ten simulated services that report, one data file each, with keys that follow from the secret: so the server and the simulator have the same. */
import { createECDH } from 'node:crypto'
import { calculateJwkThumbprint, importJWK } from 'jose'
import * as v from 'valibot'
import {
  type ProviderKey,
  type ProviderToPublish,
  providerToPublishSchema,
} from '../../src/contract/providers.ts'
import { DAY_MS, type Instant } from '../../src/domain/base/time.ts'
import type { SigningKey } from '../../src/proof/keys.ts'
import type { Deps } from '../base/deps.ts'
import { sha256Hex } from '../base/hash.ts'
import type { Secret } from '../base/secret.ts'
import bike from './providers/bike.json' with { type: 'json' }
import busCard from './providers/bus-card.json' with { type: 'json' }
import charging from './providers/charging.json' with { type: 'json' }
import meter from './providers/meter.json' with { type: 'json' }
import metro from './providers/metro.json' with { type: 'json' }
import planting from './providers/planting.json' with { type: 'json' }
import recycling from './providers/recycling.json' with { type: 'json' }
import rideHailing from './providers/ride-hailing.json' with { type: 'json' }
import sorting from './providers/sorting.json' with { type: 'json' }
import takeBack from './providers/take-back.json' with { type: 'json' }
import { actToDrawSchema } from './simulated-act.ts'

/** A demo may stand for years, and nobody renews its keys. */
const KEY_DAYS = 3650
/** Of P-256, as SEC 1 counts it: 0x04, x, y. */
const COORDINATE_BYTES = 32

const sampleSchema = v.strictObject({
  provider: providerToPublishSchema,
  acts: v.pipe(v.array(actToDrawSchema), v.minLength(1)),
  /** What the service speaks itself, and is translated from. */
  adapter: v.exactOptional(v.literal('ocpi-cdr')),
})

export type SampleProvider = v.InferOutput<typeof sampleSchema>

export const SAMPLE_PROVIDERS: readonly SampleProvider[] = [
  busCard,
  metro,
  bike,
  rideHailing,
  charging,
  recycling,
  sorting,
  planting,
  meter,
  takeBack,
].map((data) => v.parse(sampleSchema, data))

export function sampleProvider(id: string): SampleProvider | undefined {
  return SAMPLE_PROVIDERS.find(({ provider }) => provider.id === id)
}

interface SampleKey {
  readonly jwk: Pick<ProviderKey, 'kty' | 'crv' | 'x'> & { readonly y: string }
  readonly signing: SigningKey
}

export async function sampleKey(secret: Pick<Secret, 'sampleSeed'>, providerId: string): Promise<SampleKey> {
  const pair = createECDH('prime256v1')
  const scalar = secret.sampleSeed(providerId)
  pair.setPrivateKey(scalar)
  const point = pair.getPublicKey()
  const part = (from: number) => point.subarray(from, from + COORDINATE_BYTES).toString('base64url')
  const jwk = { kty: 'EC', crv: 'P-256', x: part(1), y: part(1 + COORDINATE_BYTES) } as const
  const privateKey = (await importJWK({ ...jwk, d: scalar.toString('base64url') }, 'ES256')) as CryptoKey
  return { jwk, signing: { kid: await calculateJwkThumbprint(jwk), privateKey } }
}

/** Again: nothing changes. */
export async function seedProviders({ providers, secret, now }: Deps): Promise<void> {
  for (const { provider } of SAMPLE_PROVIDERS) {
    const { jwk, signing } = await sampleKey(secret, provider.id)
    const from = now()
    const lasts = { notBefore: from, notAfter: from + KEY_DAYS * DAY_MS }
    await providers.publish(provider)
    const key = {
      provider: provider.id,
      kid: signing.kid,
      use: 'own',
      alg: 'ES256',
      ...jwk,
      ...lasts,
    } as const
    await providers.addKey(provider.id, key)
    await providers.declare(provider.id, sampleDeclaration(provider, from))
  }
}

function sampleDeclaration(provider: ProviderToPublish, from: Instant) {
  const { id, operatorZh, operatorEn, codes, cities } = provider
  const said = { holderZh: '骑行、乘车和交投的本人', holderEn: 'The person who rides, travels or hands in' }
  return {
    ...{ id: `${id}-1`, ...said, exclusive: true, codes, cities },
    documentDigest: sha256Hex(`${operatorZh} ${operatorEn}`),
    ...{ validFrom: from, validUntil: from + KEY_DAYS * DAY_MS },
  }
}
