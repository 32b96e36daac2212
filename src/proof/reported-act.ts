/** The act in a provider's report, as a claim: the same reading where it is decided and where its record is checked. */
import { type CityId, isCityId } from '../domain/base/city.ts'
import type { ActivityClaim, Quantity } from '../domain/evidence/activity.ts'
import { hasClaims } from './keys.ts'
import type { ReportClaims } from './report-token.ts'

interface ReportedAct {
  /** The provider's name for the act. */
  readonly reference: string
  readonly claim: ActivityClaim & {
    readonly evidence: { trust: 'provider'; provider: string; reference: string }
  }
}

const UNITS: readonly unknown[] = ['metre', 'watt_hour', 'gram', 'count']

/** Of `act-reported` and `act-corrected`: `{reference, code, city, startedAt, endedAt?, quantity? {value, unit}}`, times in seconds. */
export function reportedAct({ provider, body }: ReportClaims): ReportedAct | undefined {
  if (!hasClaims(body, ['reference', 'code', 'city'], ['startedAt'])) return undefined
  const { reference, code, city } = body as Record<'reference' | 'code' | 'city', string>
  const endedAt = body.endedAt as number | undefined
  const quantity = body.quantity as Quantity | undefined
  if (!isCityId(city) || (endedAt !== undefined && !Number.isSafeInteger(endedAt))) return undefined
  if (quantity !== undefined && !isQuantity(quantity)) return undefined
  return {
    reference,
    claim: {
      code,
      city: city as CityId,
      startedAt: (body.startedAt as number) * 1000,
      ...(endedAt === undefined ? {} : { endedAt: endedAt * 1000 }),
      ...(quantity === undefined ? {} : { quantity: { value: quantity.value, unit: quantity.unit } }),
      evidence: { trust: 'provider', provider, reference },
    },
  }
}

function isQuantity(quantity: unknown): quantity is Quantity {
  if (typeof quantity !== 'object' || quantity === null) return false
  const { value, unit } = quantity as Record<string, unknown>
  return Number.isSafeInteger(value) && (value as number) >= 0 && UNITS.includes(unit)
}
