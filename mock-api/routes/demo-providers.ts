/** Only of a demonstration, and only on its own machine: the part of a simulated service in a link, and an act with it that it reports. */
import * as v from 'valibot'
import type { Provider } from '../../src/contract/providers.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import type { Deps } from '../base/deps.ts'
import { BODY_BYTES_MAX } from '../base/limits.ts'
import { readLiving } from '../book/append.ts'
import { type SampleProvider, sampleKey, sampleProvider } from '../demo/sample-providers.ts'
import { drawAct } from '../demo/simulated-act.ts'
import { signAct, signLink } from '../demo/simulated-report.ts'
import { readJson } from '../http/body.ts'
import { type HttpContext, isLocal } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { accountParam, requireSession } from '../http/session.ts'
import { acceptSets } from '../providers/accept-sets.ts'
import { redeemLinkCode } from '../providers/link-code.ts'
import { readConsents } from '../storage/consents.ts'

/** `code`: the person shows it to the service. */
export const demoLinkSchema = v.strictObject({ code: v.pipe(v.string(), v.maxLength(32)) })
export const demoActSchema = v.strictObject({ consentId: v.pipe(v.string(), v.maxLength(64)) })

interface Simulated {
  readonly sample: SampleProvider
  readonly provider: Provider
}

/** The service redeems the code and says whose it is: a subject of its own, one for each handle. */
export async function linkSimulated(c: HttpContext, deps: Deps): Promise<void> {
  const { sample, provider } = await simulatedParam(c, deps)
  const { code } = await readJson(c, demoLinkSchema, BODY_BYTES_MAX)
  const handle = await redeemLinkCode(deps, provider.id, { code })
  if (handle === undefined) throw new ProblemError('code_expired')
  const token = await signLink(await speakerOf(deps, sample), {
    handle,
    subject: `card-${handle.slice(0, 12)}`,
  })
  await acceptSets(deps, provider, [{ token }])
}

/** A ride that has just ended, in the person's own city where the service is there. */
export async function actSimulated(c: HttpContext, deps: Deps): Promise<void> {
  const accountId = accountParam(c)
  await requireSession(c, deps, accountId)
  const { sample, provider } = await simulatedParam(c, deps)
  const { consentId } = await readJson(c, demoActSchema, BODY_BYTES_MAX)
  const account = await readLiving(deps.db, accountId)
  const consents = await readConsents(deps.db, accountId)
  const consent = consents.find((each) => each.consentId === consentId && each.providerId === provider.id)
  if (!consent || consent.endedAt !== null) throw new ProblemError('not_found')
  const city = provider.cities.find((each) => each === account.city) ?? (provider.cities[0] as CityId)
  const reference = `demo-${deps.newId()}`
  const act = drawAct(sample.acts, reference, { before: deps.now(), days: 0 })
  const said = { handle: consent.handle, reference, city, act }
  const token = await signAct(await speakerOf(deps, sample), said)
  const { setErrs } = await acceptSets(deps, provider, [{ token }])
  const [refused] = Object.values(setErrs)
  if (refused) throw new Error(`a simulated report was refused: ${refused.err}`)
}

async function speakerOf(deps: Deps, sample: SampleProvider) {
  const { signing: key } = await sampleKey(deps.secret, sample.provider.id)
  return { sample, audience: deps.config.audience, key, now: deps.now() }
}

async function simulatedParam(c: HttpContext, deps: Deps): Promise<Simulated> {
  const id = c.req.param('providerId') ?? ''
  const sample = sampleProvider(id)
  const provider = (await deps.providers.all()).get(id)
  if (!deps.config.demo || !isLocal(c, deps.config) || !sample || !provider)
    throw new ProblemError('not_found')
  return { sample, provider }
}
