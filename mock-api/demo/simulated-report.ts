/** What a simulated service says: of an act, of a link, of a pick-up, of who was missed. Signed as any provider signs. */
import type { CityId } from '../../src/domain/base/city.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import type { PickupState } from '../../src/domain/taking-part/pickup.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { type SigningKey, signJws } from '../../src/proof/keys.ts'
import { REPORT_TYP, type ReportClaims, reportPayload } from '../../src/proof/report-token.ts'
import { cdrOf, reportOfCdr } from './ocpi-cdr.ts'
import type { SampleProvider } from './sample-providers.ts'
import type { SimulatedAct } from './simulated-act.ts'

export interface Speaker {
  readonly sample: SampleProvider
  readonly audience: string
  readonly key: SigningKey
  readonly now: Instant
}

interface ActOfPerson {
  readonly handle: string
  /** The same text is the same act. */
  readonly reference: string
  readonly city: CityId
  readonly act: SimulatedAct
}

export function signAct(speaker: Speaker, { handle, reference, city, act }: ActOfPerson): Promise<string> {
  const { sample, now } = speaker
  const { code, quantity, startedAt, endedAt } = act
  const body =
    sample.adapter === 'ocpi-cdr'
      ? reportOfCdr(cdrOf(reference, act, now), city)
      : { reference, code, city, quantity, startedAt: startedAt / 1000, endedAt: endedAt / 1000 }
  return sign(speaker, { jti: `act-${reference}`, handle, event: 'act-reported', body })
}

export function signLink(
  speaker: Speaker,
  { handle, subject }: { handle: string; subject: string },
): Promise<string> {
  return sign(speaker, { jti: `link-${handle}`, handle, event: 'link-confirmed', body: { subject } })
}

export function signPickup(
  speaker: Speaker,
  { handle, pickup, state }: { handle: string; pickup: string; state: PickupState },
): Promise<string> {
  const body = { pickup, state }
  return sign(speaker, { jti: `pickup-${pickup}-${state}`, handle, event: 'pickup-state', body })
}

export function signAbsence(
  speaker: Speaker,
  { handle, signUp }: { handle: string; signUp: string },
): Promise<string> {
  return sign(speaker, { jti: `absent-${signUp}`, handle, event: 'planting-absent', body: { signUp } })
}

function sign(
  { sample, audience, key, now }: Speaker,
  report: Omit<ReportClaims, 'provider' | 'iat'>,
): Promise<string> {
  const payload = reportPayload(report, { iss: sample.provider.id, aud: audience, iat: now })
  return signJws(canonicalJson(payload), REPORT_TYP, key)
}
