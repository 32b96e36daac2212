/** What a simulated service says: of itself when it asks, of an act, of a link. Signed as any provider signs. */
import { EVENT, SET_TYP } from '../../src/contract/report.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import type { Instant } from '../../src/domain/base/time.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { type SigningKey, signJws } from '../../src/proof/keys.ts'
import { cdrOf, reportOfCdr } from './ocpi-cdr.ts'
import type { SampleProvider } from './sample-providers.ts'
import type { SimulatedAct } from './simulated-act.ts'

interface Speaker {
  readonly sample: SampleProvider
  readonly audience: string
  readonly key: SigningKey
  readonly now: Instant
}

export interface ActOfPerson {
  readonly handle: string
  /** The same text is the same act. */
  readonly reference: string
  readonly city: CityId
  readonly act: SimulatedAct
}

export function signAct(speaker: Speaker, { handle, reference, city, act }: ActOfPerson): Promise<string> {
  const { sample } = speaker
  const told =
    sample.adapter === 'ocpi-cdr'
      ? reportOfCdr(cdrOf(reference, act, speaker.now), city)
      : {
          ...{ reference, code: act.code, city, quantity: act.quantity },
          ...{ start: act.startedAt / 1000, end: act.endedAt / 1000 },
        }
  return signSet(speaker, { jti: `act-${reference}`, handle, events: { [EVENT.reported]: told } })
}

export function signLink(
  speaker: Speaker,
  { handle, subject }: { handle: string; subject: string },
): Promise<string> {
  return signSet(speaker, { jti: `link-${handle}`, handle, events: { [EVENT.linked]: { subject } } })
}

export function signSet(
  { sample, audience, key, now }: Speaker,
  { jti, handle, events }: { jti: string; handle: string; events: object },
): Promise<string> {
  const claims = {
    iss: sample.provider.id,
    aud: audience,
    jti,
    iat: Math.floor(now / 1000),
    sub_id: { format: 'opaque', id: handle },
    events,
  }
  return signJws(canonicalJson(claims), SET_TYP, key)
}
