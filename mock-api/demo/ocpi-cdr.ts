/**
 * A charge as charging operators tell it each other: a Charge Detail Record of OCPI 2.2.1 (section 10.3), and what it says to us. A CDR is sealed
 * when it is sent, so the report is final; a credit CDR takes one back.
 */
import type { CityId } from '../../src/domain/base/city.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { SimulatedAct } from './simulated-act.ts'

/** The members that are read here; a CDR has more. */
interface Cdr {
  readonly country_code: string
  readonly party_id: string
  readonly id: string
  readonly start_date_time: string
  readonly end_date_time: string
  readonly currency: 'CNY'
  readonly charging_periods: readonly {
    readonly start_date_time: string
    readonly dimensions: readonly { readonly type: 'ENERGY'; readonly volume: number }[]
  }[]
  readonly total_cost: { readonly excl_vat: number }
  /** kWh. */
  readonly total_energy: number
  /** Hours. */
  readonly total_time: number
  readonly last_updated: string
  readonly credit?: boolean
  readonly credit_reference_id?: string
}

const FEN_PER_KWH = 120
const MS_PER_HOUR = 3_600_000

export function cdrOf(id: string, { startedAt, endedAt, quantity }: SimulatedAct, now: Instant): Cdr {
  const kwh = quantity.value / 1000
  const time = (at: Instant) => new Date(at).toISOString().replace('.000Z', 'Z')
  return {
    ...{ country_code: 'CN', party_id: 'SDX', id, currency: 'CNY' },
    ...{ start_date_time: time(startedAt), end_date_time: time(endedAt), last_updated: time(now) },
    charging_periods: [{ start_date_time: time(startedAt), dimensions: [{ type: 'ENERGY', volume: kwh }] }],
    total_cost: { excl_vat: Math.round(kwh * FEN_PER_KWH) / 100 },
    total_energy: kwh,
    total_time: (endedAt - startedAt) / MS_PER_HOUR,
  }
}

/** What a CDR says of an act. Energy alone is told: how far one drives on it, nobody has measured. */
export function reportOfCdr(cdr: Cdr, city: CityId) {
  const seconds = (text: string) => Math.floor(Date.parse(text) / 1000)
  return {
    ...{ reference: cdr.id, code: 'ev-charging', city },
    ...{ startedAt: seconds(cdr.start_date_time), endedAt: seconds(cdr.end_date_time) },
    quantity: { value: Math.round(cdr.total_energy * 1000), unit: 'watt_hour' },
  }
}
