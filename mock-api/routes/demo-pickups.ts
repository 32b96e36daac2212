/** Only of a demonstration, and only on its own machine: the simulated service comes one step nearer, and at last weighs what was booked. */
import { pickupUpdateIdOf } from '../../src/domain/kinds/pickup-update.ts'
import { askedIn, openDetail } from '../../src/domain/ledger/open-record.ts'
import type { Booking } from '../../src/domain/taking-part/pickup.ts'
import type { Deps } from '../base/deps.ts'
import { readLiving } from '../book/append.ts'
import { type SampleProvider, sampleKey, sampleProvider } from '../demo/sample-providers.ts'
import { drawAct } from '../demo/simulated-act.ts'
import { signAct, signPickup } from '../demo/simulated-report.ts'
import { type HttpContext, isLocal } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { accountParam, requireSession } from '../http/session.ts'
import { acceptSets } from '../providers/accept-sets.ts'
import { readPickup } from '../storage/pickups.ts'
import { readKnown, readRecordOf } from '../storage/records.ts'

const COURSE = ['confirmed', 'on_way', 'collected'] as const

export async function pickupSimulated(c: HttpContext, deps: Deps): Promise<void> {
  const accountId = accountParam(c)
  await requireSession(c, deps, accountId)
  await readLiving(deps.db, accountId)
  const pickupId = c.req.param('pickupId') ?? ''
  const row = await readPickup(deps.db, accountId, pickupId)
  const record = row && (await readRecordOf(deps.db, accountId, pickupId))
  const booking = askedIn('pickup.book', openDetail(record?.detail))
  const sample = row && sampleProvider(row.providerId)
  const provider = row && (await deps.providers.all()).get(row.providerId)
  if (!deps.config.demo || !isLocal(c, deps.config) || !booking || !sample || !provider || row.isCalledOff)
    throw new ProblemError('not_found')
  const ids = COURSE.map((state) => pickupUpdateIdOf(pickupId, state))
  const known = await readKnown(deps.db, accountId, ids)
  const state = COURSE.find((_, place) => !known.has(ids[place] as string))
  if (!state) return
  const { signing: key } = await sampleKey(deps.secret, sample.provider.id)
  const speaker = { sample, audience: deps.config.audience, key, now: deps.now() }
  const { handle } = row
  const acts = state === 'collected' ? weighed(sample, pickupId, { booking, now: deps.now() }) : []
  const tokens = [
    await signPickup(speaker, { handle, pickup: pickupId, state }),
    ...(await Promise.all(acts.map((act) => signAct(speaker, { ...act, handle, city: booking.city })))),
  ]
  await acceptSets(
    deps,
    provider,
    tokens.map((token) => ({ token })),
  )
}

/** Of each kind that was booked, as the service counts it: an old phone is a machine taken back. */
function weighed(
  { acts }: SampleProvider,
  pickupId: string,
  { booking, now }: { booking: Booking; now: number },
) {
  const codes = new Set(
    booking.goods.map((kind) => (acts.some(({ code }) => code === kind) ? kind : 'take-back')),
  )
  return [...codes].map((code) => {
    const reference = `${pickupId}/${code}`
    const own = acts.filter((each) => each.code === code)
    return { reference, act: drawAct(own, reference, { before: now, days: 0 }) }
  })
}
