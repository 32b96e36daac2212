/** What becomes of a sign-up for a day of planting: the day was changed or called off, and who came. Each is a record of whoever signed up. */

import type { ReportFacts } from '../../src/domain/evidence/report.ts'
import { decidePlantingUpdate, plantingUpdateIdOf } from '../../src/domain/kinds/planting-update.ts'
import type { RecordDetail } from '../../src/domain/ledger/record.ts'
import { type PlantingDay, signUpOfReference } from '../../src/domain/taking-part/planting.ts'
import type { ReportClaims } from '../../src/proof/report-token.ts'
import type { Deps } from '../base/deps.ts'
import { readPlantingDaysOf } from '../storage/planting-days.ts'
import { readKnown } from '../storage/records.ts'
import { readUntoldSignUps, type SignUpKey, tellSignUp } from '../storage/sign-ups.ts'
import { changeAccount } from './append.ts'
import { each } from './each.ts'
import type { Said } from './post-said.ts'
import { draft, type Writing } from './writing.ts'

/** How many are told at once; the next sweep goes on. */
const SIGN_UPS_PER_SWEEP = 500

/** Undefined: the token does not say that somebody was missed. */
export function absenceSaidIn(
  { eventKey, token }: { eventKey: string; token: string | null },
  { provider, jti, event, body }: ReportClaims,
): Said | undefined {
  if (event !== 'planting-absent' || token === null) return undefined
  // Held to its schema when it came.
  const { signUp } = body as unknown as { readonly signUp: string }
  const told = { plantingNews: 'absent', statement: { provider, jti, token } } as const
  return {
    eventKey,
    id: plantingUpdateIdOf(signUp, 'absent'),
    draft: (writing) => draftPlantingNews(writing, { provider, joinId: signUp, told }),
    without: 'no_sign_up',
  }
}

/** An act that is reported under the name of a sign-up says that the person came, whatever it counts. */
export function draftCame(
  writing: Writing,
  { id, report }: { readonly id: string; readonly report: Pick<ReportFacts, 'provider' | 'reference'> },
): void {
  const { provider, reference } = report
  const joinId = signUpOfReference(reference)
  if (joinId === undefined) return
  draftPlantingNews(writing, { provider, joinId, told: { plantingNews: 'came', planted: id } })
}

type Told = Pick<RecordDetail, 'planting' | 'plantingNews' | 'planted' | 'statement' | 'provenAt'>

/** False: there is nothing to post. */
export function draftPlantingNews(
  writing: Writing,
  { provider, joinId, told }: { readonly provider: string; readonly joinId: string; readonly told: Told },
): boolean {
  const { plantingNews, planting } = told
  const decision = decidePlantingUpdate({ provider, joinId }, writing.ledger)
  const which = plantingNews === 'came' || plantingNews === 'absent' ? plantingNews : planting
  if (!decision || which === undefined) return false
  draft(writing, {
    by: 'provider',
    id: plantingUpdateIdOf(joinId, which),
    kind: 'planting.update',
    outcome: decision.outcome,
    transfers: decision.transfers,
    detail: { about: joinId, ...told },
  })
  return true
}

/** Everybody who signed up hears of how their day stands by now. Who was told is not told again. */
export async function tellSignUps(deps: Deps): Promise<void> {
  const untold = await readUntoldSignUps(deps.db, SIGN_UPS_PER_SWEEP)
  const days = await readPlantingDaysOf(deps.db, [...new Set(untold.map(({ dayId }) => dayId))])
  await each(deps, untold, async (signUp) => {
    const day = days.get(signUp.dayId)
    if (day) await tellOne(deps, signUp, day)
  })
}

async function tellOne(deps: Deps, { accountId, joinId }: SignUpKey, day: PlantingDay): Promise<void> {
  // After a restored backup nobody runs ahead of a journal that a phone still holds.
  if (await deps.recovery.isHeld(accountId)) return
  const told = { plantingNews: day.calledOff ? 'off' : 'changed', planting: day } as const
  const isOpen = await changeAccount(deps, accountId, async (writing) => {
    const known = await readKnown(deps.db, accountId, [plantingUpdateIdOf(joinId, day)])
    return known.size > 0 || draftPlantingNews(writing, { provider: day.provider, joinId, told })
  })
  await tellSignUp(deps.db, { accountId, joinId }, { revision: day.revision, isOver: !isOpen })
}
